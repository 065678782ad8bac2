@Process(description = "Opens an account, tells everyone, asks for credit and follows up",
         displayName = "Onboard customer {customerId}", timeout = "7d",
         use = {"crm_users", "crm_admins"}, view = "crm_managers")
void onboardCustomer(long customerId) {
    ctx.var("customer_id", customerId);

    var account = step("create account", rules.createAccount, customerId);
    ctx.var("account", account.name());

    parallel("announce",
            branch("welcome", rules.welcomeCustomer, customerId).retry(5, exponential("2s")),
            branch("trial", rules.provisionTrial, customerId).timeout("30s"),
            branch("sales", rules.notifySales, customerId).fireAndForget());

    var credit = approval("credit", "crm_managers", "Extend credit to " + account.name());
    ctx.var("credit", credit.approved() ? "extended" : "not extended");
    if (credit.approved()) {
        step("extend credit", () -> records.customer.update(customerId, c -> c.creditLimit("5000")));
    }

    sleep("3 seconds");
    ctx.var("outcome", step("follow up", rules.followUp, customerId));
}

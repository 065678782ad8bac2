@Constant(description = "Value added tax, as a part of the net price", validate = "isRate", admin = "billing_admins")
BigDecimal vatRate() {
    return new BigDecimal("0.19");
}

@Constant(description = "Where invoices are answered")
ByEnvironment<String> mailbox() {
    return usually("test@example.org").in("prod", "billing@example.org");
}

record Account(long id, String name, String email) {}

@ExpressionRule(description = "Opens the account of a customer: from now on the customer is active")
Account createAccount(long customerId) {
    records.customer.update(customerId, c -> c.status(ACTIVE));
    var customer = records.customer.get(customerId);
    return new Account(customerId, nameOf(customer), customer.email());
}

@ExpressionRule(description = "Words of welcome for a customer, signed by whoever looks after them")
String welcomeCustomer(long customerId) {
    var customer = records.customer.get(customerId);
    return "Welcome, " + nameOf(customer) + "! " + contactOf(customer) + " looks after you.";
}

@ExpressionRule(description = "Gives a customer without credit a small limit to begin with, and answers the limit")
BigDecimal provisionTrial(long customerId) {
    var limit = records.customer.get(customerId).creditLimit();
    if (limit != null) {
        return limit;
    }
    records.customer.update(customerId, c -> c.creditLimit(TRIAL));
    return TRIAL;
}

@ExpressionRule(description = "Who in sales is to be told about a customer")
String notifySales(long customerId) {
    return contactOf(records.customer.get(customerId));
}

@ExpressionRule(description = "How a customer stands after onboarding, in one sentence")
String followUp(long customerId) {
    var customer = records.customer.get(customerId);
    var credit = customer.creditLimit() == null ? "no credit" : "a credit of " + customer.creditLimit();
    return nameOf(customer) + " has bought for " + rules.customerLtv(customerId) + " and has " + credit + ".";
}

static final BigDecimal TRIAL = new BigDecimal("100.00");

String nameOf(Customer customer) {
    return customer.firstName() + " " + customer.lastName();
}

String contactOf(Customer customer) {
    var contact = customer.supportRep();
    return contact == null ? "The sales team" : contact.firstName() + " " + contact.lastName();
}

@ExpressionRule(description = "Customer lifetime value: the sum of all invoices of one customer")
BigDecimal customerLtv(long customerId) {
    return billing.records.invoice
            .where(i -> i.customerId().eq(customerId))
            .sum(i -> i.total());
}

@ExpressionRule(description = "Lifetime value of all customers together")
BigDecimal totalLtv() {
    return billing.records.invoice.sum(i -> i.total());
}

record CustomerValue(long id, String name, BigDecimal value) {}

@ExpressionRule(description = "The customers with the greatest lifetime value, greatest first")
List<CustomerValue> topCustomers(int count) {
    if (count < 1 || count > 100) {
        throw reject("count", "must be between 1 and 100");
    }
    return billing.records.invoice.all()
            .select(this::valued, i -> i.customerId(), i -> i.customer().firstName(), i -> i.customer().lastName(),
                    i -> i.total().sum())
            .orderByDescending(i -> i.total().sum())
            .limit(count)
            .list();
}

CustomerValue valued(long id, String firstName, String lastName, BigDecimal value) {
    return new CustomerValue(id, firstName + " " + lastName, value);
}

@ExpressionRule(description = "One sentence on what a customer has bought", use = {"crm_users", "crm_managers"})
String customerStatement(long customerId) {
    var customer = crm.records.customer.get(customerId);
    var invoices = records.invoice.where(i -> i.customerId().eq(customerId)).count();
    return customer.firstName() + " " + customer.lastName() + ": " + invoices + " invoices, "
            + crm.rules.customerLtv(customerId) + " in all.";
}

@ExpressionRule(description = "Revenue with customers of one country, by the address of the invoice")
BigDecimal revenueOf(String country) {
    return records.invoice.where(i -> i.billingCountry().eq(country)).sum(i -> i.total());
}

record CountryRevenue(String country, long invoices, BigDecimal revenue) {}

@ExpressionRule(description = "Revenue by the country of the customer, greatest first")
List<CountryRevenue> revenueByCountry() {
    return records.invoice.all()
            .select(CountryRevenue::new, i -> i.customer().country(), i -> count(), i -> i.total().sum())
            .orderByDescending(i -> i.total().sum())
            .list();
}

@ExpressionRule(description = "Revenue of all invoices")
BigDecimal revenue() {
    return records.invoice.sum(i -> i.total());
}

@ExpressionRule(description = "Whether a number can be a rate: from 0 to below 1")
boolean isRate(BigDecimal rate) {
    return rate.signum() >= 0 && rate.compareTo(BigDecimal.ONE) < 0;
}

@ExpressionRule(description = "Revenue of all invoices with value added tax")
BigDecimal grossRevenue() {
    return rules.revenue().multiply(BigDecimal.ONE.add(constants.vatRate())).setScale(2, RoundingMode.HALF_UP);
}

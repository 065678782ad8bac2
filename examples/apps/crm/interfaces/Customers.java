@Interface(record = "customer", type = LIST)
Ui customers() {
    return page("Customers",
            stats(
                    metric("Customers", records.customer.count()),
                    metric("Active", records.customer.where(c -> c.status().eq(ACTIVE)).count()),
                    money("Lifetime value", rules.totalLtv(), "USD")),
            table(records.customer)
                    .columns("firstName", "lastName", "email", "country", "status", "supportRep", "creditLimit")
                    .searchable()
                    .orderBy("lastName"));
}

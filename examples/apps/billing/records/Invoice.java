@Record(audit = true,
        view = {"billing_users", "crm_users", "crm_admins", "crm_managers"},
        create = "billing_admins", update = "billing_admins", delete = "billing_admins",
        display = {"invoiceDate", "billingCity"}, search = {"billingCity", "billingCountry", "billingAddress"})
record Invoice(
        @NotNull @BelongsTo crm.Customer customer,
        @NotNull Instant invoiceDate,
        @Size(max = 70) String billingAddress,
        @Size(max = 40) String billingCity,
        @Size(max = 40) String billingState,
        @Size(max = 40) String billingCountry,
        @Size(max = 10) String billingPostalCode,
        @NotNull @Min(0) @Digits(fraction = 2) BigDecimal total) {}

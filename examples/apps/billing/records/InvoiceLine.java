@Record(view = "billing_users", create = "billing_admins", update = "billing_admins", delete = "billing_admins")
record InvoiceLine(
        @NotNull @BelongsTo(onDelete = CASCADE) Invoice invoice,
        @NotNull @BelongsTo Track track,
        @NotNull @Min(0) @Digits(fraction = 2) BigDecimal unitPrice,
        @Min(1) int quantity) {}

@Record(view = "billing_users", create = "billing_admins", update = "billing_admins", delete = "billing_admins",
        display = "name", search = {"name", "composer"})
record Track(
        @NotBlank @Size(max = 200) String name,
        @BelongsTo Album album,
        @NotNull @BelongsTo MediaType mediaType,
        @BelongsTo Genre genre,
        @Size(max = 220) String composer,
        @Min(1) int milliseconds,
        @Min(0) Long bytes,
        @NotNull @Min(0) @Digits(fraction = 2) BigDecimal unitPrice) {}

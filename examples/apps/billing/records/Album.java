@Record(view = "billing_users", create = "billing_admins", update = "billing_admins", delete = "billing_admins",
        display = "title")
record Album(
        @NotBlank @Size(max = 160) String title,
        @NotNull @BelongsTo Artist artist) {}

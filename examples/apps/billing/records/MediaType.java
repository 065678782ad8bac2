@Record(view = "billing_users", create = "billing_admins", update = "billing_admins", delete = "billing_admins")
record MediaType(@NotBlank @Unique @Size(max = 120) String name) {}

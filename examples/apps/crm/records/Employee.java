@Record(view = {"crm_users", "crm_managers"}, create = "crm_admins", update = "crm_admins", delete = "crm_admins",
        display = {"firstName", "lastName"}, search = {"firstName", "lastName", "title", "email"})
record Employee(
        @NotBlank @Size(max = 20) String lastName,
        @NotBlank @Size(max = 20) String firstName,
        @Size(max = 30) String title,
        @BelongsTo(onDelete = SET_NULL) Employee reportsTo,
        LocalDate birthDate,
        LocalDate hireDate,
        @Size(max = 70) String address,
        @Size(max = 40) String city,
        @Size(max = 40) String state,
        @Size(max = 40) String country,
        @Size(max = 10) String postalCode,
        @Size(max = 24) String phone,
        @Size(max = 24) String fax,
        @Email @Size(max = 60) String email) {}

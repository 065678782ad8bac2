@Record(audit = true, live = true,
        view = {"crm_users", "crm_managers"},
        create = "crm_admins",
        update = {"crm_users", "crm_admins"},
        delete = "crm_admins",
        display = {"firstName", "lastName"},
        search = {"firstName", "lastName", "company", "email", "city", "country"})
record Customer(
        @NotBlank @Size(max = 40) String firstName,
        @NotBlank @Size(max = 20) String lastName,
        @Size(max = 80) String company,
        @Size(max = 70) String address,
        @Size(max = 40) String city,
        @Size(max = 40) String state,
        @Size(max = 40) String country,
        @Size(max = 10) String postalCode,
        @Size(max = 24) String phone,
        @Size(max = 24) String fax,
        @NotBlank @Email @Size(max = 60) String email,
        @BelongsTo Employee supportRep,
        @NotNull @Default("ACTIVE") Status status,
        @Min(0) @Digits(fraction = 2) BigDecimal creditLimit) {

    enum Status { ACTIVE, INACTIVE }
}

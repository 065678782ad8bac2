@Record(view = "peer_users", create = "peer_users", display = "name", indexes = "status, name")
record Customer(
        @NotBlank @Size(max = 255) String name,
        @NotBlank @Size(max = 255) String email,
        @NotBlank @Size(max = 40) String status,
        @Size(max = 255) String city,
        @Size(max = 80) String country,
        @Digits(integer = 10, fraction = 2) BigDecimal creditLimit) {}

@Record(view = "billing_users", create = "billing_admins", update = "billing_admins", delete = "billing_admins",
        unique = "playlist, track")
record PlaylistTrack(
        @NotNull @BelongsTo(onDelete = CASCADE) Playlist playlist,
        @NotNull @BelongsTo(onDelete = CASCADE) Track track) {}

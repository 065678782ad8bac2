package dev.appos.identity;

import dev.appos.identity.OidcClient.Person;
import dev.appos.secure.Groups;
import dev.appos.secure.Principal;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Which account somebody means whom another provider vouches for.
///
/// An account is linked by issuer and subject, which never change hands. The first time it is found by its e-mail
/// address, if the provider has verified it; the address itself is the administrators' to set and not the provider's.
final class OidcLinks {

    private static final String BY = "system:oidc";

    /// What was found.
    ///
    /// @param reason   the word of the audit: `ok`, or why nobody comes in
    /// @param made     whether the account was made just now
    record Found(String reason, Optional<UUID> user, String username, boolean made) {

        static Found nobody(String reason) {
            return new Found(reason, Optional.empty(), "", false);
        }
    }

    private final Users users;
    private final Groups groups;
    private final Clock clock;

    OidcLinks(Users users, Clock clock) {
        this.users = users;
        this.groups = new Groups(clock);
        this.clock = clock;
    }

    /// The account of this person, linked or made as the provider's settings allow.
    Found find(DSLContext sql, Person person, Optional<List<String>> newUsersGroups) {
        Optional<Found> linked = sql.fetchOptional(
                        """
                        select u.id, u.username, u.user_type, u.is_active
                        from appos.oidc_links l join appos.users u on u.id = l.user_id
                        where l.issuer = ? and l.subject = ? for update of u
                        """,
                        person.issuer(),
                        person.subject())
                .map(OidcLinks::judged);
        if (linked.isPresent()) {
            return linked.get();
        }
        if (person.verifiedEmail().isEmpty()) {
            return Found.nobody("oidc_email_unverified");
        }
        String email = person.verifiedEmail().get();
        Optional<Found> known = sql.fetchOptional(
                        """
                        select id, username, user_type, is_active from appos.users
                        where lower(email) = lower(?) for update
                        """,
                        email)
                .map(OidcLinks::judged);
        Found found = known.orElseGet(() -> newUsersGroups
                .map(into -> make(sql, person, email, into))
                .orElse(Found.nobody("oidc_unknown")));
        found.user().ifPresent(user -> link(sql, person, user));
        return found;
    }

    private static Found judged(Record row) {
        if (row.get("user_type", String.class).equals("service_account")) {
            return Found.nobody("service_account_ui_login");
        } else if (!row.get("is_active", boolean.class)) {
            return Found.nobody("account_disabled");
        }
        return new Found("ok", Optional.of(row.get("id", UUID.class)), row.get("username", String.class), false);
    }

    private Found make(DSLContext sql, Person person, String email, List<String> into) {
        Versions.bump(sql, Area.DIRECTORY);
        if (users.find(sql, email).isPresent()) {
            // The name is somebody's who has another address: not this person, as far as anybody has said.
            return Found.nobody("oidc_unknown");
        }
        Users.Profile profile = new Users.Profile(
                Optional.of(email), Optional.of(person.fullName()), Optional.of(Principal.Type.BASIC),
                Optional.empty(), Optional.empty());
        Users.User user = users.create(sql, email, profile, Optional.empty(), BY);
        into.forEach(group -> groups.addMember(sql, group, user.username()));
        return new Found("ok", Optional.of(user.id()), user.username(), true);
    }

    /// An account has one link to a provider: an earlier one was of somebody who had the address before.
    private void link(DSLContext sql, Person person, UUID user) {
        sql.execute("delete from appos.oidc_links where issuer = ? and user_id = ?", person.issuer(), user);
        sql.execute(
                """
                insert into appos.oidc_links (issuer, subject, user_id, created_at)
                values (?, ?, ?, cast(? as timestamptz))
                """,
                person.issuer(),
                person.subject(),
                user,
                clock.instant());
    }
}

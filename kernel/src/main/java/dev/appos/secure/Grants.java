package dev.appos.secure;

import dev.appos.object.Permission;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// The rows of grants: a group, an object or wildcard, a permission.
public final class Grants {

    /// What a group was granted on one object or wildcard.
    public record Grant(String group, String objectRef, List<String> permissions) {}

    private final Clock clock;

    public Grants(Clock clock) {
        this.clock = clock;
    }

    /// Grants permissions; one that is there already stays.
    ///
    /// @throws dev.appos.base.Refusal if there is no such group
    public void add(
            DSLContext sql, String group, GrantPattern pattern, Collection<Permission> permissions, String by) {
        Versions.bump(sql, Area.DIRECTORY);
        for (Permission permission : permissions) {
            sql.execute(
                    """
                    insert into appos.grants (group_name, object_ref, permission, created_at, created_by)
                    values (?, ?, ?, cast(? as timestamptz), ?) on conflict do nothing
                    """,
                    group,
                    pattern.toString(),
                    permission.word(),
                    clock.instant(),
                    by);
        }
    }

    /// Takes permissions back.
    ///
    /// @return how many there were
    public int remove(DSLContext sql, String group, GrantPattern pattern, Collection<Permission> permissions) {
        Versions.bump(sql, Area.DIRECTORY);
        return sql.execute(
                "delete from appos.grants where group_name = ? and object_ref = ? and permission = any (?)",
                group,
                pattern.toString(),
                permissions.stream().map(Permission::word).toArray(String[]::new));
    }

    /// What was granted, of one group, on one object as written, or all of it.
    public List<Grant> list(DSLContext sql, Optional<String> group, Optional<String> objectRef, int limit) {
        return sql.fetch(
                        """
                        select group_name, object_ref, array_agg(permission order by permission) as permissions
                        from appos.grants
                        where (cast(? as text) is null or group_name = cast(? as text))
                          and (cast(? as text) is null or object_ref = cast(? as text))
                        group by group_name, object_ref order by group_name, object_ref limit ?
                        """,
                        group.orElse(null),
                        group.orElse(null),
                        objectRef.orElse(null),
                        objectRef.orElse(null),
                        limit)
                .map(row -> new Grant(
                        row.get("group_name", String.class),
                        row.get("object_ref", String.class),
                        List.of(row.get("permissions", String[].class))));
    }
}

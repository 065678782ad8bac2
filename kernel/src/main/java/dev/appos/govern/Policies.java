package dev.appos.govern;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.secure.Coherence;
import dev.appos.secure.Versions;
import dev.appos.secure.Versions.Area;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/// The policies agents are judged by: those that come with the platform, and those people wrote, in their newest
/// version.
///
/// Judging reads memory only. Whoever puts a policy calls [#refresh()] after the commit.
/// Thread-safe.
public final class Policies {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int LONGEST_BODY = 200_000;

    /// A policy as people see it.
    ///
    /// @param body as it was written; empty for those that come with the platform
    public record Listed(
            String name, int version, boolean builtIn, Map<String, Object> body, Optional<Instant> createdAt,
            String createdBy) {}

    /// A version just written, and what in it is probably not meant.
    public record Put(String name, int version, List<String> conflicts) {}

    private record Known(long version, Map<String, WrittenPolicy> policies) {}

    private final Coherence coherence;
    private final Clock clock;
    private volatile Known known = new Known(-1, Map.of());

    /// Reads the policies.
    public Policies(Coherence coherence, Clock clock) {
        this.coherence = coherence;
        this.clock = clock;
        coherence.keep(Area.POLICIES, () -> known.version(), sql -> known = read(sql));
    }

    /// The policy of this name, if it exists and can be read.
    Optional<Policy> find(String name) {
        Optional<Policy> builtIn = BuiltInPolicy.of(name);
        return builtIn.isPresent() ? builtIn : Optional.ofNullable(current().policies().get(name));
    }

    /// Every name an agent can carry.
    public Set<String> names() {
        Set<String> names = new TreeSet<>(current().policies().keySet());
        Arrays.stream(BuiltInPolicy.values()).map(Policy::title).forEach(names::add);
        return names;
    }

    /// Writes a new version of a policy; earlier ones stay readable.
    ///
    /// @throws Refusal naming every fault by JSON Pointer
    public Put put(DSLContext sql, String name, Map<String, Object> body, String by) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("The policy", "/name", "form",
                    "must have 1 to 63 lower-case letters, digits or _, and begin with a letter");
        }
        if (BuiltInPolicy.of(name).isPresent()) {
            throw Refusal.conflict(
                    "The policy " + name + " comes with the platform and cannot be changed.", "Choose another name.");
        }
        // Read before it is written: a number without bounds is refused here, and costs nothing.
        PolicyReader.read(name, 0, body);
        String written = Json.write(body);
        if (written.length() > LONGEST_BODY) {
            throw Refusal.tooLarge("The policy is too long.", "Split it into several policies.");
        }
        Versions.bump(sql, Area.POLICIES);
        int version = sql.fetchSingle(
                        "select coalesce(max(version), 0) + 1 as version from appos.policies where name = ?", name)
                .get("version", int.class);
        WrittenPolicy policy = PolicyReader.read(name, version, body);
        sql.execute(
                """
                insert into appos.policies (name, version, body, created_at, created_by)
                values (?, ?, cast(? as jsonb), cast(? as timestamptz), ?)
                """,
                name,
                version,
                written,
                clock.instant(),
                by);
        return new Put(name, version, Conflicts.of(policy));
    }

    /// Every policy in its newest version, by name.
    public List<Listed> list(DSLContext sql) {
        List<Listed> listed = new ArrayList<>(sql.fetch(NEWEST).map(row -> new Listed(
                row.get("name", String.class),
                row.get("version", int.class),
                false,
                body(row),
                Optional.of(row.get("created_at", Instant.class)),
                row.get("created_by", String.class))));
        for (Policy builtIn : BuiltInPolicy.values()) {
            listed.add(new Listed(builtIn.title(), builtIn.version(), true, Map.of(), Optional.empty(), "platform"));
        }
        return listed;
    }

    /// Makes a version that was committed the one that judges, here and on every other node.
    public void refresh() {
        coherence.settle();
    }

    /// While the table cannot be read after a change, nothing is judged.
    private Known current() {
        coherence.ensure();
        return known;
    }

    private static final String NEWEST =
            """
            select distinct on (name) name, version, body, created_at, created_by
            from appos.policies order by name, version desc
            """;

    private static Known read(DSLContext sql) {
        long version = Versions.of(sql, Area.POLICIES);
        Map<String, WrittenPolicy> policies = new HashMap<>();
        for (Record row : sql.fetch(NEWEST)) {
            String name = row.get("name", String.class);
            try {
                policies.put(name, PolicyReader.read(name, row.get("version", int.class), body(row)));
            } catch (Refusal _) {
                // A version that today's rules of writing refuse is unknown to the governor, which then denies.
                policies.remove(name);
            }
        }
        return new Known(version, Map.copyOf(policies));
    }

    private static Map<String, Object> body(Record row) {
        return Json.object(Json.read(row.get("body", JSONB.class).data()), "The policy");
    }
}

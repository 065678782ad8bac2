package dev.appos.dispatch;

import dev.appos.base.Ids;
import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.govern.Verdict;
import dev.appos.secure.Decision;
import dev.appos.secure.Principal;
import dev.appos.trace.AuditRows;
import dev.appos.trace.AuditSeal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Keeps which rule decided: every call of an agent, every change of the platform itself, and every refusal of anybody.
final class Audit {

    private static final int LONGEST_SUBJECT = 2_000;

    /// The inputs of a platform's rule that name what it is about. No value, and nothing that proves anything.
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "username", "user", "user_type", "group", "groups", "name", "id", "ref", "object_ref", "permission",
            "permissions", "apps", "policies", "skills", "runs_as", "decision", "level", "type", "expires_at"));

    /// What decided one call.
    ///
    /// @param verdict `allow`, `audit`, `ask`, `deny` or `over_budget`
    record Entry(
            String verdict,
            String rule,
            @Nullable String policy,
            @Nullable Integer version,
            String reason,
            Optional<UUID> approval) {

        static Entry of(Decision decision) {
            return new Entry(
                    decision instanceof Decision.Allow ? "allow" : "deny",
                    decision.rule(), null, null, "", Optional.empty());
        }

        static Entry of(Verdict verdict, Optional<UUID> approval) {
            String kind = verdict.kind().name().toLowerCase(Locale.ROOT);
            return new Entry(
                    kind, verdict.rule(), verdict.policy(), verdict.version(), verdict.reason(), approval);
        }

        static Entry overBudget(String reason) {
            return new Entry("over_budget", "budget", null, null, reason, Optional.empty());
        }

        Entry approved(UUID by) {
            return new Entry("allow", rule, policy, version, reason, Optional.of(by));
        }
    }

    private final Ids ids;
    private final AuditRows rows;

    Audit(Ids ids, AuditSeal seal) {
        this.ids = ids;
        this.rows = new AuditRows(seal);
    }

    void add(DSLContext sql, Context context, Call call, Entry entry) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", ids.next());
        row.put("at", context.at());
        row.put("execution_id", context.executionId());
        row.put("principal", context.principal().name());
        row.put("on_behalf_of", context.principal() instanceof Principal.Agent agent ? agent.actsFor().name() : null);
        row.put("object_ref", call.ref().toString());
        row.put("action", call.input().action().word());
        row.put("verdict", entry.verdict());
        row.put("rule", entry.rule());
        row.put("policy", entry.policy());
        row.put("policy_version", entry.version());
        row.put("reason", entry.reason());
        // A digest of a password could be guessed.
        row.put("digest", call.ref().app().equals(Ref.PLATFORM) ? null : call.digest());
        row.put("approval_id", entry.approval().orElse(null));
        row.put("subject", subject(call));
        rows.add(sql, row);
    }

    /// What a change of the platform itself is about: `{"group":"sales","username":"ana"}`.
    private static @Nullable String subject(Call call) {
        if (!call.ref().app().equals(Ref.PLATFORM)) {
            return null;
        }
        Map<String, @Nullable Object> names = new LinkedHashMap<>();
        call.input().values().forEach((name, value) -> {
            if (NAMES.contains(name)) {
                names.put(name, value);
            }
        });
        String subject = Json.canonical(names);
        return subject.length() <= LONGEST_SUBJECT ? subject : "{\"too_long\":true}";
    }
}

package dev.appos.dispatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.appos.base.Ids;
import dev.appos.govern.Verdict;
import dev.appos.secure.Decision;
import dev.appos.secure.Principal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Keeps which rule decided: every call of an agent, and every refusal of anybody.
final class Audit {

    private static final Table<?> AUDIT = table(name("appos", "audit"));
    private static final Field<UUID> ID = field(name("id"), SQLDataType.UUID);
    private static final Field<OffsetDateTime> AT = field(name("at"), SQLDataType.TIMESTAMPWITHTIMEZONE);

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

    Audit(Ids ids) {
        this.ids = ids;
    }

    void add(DSLContext sql, Context context, Call call, Entry entry) {
        String actsFor = context.principal() instanceof Principal.Agent agent ? agent.actsFor().name() : null;
        sql.insertInto(AUDIT)
                .set(ID, ids.next())
                .set(AT, context.at().atOffset(ZoneOffset.UTC))
                .set(text("execution_id"), context.executionId())
                .set(text("principal"), context.principal().name())
                .set(text("on_behalf_of"), actsFor)
                .set(text("object_ref"), call.ref().toString())
                .set(text("action"), call.input().action().word())
                .set(text("verdict"), entry.verdict())
                .set(text("rule"), entry.rule())
                .set(text("policy"), entry.policy())
                .set(field(name("policy_version"), SQLDataType.INTEGER), entry.version())
                .set(text("reason"), entry.reason())
                .set(text("digest"), call.digest())
                .set(field(name("approval_id"), SQLDataType.UUID), entry.approval().orElse(null))
                .execute();
    }

    private static Field<String> text(String column) {
        return field(name(column), SQLDataType.CLOB);
    }
}

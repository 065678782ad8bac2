package dev.appos.govern;

import dev.appos.base.Ids;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.object.Permission;
import dev.appos.secure.Agents;
import dev.appos.secure.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Approvals as rows. Each move of a row from one status to the next is one statement that names both.
public final class StoredApprovals implements Approvals {

    /// How long an answer to an agent counts, where the question says nothing else.
    public static final Duration DUE_AFTER = Duration.ofHours(24);

    /// The channel on which processes hear that a question was answered; the message is its id.
    public static final String CHANNEL = "appos_approval";

    public static final List<String> STATUSES =
            List.of("pending", "approved", "rejected", "used", "expired", "completed");

    private static final int LONGEST_NOTE = 2000;

    /// A question and what became of it.
    ///
    /// @param needs the permission on the object that whoever answers must hold, where no group is named
    public record Asked(
            UUID id,
            Question question,
            Instant createdAt,
            Optional<Instant> dueAt,
            String status,
            Optional<String> decidedBy,
            Optional<Instant> decidedAt,
            String note,
            Optional<TaskState> task) {}

    private final Ids ids;
    private final Clock clock;

    public StoredApprovals(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// {@inheritDoc}
    ///
    /// @throws Refusal if a person has rejected exactly this, and the question has not expired
    @Override
    public UUID ask(DSLContext sql, Question question) {
        Instant now = clock.instant();
        sql.execute(
                """
                update appos.approvals set status = 'expired'
                where requested_by = ? and digest = ? and status = 'pending' and kind <> 'task'
                  and due_at <= cast(? as timestamptz)
                """,
                question.requestedBy(),
                question.digest(),
                now);
        Optional<UUID> open = question.kind() == Kind.AGENT ? answered(sql, question, now) : Optional.empty();
        if (open.isPresent()) {
            return open.get();
        }
        return sql.fetchSingle(
                """
                insert into appos.approvals
                    (id, kind, title, requested_by, object_ref, digest, arguments, policy, policy_version, rule, reason,
                     group_name, needs, created_at, due_at, status)
                values (?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as text), cast(? as integer), cast(? as text), ?,
                        cast(? as text), cast(? as text), cast(? as timestamptz), cast(? as timestamptz), 'pending')
                on conflict (requested_by, digest) where status = 'pending' do update set
                    title = excluded.title, policy = excluded.policy, policy_version = excluded.policy_version,
                    rule = excluded.rule, reason = excluded.reason
                returning id
                """,
                ids.next(),
                question.kind().name().toLowerCase(Locale.ROOT),
                question.title(),
                question.requestedBy(),
                question.objectRef(),
                question.digest(),
                Json.write(Plain.of(Secrets.hidden(question.arguments()))),
                policy(question),
                version(question),
                question.because().map(Verdict::rule).orElse(null),
                question.because().map(Verdict::reason).orElse(""),
                question.group().orElse(null),
                question.needs().map(Permission::word).orElse(null),
                now,
                due(question, now))
                .get("id", UUID.class);
    }

    private static @Nullable Instant due(Question question, Instant now) {
        return question.due().orElse(switch (question.kind()) {
            case AGENT -> now.plus(DUE_AFTER);
            case PROCESS, TASK -> null;
        });
    }

    private static @Nullable String policy(Question question) {
        return question.because().map(Verdict::policy).orElse(null);
    }

    private static @Nullable Integer version(Question question) {
        return question.because().map(Verdict::version).orElse(null);
    }

    /// An approval given and not used stands for a new question that the same version of the policy puts; a rejection
    /// stands against it whoever asks.
    private static Optional<UUID> answered(DSLContext sql, Question question, Instant now) {
        return sql.fetchOptional(
                        """
                        select id, status, decided_by, note from appos.approvals
                        where requested_by = ? and digest = ? and due_at > cast(? as timestamptz)
                          and (status = 'rejected' or status = 'approved' and policy = ? and policy_version = ?)
                        order by decided_at desc limit 1
                        """,
                        question.requestedBy(),
                        question.digest(),
                        now,
                        policy(question),
                        version(question))
                .map(row -> {
                    if (row.get("status", String.class).equals("rejected")) {
                        String note = row.get("note", String.class);
                        throw Refusal.forbidden(
                                "This call of " + question.objectRef(),
                                row.get("decided_by", String.class) + " rejected it"
                                        + (note.isEmpty() ? "" : ": " + note),
                                "Do something else.");
                    }
                    return row.get("id", UUID.class);
                });
    }

    @Override
    public Optional<UUID> claim(DSLContext sql, String requestedBy, String digest, Verdict asks) {
        Instant now = clock.instant();
        return sql.fetchOptional(
                        """
                        update appos.approvals set status = 'used', used_at = {0}
                        where status = 'approved' and id = (
                            select id from appos.approvals
                            where requested_by = {1} and digest = {2} and status = 'approved' and due_at > {0}
                              and policy = {3} and policy_version = {4}
                            order by decided_at limit 1 for update)
                        returning id
                        """,
                        DSL.val(now),
                        DSL.val(requestedBy),
                        DSL.val(digest),
                        DSL.val(asks.policy()),
                        DSL.val(asks.version()))
                .map(row -> row.get("id", UUID.class));
    }

    @Override
    public Optional<Answer> answer(DSLContext sql, UUID id) {
        return sql.fetchOptional(
                        """
                        select status, decided_by, note, answer from appos.approvals
                        where id = ? and status in ('approved', 'rejected', 'used', 'completed')
                        """,
                        id)
                .map(row -> new Answer(
                        !row.get("status", String.class).equals("rejected"),
                        row.get("decided_by", String.class),
                        row.get("note", String.class),
                        ApprovalRows.json(row, "answer")));
    }

    @Override
    public UUID assign(DSLContext sql, Question question, Task task) {
        UUID id = ask(sql, question);
        Tasks.put(sql, id, task);
        return id;
    }

    @Override
    public boolean remind(DSLContext sql, UUID id, int count) {
        return Tasks.remind(sql, id, count);
    }

    @Override
    public boolean escalate(DSLContext sql, UUID id, String group) {
        return Tasks.escalate(sql, id, group);
    }

    /// Answers a question, once, and wakes who waits for it.
    ///
    /// Agents never answer. Nobody answers the question of an agent that acts for him, unless he is a system_admin. A
    /// question to a group is answered by its members, whoever started the process that asks: its author named the
    /// group. A question without one is answered by whoever holds the permission that the call itself needs.
    ///
    /// @param holds whether the principal holds [Question#needs()] on the object, as the guard says
    /// @throws Refusal if he may not answer, if it was answered, or if it is too late
    public Asked decide(DSLContext sql, Principal principal, UUID id, Decided decided, boolean holds) {
        if (decided.note().length() > LONGEST_NOTE) {
            throw Refusal.invalid("The answer", "/note", "length", "must have at most " + LONGEST_NOTE + " characters");
        }
        Asked asked = get(sql, id);
        check(sql, principal, asked, holds);
        Instant now = clock.instant();
        int moved = sql.execute(
                """
                update appos.approvals
                set status = ?, decided_by = ?, decided_at = cast(? as timestamptz), note = ?,
                    answer = cast(? as json)
                where id = ? and status = 'pending' and (claimed_by is null or claimed_by = ? or ?)
                  and (kind = 'task' or due_at is null or due_at > cast(? as timestamptz))
                """,
                decided.value().isPresent() ? "completed" : decided.approve() ? "approved" : "rejected",
                principal.name(),
                now,
                decided.note(),
                decided.value().orElse(null),
                id,
                principal.name(),
                principal instanceof Principal.User user && user.type() == Principal.Type.SYSTEM_ADMIN,
                now);
        if (moved == 0) {
            Asked late = get(sql, id);
            throw Refusal.conflict(
                    late.status().equals("pending") || late.status().equals("expired")
                            ? "The question has expired."
                            : "The question was answered already: " + late.status() + ".",
                    "Nothing more can be done with it.");
        }
        sql.execute("select pg_notify(?, ?)", CHANNEL, id.toString());
        return get(sql, id);
    }

    @Override
    public void withdraw(DSLContext sql, UUID id) {
        sql.execute("update appos.approvals set status = 'expired' where id = ? and status = 'pending'", id);
    }

    /// What a person answers.
    ///
    /// @param value what was chosen or filled in, as a JSON object; only of tasks
    public record Decided(boolean approve, String note, Optional<String> value) {

        public Decided(boolean approve, String note) {
            this(approve, note, Optional.empty());
        }
    }

    /// Whether the principal is one of those who may answer.
    public boolean mayAnswer(DSLContext sql, Principal principal, Asked asked, boolean holds) {
        Question question = asked.question();
        if (!(principal instanceof Principal.User user)
                || asked.task().filter(task -> task.asked().fourEyes()).isPresent() && own(sql, user, question)) {
            return false;
        }
        if (user.type() == Principal.Type.SYSTEM_ADMIN) {
            return true;
        }
        if (asked.task().isPresent()) {
            TaskState task = asked.task().get();
            return task.isFor(user, question.group()) && task.isFreeFor(user);
        }
        boolean entitled = question.group()
                .map(user.groups()::contains)
                .orElse(holds && question.needs().isPresent());
        return entitled && switch (question.kind()) {
            case PROCESS, TASK -> true;
            case AGENT -> !own(sql, user, question);
        };
    }

    /// Whether the principal is one of those who may see the question: who put it, for whom it was put, and who may
    /// answer.
    public boolean maySee(DSLContext sql, Principal principal, Asked asked, boolean holds) {
        boolean doer = principal instanceof Principal.User user
                && asked.task().filter(task -> task.isFor(user, asked.question().group())).isPresent();
        return doer || own(sql, principal, asked.question()) || mayAnswer(sql, principal, asked, holds);
    }

    private static boolean own(DSLContext sql, Principal principal, Question question) {
        return principal.name().equals(question.requestedBy())
                || question.requestedBy().startsWith(Agents.PREFIX)
                        && Agents.actsFor(sql, question.requestedBy(), principal.name());
    }

    private void check(DSLContext sql, Principal principal, Asked asked, boolean holds) {
        Question question = asked.question();
        if (principal instanceof Principal.Agent) {
            throw Refusal.forbidden("Answering", "an agent never approves", "Ask a person.");
        }
        if (!mayAnswer(sql, principal, asked, holds)) {
            asked.task().ifPresent(task -> refuse(principal, question, task));
            String who = question.group()
                    .map(group -> "members of group " + group)
                    .orElse("those who hold the permission on " + question.objectRef());
            throw Refusal.forbidden(
                    "Answering", "only " + who + " may, and nobody what his own agent asks", "Ask one of them.");
        }
    }

    private static void refuse(Principal principal, Question question, TaskState task) {
        String rule = Tasks.excluded(question, task, principal.name())
                ? "nobody does what he asked for himself"
                : task.claimedBy().map(name -> "it is with " + name).orElse("it is not for you");
        throw Refusal.forbidden("This task", rule, "Leave it to those it is for.");
    }

    /// The refusal for a question that is not there, or not the caller's to know.
    public static Refusal unknown(UUID id) {
        return Refusal.notFound("approval " + id);
    }

    /// One question.
    ///
    /// @throws Refusal if there is none with this id
    public Asked get(DSLContext sql, UUID id) {
        return sql.fetchOptional(ApprovalRows.SELECT + " where id = ?", id)
                .map(row -> ApprovalRows.asked(row, clock.instant()))
                .orElseThrow(() -> unknown(id));
    }

    /// Questions, newest first, of one status or all, and beginning before `before`.
    public List<Asked> list(DSLContext sql, Optional<String> status, Optional<UUID> before, int limit) {
        return sql.fetch(
                        ApprovalRows.SELECT
                                + """
                                 where (cast({0} as uuid) is null or id < cast({0} as uuid))
                                  and (cast({1} as text) is null or cast({1} as text) =
                                       case when status = 'pending' and kind <> 'task' and due_at <= {2} then 'expired'
                                            else status end)
                                order by id desc limit {3}
                                """,
                        DSL.val(before.orElse(null), UUID.class),
                        DSL.val(status.orElse(null), String.class),
                        DSL.val(clock.instant()),
                        DSL.val(limit))
                .map(row -> ApprovalRows.asked(row, clock.instant()));
    }
}

package dev.appos.govern;

import dev.appos.base.Json;
import dev.appos.govern.StoredApprovals.Asked;
import dev.appos.object.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Record;

/// Reads approvals from their rows.
final class ApprovalRows {

    static final String SELECT =
            """
            select id, kind, title, requested_by, object_ref, digest, arguments, policy, policy_version, rule, reason,
                   group_name, needs, created_at, due_at, status, decided_by, decided_at, note,
                   assignee, claimed_by, escalated_to, choices, form, four_eyes, reminders, answer
            from appos.approvals
            """;

    private ApprovalRows() {}

    /// A row as a question; one that was never answered is expired when it is too late, whatever the row says.
    static Asked asked(Record row, Instant now) {
        Optional<Verdict> because = Optional.ofNullable(row.get("policy", String.class)).map(policy -> new Verdict(
                Verdict.Kind.ASK,
                policy,
                row.get("policy_version", int.class),
                row.get("rule", String.class),
                row.get("reason", String.class)));
        Optional<Instant> due = Optional.ofNullable(row.get("due_at", Instant.class));
        Map<String, Object> arguments =
                Json.object(Json.read(row.get("arguments", JSONB.class).data()), "The arguments");
        Approvals.Question question = new Approvals.Question(
                Approvals.Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                row.get("title", String.class),
                row.get("requested_by", String.class),
                row.get("object_ref", String.class),
                row.get("digest", String.class),
                arguments,
                because,
                Optional.ofNullable(row.get("group_name", String.class)),
                Optional.ofNullable(row.get("needs", String.class)).map(Permission::of),
                due);
        String status = row.get("status", String.class);
        boolean late = question.kind() != Approvals.Kind.TASK
                && status.equals("pending") && due.isPresent() && !due.get().isAfter(now);
        return new Asked(
                row.get("id", UUID.class),
                question,
                row.get("created_at", Instant.class),
                due,
                late ? "expired" : status,
                Optional.ofNullable(row.get("decided_by", String.class)),
                Optional.ofNullable(row.get("decided_at", Instant.class)),
                row.get("note", String.class),
                question.kind() == Approvals.Kind.TASK ? Optional.of(task(row)) : Optional.empty());
    }

    private static TaskState task(Record row) {
        Optional<List<String>> choices = json(row, "choices").map(written ->
                ((List<?>) Json.read(written)).stream().map(String.class::cast).toList());
        Approvals.Task asked = new Approvals.Task(
                Optional.ofNullable(row.get("assignee", String.class)),
                choices.orElse(List.of()),
                json(row, "form"),
                row.get("four_eyes", boolean.class));
        return new TaskState(
                asked,
                Optional.ofNullable(row.get("claimed_by", String.class)),
                Optional.ofNullable(row.get("escalated_to", String.class)),
                row.get("reminders", int.class),
                json(row, "answer"));
    }

    static Optional<String> json(Record row, String column) {
        return Optional.ofNullable(row.get(column, JSON.class)).map(JSON::data);
    }
}

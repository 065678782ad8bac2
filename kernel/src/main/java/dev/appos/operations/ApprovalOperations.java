package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.text;

import dev.appos.base.Ref;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Approvals.Question;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredApprovals.Asked;
import dev.appos.govern.StoredApprovals.Decided;
import dev.appos.govern.Verdict;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Approvals: the inbox, and answering.
final class ApprovalOperations {

    private static final int BATCH = 200;

    /// Further back nobody looks for what he might answer.
    private static final int BATCHES_MAX = 25;

    private final StoredApprovals approvals;

    ApprovalOperations(Parts parts) {
        this.approvals = parts.approvals();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_approvals",
                        "The questions one put, and those one may answer; for administrators all of them.",
                        Permission.VIEW,
                        List.of(
                                maybe(choice("status", StoredApprovals.STATUSES)),
                                maybe(number("limit")),
                                maybe(text("cursor"))),
                        body(this::list)),
                PlatformRule.writes(
                        "decide_approval",
                        "Answers a question, once.",
                        Permission.VIEW,
                        List.of(text("id"), choice("decision", List.of("approve", "reject")), maybe(text("note"))),
                        body(this::decide)));
    }

    private Object list(Permit permit, Given given) {
        boolean all = Delegation.administers(permit);
        int limit = given.limit();
        Optional<UUID> before = given.optionalId("cursor");
        List<Object> shown = new ArrayList<>();
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            List<Asked> found = approvals.list(permit.sql(), given.optional("status"), before, BATCH);
            for (Asked asked : found) {
                if (shown.size() == limit) {
                    return Pages.of(shown, before.map(UUID::toString).orElse(null));
                }
                before = Optional.of(asked.id());
                if (all || maySee(permit, asked.question())) {
                    shown.add(shown(asked, mayAnswer(permit, asked.question())));
                }
            }
            if (found.size() < BATCH) {
                return Pages.of(shown, null);
            }
        }
        return Pages.of(shown, before.map(UUID::toString).orElse(null));
    }

    private Object decide(Permit permit, Given given) {
        UUID id = given.id("id");
        Question question = approvals.get(permit.sql(), id).question();
        if (!Delegation.administers(permit) && !maySee(permit, question)) {
            throw StoredApprovals.unknown(id);
        }
        Decided decided = new Decided(given.required("decision").equals("approve"), given.text("note", ""));
        return shown(approvals.decide(permit.sql(), permit.principal(), id, decided, holds(permit, question)), false);
    }

    private boolean maySee(Permit permit, Question question) {
        return approvals.maySee(permit.sql(), permit.principal(), question, holds(permit, question));
    }

    private boolean mayAnswer(Permit permit, Question question) {
        return approvals.mayAnswer(permit.sql(), permit.principal(), question, holds(permit, question));
    }

    private static boolean holds(Permit permit, Question question) {
        return question.needs()
                .flatMap(needed -> Ref.parse(question.objectRef()).map(ref -> permit.allows(ref, needed)))
                .orElse(false);
    }

    private static Map<String, @Nullable Object> shown(Asked asked, boolean answerable) {
        Question question = asked.question();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", asked.id());
        shown.put("kind", question.kind().name().toLowerCase(Locale.ROOT));
        shown.put("status", asked.status());
        shown.put("title", question.title());
        shown.put("requested_by", question.requestedBy());
        shown.put("object_ref", question.objectRef());
        shown.put("digest", question.digest());
        shown.put("arguments", question.arguments());
        shown.put("policy", question.because().map(Verdict::policy).orElse(null));
        shown.put("policy_version", question.because().map(Verdict::version).orElse(null));
        shown.put("rule", question.because().map(Verdict::rule).orElse(null));
        shown.put("reason", question.because().map(Verdict::reason).orElse(null));
        shown.put("group", question.group().orElse(null));
        shown.put("created_at", asked.createdAt());
        shown.put("due_at", asked.dueAt().orElse(null));
        shown.put("decided_by", asked.decidedBy().orElse(null));
        shown.put("decided_at", asked.decidedAt().orElse(null));
        shown.put("note", asked.note());
        shown.put("may_answer", answerable && asked.status().equals("pending"));
        return shown;
    }
}

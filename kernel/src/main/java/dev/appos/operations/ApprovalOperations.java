package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.choice;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.number;
import static dev.appos.operations.Given.object;
import static dev.appos.operations.Given.text;
import static dev.appos.operations.Given.yesOrNo;

import dev.appos.base.Json;
import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Form;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.govern.Approvals;
import dev.appos.govern.Approvals.Question;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredApprovals.Asked;
import dev.appos.govern.StoredApprovals.Decided;
import dev.appos.govern.TaskState;
import dev.appos.govern.Tasks;
import dev.appos.govern.Verdict;
import dev.appos.object.Permission;
import dev.appos.operations.Operations.Parts;
import dev.appos.secure.Directory;
import dev.appos.secure.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Approvals: the inbox, and answering.
final class ApprovalOperations {

    private static final int BATCH = 200;

    /// Further back nobody looks for what he might answer.
    private static final int BATCHES_MAX = 25;

    private final StoredApprovals approvals;
    private final Directory directory;

    ApprovalOperations(Parts parts) {
        this.approvals = parts.approvals();
        this.directory = parts.directory();
    }

    List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_approvals",
                        "The questions one put, and those one may answer; for administrators all of them.",
                        Permission.VIEW,
                        List.of(
                                maybe(choice("status", StoredApprovals.STATUSES)),
                                maybe(choice("kind", List.of("process", "agent", "task"))),
                                maybe(yesOrNo("mine")),
                                maybe(number("limit")),
                                maybe(text("cursor"))),
                        body(this::list)),
                PlatformRule.writes(
                        "decide_approval",
                        "Answers a question, once.",
                        Permission.VIEW,
                        List.of(
                                text("id"), maybe(text("decision")), maybe(object("value")), maybe(text("note")),
                                maybe(text("digest"))),
                        body(this::decide)),
                PlatformRule.writes(
                        "claim_task", "Takes a task, so that nobody else does it.", Permission.VIEW,
                        List.of(text("id")), body(this::claim)),
                PlatformRule.writes(
                        "unclaim_task", "Gives a task back to those it is for.", Permission.VIEW,
                        List.of(text("id")), body(this::unclaim)),
                PlatformRule.writes(
                        "assign_task", "Hands a task to another user for whom it is.", Permission.VIEW,
                        List.of(text("id"), text("assignee")), body(this::assign)));
    }

    private Object list(Permit permit, Given given) {
        boolean all = Delegation.administers(permit);
        int limit = given.limit();
        Optional<UUID> before = given.optionalId("cursor");
        Optional<String> kind = given.optional("kind");
        boolean mine = given.yes("mine").orElse(false);
        BiPredicate<Asked, Boolean> wanted = (asked, answerable) -> (!mine || answerable)
                && kind.filter(word -> !word.equals(word(asked.question().kind()))).isEmpty();
        List<Object> shown = new ArrayList<>();
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            List<Asked> found = approvals.list(permit.sql(), given.optional("status"), before, BATCH);
            for (Asked asked : found) {
                if (shown.size() == limit) {
                    return Pages.of(shown, before.map(UUID::toString).orElse(null));
                }
                before = Optional.of(asked.id());
                boolean answerable = asked.status().equals("pending") && mayAnswer(permit, asked);
                if (wanted.test(asked, answerable) && (all || maySee(permit, asked))) {
                    shown.add(shown(permit, asked, answerable));
                }
            }
            if (found.size() < BATCH) {
                return Pages.of(shown, null);
            }
        }
        return Pages.of(shown, before.map(UUID::toString).orElse(null));
    }

    private Object decide(Permit permit, Given given) {
        Asked asked = known(permit, given);
        given.optional("digest").filter(digest -> !digest.equals(asked.question().digest())).ifPresent(_ -> {
            throw Refusal.conflict("This is not what was asked: the digest is another.", "Look at it again.");
        });
        String note = given.text("note", "");
        Decided decided = asked.task().isPresent()
                ? new Decided(true, note, Optional.of(Json.write(done(permit, asked, given))))
                : new Decided(chosen(given, List.of("approve", "reject")).equals("approve"), note);
        boolean holds = holds(permit, asked.question());
        return shown(permit, approvals.decide(permit.sql(), permit.principal(), asked.id(), decided, holds), false);
    }

    /// What somebody chose or filled in, checked against what was asked.
    private static Map<String, Object> done(Permit permit, Asked asked, Given given) {
        Approvals.Task task = asked.task().orElseThrow().asked();
        if (task.form().isEmpty()) {
            return Map.of(Form.VALUE, chosen(given, task.choices()));
        }
        Map<String, Object> value = given.map("value").orElseThrow(() -> Refusal.invalid(
                "The answer", "/value", "required", "must hold the fields of the form"));
        String type = String.valueOf(Json.object(Json.read(task.form().get()), "the form").get("type"));
        try {
            Form.of(permit.snapshot(), Ref.of(asked.question().objectRef()), type).read("The answer", value);
        } catch (IllegalArgumentException cannot) {
            throw Refusal.conflict(
                    "The task cannot be done: " + cannot.getMessage() + ".", "Tell who looks after the process.");
        } catch (Refusal refusal) {
            throw refusal.moved(path -> "/value" + path);
        }
        return value;
    }

    private static String chosen(Given given, List<String> choices) {
        String decision = given.optional("decision").orElse("");
        if (!choices.contains(decision)) {
            throw Refusal.invalid(
                    "The answer", "/decision", "unknown",
                    "must be one of " + String.join(", ", choices) + ". " + Nearest.remedy(decision, choices));
        }
        return decision;
    }

    /// A question the caller may see.
    private Asked known(Permit permit, Given given) {
        UUID id = given.id("id");
        Asked asked = approvals.get(permit.sql(), id);
        if (!Delegation.administers(permit) && !maySee(permit, asked)) {
            throw StoredApprovals.unknown(id);
        }
        return asked;
    }

    private Object claim(Permit permit, Given given) {
        Tasks.claim(permit.sql(), known(permit, given), permit.principal());
        return after(permit, given);
    }

    private Object unclaim(Permit permit, Given given) {
        Tasks.unclaim(permit.sql(), known(permit, given), permit.principal());
        return after(permit, given);
    }

    private Object assign(Permit permit, Given given) {
        String name = given.required("assignee");
        Principal.User other = directory.find(name)
                .filter(Principal.User.class::isInstance).map(Principal.User.class::cast)
                .orElseThrow(() -> Refusal.invalid("The input", "/assignee", "unknown", "is no active user"));
        Tasks.assign(permit.sql(), known(permit, given), permit.principal(), other);
        return after(permit, given);
    }

    private Object after(Permit permit, Given given) {
        Asked asked = approvals.get(permit.sql(), given.id("id"));
        return shown(permit, asked, asked.status().equals("pending") && mayAnswer(permit, asked));
    }

    private boolean maySee(Permit permit, Asked asked) {
        return approvals.maySee(permit.sql(), permit.principal(), asked, holds(permit, asked.question()));
    }

    private boolean mayAnswer(Permit permit, Asked asked) {
        return approvals.mayAnswer(permit.sql(), permit.principal(), asked, holds(permit, asked.question()));
    }

    private static boolean holds(Permit permit, Question question) {
        return question.needs()
                .flatMap(needed -> Ref.parse(question.objectRef()).map(ref -> permit.allows(ref, needed)))
                .orElse(false);
    }

    private static String word(Approvals.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> shown(Permit permit, Asked asked, boolean answerable) {
        Question question = asked.question();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", asked.id());
        shown.put("kind", word(question.kind()));
        shown.put("status", asked.status());
        shown.put("title", question.title());
        shown.put("requested_by", question.requestedBy());
        shown.put("object_ref", question.objectRef());
        shown.put("digest", question.digest());
        shown.put("arguments", arguments(permit, question));
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
        shown.put("may_answer", answerable);
        asked.task().ifPresent(task -> shown.putAll(shown(task)));
        return shown;
    }

    private static Map<String, @Nullable Object> shown(TaskState task) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("assignee", task.asked().assignee().orElse(null));
        shown.put("claimed_by", task.claimedBy().orElse(null));
        shown.put("escalated_to", task.escalatedTo().orElse(null));
        shown.put("choices", task.asked().choices());
        shown.put("form", task.asked().form().map(Json::read).orElse(null));
        shown.put("four_eyes", task.asked().fourEyes());
        shown.put("reminders", task.reminders());
        shown.put("answer", task.answer().map(Json::read).orElse(null));
        return shown;
    }

    /// Who may not see the process does not see its name either, which its inputs are part of.
    private static Map<String, Object> arguments(Permit permit, Question question) {
        boolean hidden = question.kind() == Approvals.Kind.TASK
                && Ref.parse(question.objectRef()).filter(ref -> permit.allows(ref, Permission.VIEW)).isEmpty();
        if (!hidden) {
            return question.arguments();
        }
        Map<String, Object> rest = new LinkedHashMap<>(question.arguments());
        rest.remove("process");
        return rest;
    }
}

package dev.appos.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.govern.Approvals;
import dev.appos.secure.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who takes, hands on and does tasks.
final class TaskOperationsTest {

    @TempDir
    private Path folder;

    private Office office;
    private Principal ana;
    private Principal mia;
    private Principal max;
    private Principal stranger;

    @BeforeEach
    void open() {
        office = new Office(folder);
        ana = office.world.user("ana", Principal.Type.BASIC, "managers");
        mia = office.world.user("mia", Principal.Type.BASIC, "managers");
        max = office.world.user("max", Principal.Type.BASIC, "managers");
        stranger = office.world.user("stranger", Principal.Type.BASIC, "others");
        office.world.directory.refresh();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private String put(boolean fourEyes) {
        Approvals.Question question = new Approvals.Question(
                Approvals.Kind.TASK, "Check it", "ana", "crm.records.customer", "digest-1",
                Map.of("process", "Onboard customer 7", "step", "check"), Optional.empty(),
                Optional.of("managers"), Optional.of(office.world.clock.instant().plus(Duration.ofDays(3))));
        Approvals.Task task = new Approvals.Task(Optional.empty(), List.of("yes", "no"), Optional.empty(), fourEyes);
        return office.world.database.write(sql -> office.approvals.assign(sql, question, task)).toString();
    }

    private Refusal refused(Principal who, String operation, Object... arguments) {
        return office.refused(() -> office.run(who, operation, arguments));
    }

    @Test
    void a_task_is_for_its_group_and_hidden_from_others_to_whom_it_looks_like_nothing() {
        String id = put(false);

        assertThat(office.items(mia, "list_approvals", "mine", true, "kind", "task")).singleElement()
                .satisfies(shown -> assertThat(shown).containsEntry("choices", List.of("yes", "no"))
                        .containsEntry("may_answer", true));
        assertThat(office.items(mia, "list_approvals", "kind", "agent")).isEmpty();
        assertThat(office.items(stranger, "list_approvals")).isEmpty();
        for (String operation : List.of("claim_task", "unclaim_task")) {
            assertThat(refused(stranger, operation, "id", id).reason()).isEqualTo(Reason.NOT_FOUND);
        }
        assertThat(refused(stranger, "decide_approval", "id", id, "decision", "yes").reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void who_claims_a_task_has_it_until_he_gives_it_back_or_hands_it_on() {
        String id = put(false);
        assertThat(office.run(mia, "claim_task", "id", id)).containsEntry("claimed_by", "mia");
        assertThat(refused(max, "claim_task", "id", id).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refused(max, "decide_approval", "id", id, "decision", "yes"))
                .hasMessageContaining("it is with mia");
        assertThat(refused(max, "unclaim_task", "id", id).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refused(mia, "assign_task", "id", id, "assignee", "stranger").reason())
                .isEqualTo(Reason.FORBIDDEN);
        assertThat(refused(mia, "assign_task", "id", id, "assignee", "nobody").reason()).isEqualTo(Reason.INVALID);

        office.run(mia, "assign_task", "id", id, "assignee", "max");
        assertThat(refused(mia, "decide_approval", "id", id, "decision", "yes").reason())
                .isEqualTo(Reason.FORBIDDEN);
        office.run(max, "unclaim_task", "id", id);
        assertThat(office.run(mia, "decide_approval", "id", id, "decision", "no", "note", "poor"))
                .containsEntry("status", "completed")
                .containsEntry("answer", Map.of("value", "no"))
                .containsEntry("decided_by", "mia");
        assertThat(refused(max, "decide_approval", "id", id, "decision", "yes").reason()).isEqualTo(Reason.CONFLICT);
        assertThat(refused(max, "claim_task", "id", id).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void where_four_eyes_are_asked_for_nobody_answers_his_own_task_not_even_handed_to_him() {
        String id = put(true);

        assertThat(refused(ana, "decide_approval", "id", id, "decision", "yes"))
                .hasMessageContaining("nobody does what he asked for himself");
        assertThat(refused(ana, "claim_task", "id", id).reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused(mia, "assign_task", "id", id, "assignee", "ana").reason()).isEqualTo(Reason.FORBIDDEN);
        office.run(mia, "decide_approval", "id", id, "decision", "yes");

        String own = put(false);
        office.run(ana, "decide_approval", "id", own, "decision", "yes");
    }

    @Test
    void only_what_can_be_chosen_is_and_only_for_exactly_what_was_asked_also_when_it_is_late() {
        String id = put(false);
        office.world.clock.forward(Duration.ofDays(10));

        assertThat(refused(mia, "decide_approval", "id", id, "decision", "approve").faults())
                .singleElement().satisfies(fault -> assertThat(fault.path()).isEqualTo("/decision"));
        assertThat(refused(mia, "decide_approval", "id", id).faults()).hasSize(1);
        assertThat(refused(mia, "decide_approval", "id", id, "decision", "yes", "digest", "other").reason())
                .isEqualTo(Reason.CONFLICT);
        office.run(mia, "decide_approval", "id", id, "decision", "yes", "digest", "digest-1");
    }

    @Test
    void who_leaves_the_group_does_no_task_of_it_any_more() {
        String id = put(false);
        office.run(mia, "claim_task", "id", id);
        Principal left = new Principal.User("mia", Principal.Type.BASIC, java.util.Set.of());

        assertThat(refused(left, "decide_approval", "id", id, "decision", "yes").reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void who_may_not_see_the_process_sees_its_task_and_not_its_inputs() {
        put(false);

        assertThat(office.items(mia, "list_approvals").getFirst().get("arguments"))
                .isEqualTo(Map.of("step", "check"));
        assertThat(office.items(office.root, "list_approvals").getFirst().get("arguments").toString())
                .contains("Onboard customer 7");
    }
}

package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.RuleDefinition;
import dev.appos.secure.Principal.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What app code meets when what it calls is refused, and what remains of it.
class AppErrorsTest {

    private static final Map<String, String> SOURCES = Map.of(
            "crm/app.yaml", "groups: [staff, boss]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "crm/records/Records.java", """
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff")
                    record Tag(@NotBlank @Unique String name) {}

                    @Record(view = "boss", create = "boss")
                    record Secret(String text) {}

                    @Record(view = "staff", create = "staff", update = "staff")
                    record Counter(@NotNull Integer value) {}
                    """,
            "crm/rules/Rules.java", """
                    @ExpressionRule
                    String tag(String name) {
                        try {
                            records.tag.create(t -> t.name(name));
                            return "made";
                        } catch (AppOsException.Record taken) {
                            records.tag.create(t -> t.name(name + "-2"));
                            return taken.objectType() + " " + taken.objectRef() + " " + taken.executionId() + " "
                                    + taken.timestamp() + " " + taken.remedy().isBlank();
                        }
                    }

                    @ExpressionRule
                    void twoTags(String first, String second) {
                        records.tag.create(t -> t.name(first));
                        records.tag.create(t -> t.name(second));
                        throw reject("second", "is one too many");
                    }

                    @ExpressionRule
                    Map<String, String> afterTwoTags() {
                        records.tag.create(t -> t.name("before"));
                        try {
                            rules.twoTags("a", "b");
                        } catch (AppOsException.Validation no) {
                            records.tag.create(t -> t.name("after"));
                            return no.faults();
                        }
                        return Map.of();
                    }

                    @ExpressionRule
                    String kindOf(String what) {
                        try {
                            switch (what) {
                                case "security" -> rules.closed();
                                case "missing" -> records.tag.get(99);
                                case "hidden" -> records.secret.get(1);
                                case "invalid" -> records.tag.create(t -> t.name(""));
                                case "session" -> ctx.session();
                                default -> throw reject("what", "is unknown");
                            }
                            return "nothing";
                        } catch (AppOsException error) {
                            return error.getClass().getSimpleName() + " " + error.objectType();
                        }
                    }

                    @ExpressionRule(use = "boss")
                    void closed() {}

                    @ExpressionRule
                    void passesOn(String name) { records.tag.create(t -> t.name(name)); }

                    @ExpressionRule
                    void passesOnTwice(String name) { rules.passesOn(name); }

                    @ExpressionRule
                    long bump() {
                        try {
                            var counter = records.counter.all().rows().getFirst();
                            records.counter.update(counter.id(), c -> c.value(counter.value().value() + 1));
                        } catch (RuntimeException whatever) {
                            return -1;
                        }
                        return 1;
                    }

                    @ExpressionRule
                    long many(int count) {
                        for (int i = 0; i < count; i++) {
                            var name = "tag" + i % 5;
                            try {
                                records.tag.create(t -> t.name(name));
                            } catch (AppOsException.Record taken) {
                                continue;
                            }
                        }
                        return records.tag.count();
                    }
                    """);

    @TempDir
    Path folder;

    private AppHouse house;

    @BeforeEach
    void build() {
        house = new AppHouse(folder, SOURCES);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void code_that_catches_a_refusal_goes_on_in_the_same_transaction() {
        assertThat(run("tag", Map.of("name", "x"))).isEqualTo("made");
        assertThat(run("tag", Map.of("name", "x"))).asString()
                .startsWith("record crm.records.tag exec_ana 2")
                .endsWith("Z false");
        assertThat(tags()).containsExactly("x", "x-2");
    }

    @Test
    void of_a_refused_call_nothing_remains_and_of_the_rest_everything() {
        assertThat(run("after_two_tags", Map.of())).isEqualTo(Map.of("/second", "is one too many"));
        assertThat(tags()).containsExactly("after", "before");
    }

    @Test
    void refusals_are_undone_one_by_one_however_many_there_are() {
        assertThat(run("many", Map.of("count", 40))).isEqualTo(5L);
    }

    @Test
    void each_reason_has_its_own_type() {
        assertThat(run("kind_of", Map.of("what", "missing"))).isEqualTo("ObjectNotFound record");
        assertThat(run("kind_of", Map.of("what", "hidden"))).isEqualTo("ObjectNotFound record");
        assertThat(run("kind_of", Map.of("what", "invalid"))).isEqualTo("Validation record");
        assertThat(run("kind_of", Map.of("what", "session"))).isEqualTo("Session ");
        house.world.grant("staff", "crm.rules.closed", dev.appos.object.Permission.VIEW);
        assertThat(run("kind_of", Map.of("what", "security"))).isEqualTo("Security rule");
    }

    @Test
    void left_alone_a_refusal_reaches_the_caller_in_its_own_words() {
        run("passes_on", Map.of("name", "x"));
        Refusal direct = refusal(() -> house.call(
                "ana", "crm.records.tag", new Input.CreateRecords(List.of(Map.of("name", "x"))), Origin.NONE));
        Refusal nested = refusal(() -> run("passes_on_twice", Map.of("name", "x")));

        assertThat(nested.reason()).isEqualTo(direct.reason()).isEqualTo(Refusal.Reason.CONFLICT);
        assertThat(nested.getMessage()).isEqualTo(direct.getMessage());
        assertThat(nested.remedy()).isEqualTo(direct.remedy());
    }

    @Test
    void catching_everything_does_not_hide_that_others_were_quicker() throws Exception {
        house.call("ana", "crm.records.counter", new Input.CreateRecords(List.of(Map.of("value", 0))), Origin.NONE);
        List<Future<Object>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                answers.add(threads.submit(() -> run("bump", Map.of())));
            }
        }
        for (Future<Object> answer : answers) {
            assertThat(answer.get()).isEqualTo(1L);
        }
        int value = house.world.database.read(
                sql -> sql.fetchSingle("select value from crm.counters").get(0, Integer.class));
        assertThat(value).isEqualTo(6);
    }

    @Test
    void only_code_that_catches_pays_for_it() {
        assertThat(catches("crm.rules.tag")).isTrue();
        assertThat(catches("crm.rules.passes_on")).isFalse();
    }

    @Test
    void the_log_names_the_kind_of_object_and_who_called_whom() throws IOException {
        assertThatThrownBy(() -> run("passes_on_twice", Map.of("name", ""))).isInstanceOf(Refusal.class);
        assertThat(house.logged())
                .contains("\"object_type\":\"record\"")
                .contains("\"dependency_chain\":[\"crm.rules.passes_on_twice\",\"crm.rules.passes_on\",");
    }

    private boolean catches(String ref) {
        return house.snapshot().ofKind(RuleDefinition.class).stream()
                .filter(rule -> rule.ref().toString().equals(ref))
                .findFirst().orElseThrow().catches();
    }

    private Object run(String rule, Map<String, Object> inputs) {
        return house.run("ana", "crm.rules." + rule, inputs);
    }

    private List<String> tags() {
        return house.world.database.read(
                sql -> sql.fetch("select name from crm.tags order by name").getValues(0, String.class));
    }

    private static Refusal refusal(Runnable call) {
        try {
            call.run();
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("it was not refused");
    }
}

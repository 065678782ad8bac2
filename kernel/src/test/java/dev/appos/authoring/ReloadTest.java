package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.object.ProcessDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a second compilation does again, and what it does not.
class ReloadTest {

    private static final AppCompiler COMPILER = new AppCompiler();
    private static final String PROCESS = "crm/processes/Process.java";

    @TempDir
    private Path folder;

    private Apps apps;

    @BeforeEach
    void start() {
        apps = Apps.small(folder, COMPILER)
                .write("crm/rules/Numbers.java", numbers(1))
                .write("crm/rules/Caller.java", "@ExpressionRule long twice() { return 2 * rules.number(); }")
                .write(PROCESS, process("1", "1"));
        apps.snapshot();
    }

    private static String numbers(int number) {
        return """
                static final long BASE = 10;
                @ExpressionRule long number() { Supplier<Long> s = () -> BASE + %d; return s.get(); }
                """.formatted(number);
    }

    private static String process(String body, String helper) {
        return """
                @Process(use = "crm_users") void run(long id) { step("a", () -> helper(id)); ctx.var("x", %s); }
                long helper(long id) { return id + %s; }
                @ExpressionRule long other() { return 7; }
                """.formatted(body, helper);
    }

    private static Object call(Snapshot snapshot, String ref) {
        return new FakeDoor(snapshot).call(ref);
    }

    private String hash() {
        return ((ProcessDefinition) apps.snapshot().find("crm.processes.run").orElseThrow()).codeHash();
    }

    @Test
    void only_the_file_whose_body_changed_is_compiled() {
        Snapshot snapshot = apps.write("crm/rules/Numbers.java", numbers(5)).snapshot();

        assertThat(COMPILER.lastCompiled()).containsExactly("crm/rules/Numbers.java");
        assertThat(call(snapshot, "crm.rules.twice")).isEqualTo(30L);
        assertThat(snapshot.references()).isEqualTo(freshly().references());
        assertThat(snapshot.definitions().toString()).isEqualTo(freshly().definitions().toString());
    }

    private Snapshot freshly() {
        return Apps.success(new AppCompiler().compile(folder));
    }

    @Test
    void classes_that_a_changed_body_no_longer_makes_are_gone() {
        String nested = "@ExpressionRule long number() { return new Object() { long n = 1; }.n; }";
        ClassLoader before = loader(apps.write("crm/rules/Numbers.java", nested).snapshot());
        ClassLoader after = loader(apps
                .write("crm/rules/Numbers.java", nested.replaceAll("new .*n;", "2;")).snapshot());

        assertThat(COMPILER.lastCompiled()).containsExactly("crm/rules/Numbers.java");
        assertThat(has(before, "crm.rules_Numbers$1")).isTrue();
        assertThat(has(after, "crm.rules_Numbers$1")).isFalse();
    }

    private static ClassLoader loader(Snapshot snapshot) {
        return snapshot.code("crm").getClass().getClassLoader();
    }

    private static boolean has(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void a_changed_signature_compiles_everything() {
        apps.write("crm/rules/Numbers.java", numbers(5).replace("number()", "number(long of)"));

        assertThat(apps.problems()).extracting(p -> p.file()).containsExactly("crm/rules/Caller.java");
    }

    @Test
    void a_constant_that_others_may_have_inlined_compiles_everything() {
        apps.write("crm/rules/Numbers.java", numbers(1).replace("10", "20")).snapshot();

        assertThat(COMPILER.lastCompiled()).hasSizeGreaterThan(3);
    }

    @Test
    void settings_alone_compile_nothing_again() {
        Snapshot snapshot = apps.write("crm/app.yaml", "title: New\ngroups: [crm_users, crm_admins]").snapshot();

        assertThat(COMPILER.lastCompiled()).isEmpty();
        assertThat(snapshot.app("crm").orElseThrow().title()).isEqualTo("New");
    }

    @Test
    void a_group_taken_from_the_settings_is_told_in_files_that_did_not_change() {
        assertThat(apps.write("crm/app.yaml", "groups: [crm_users]").problems())
                .singleElement().satisfies(p -> assertThat(p.file()).isEqualTo("crm/records/Customer.java"));
    }

    @Test
    void a_helper_that_turns_to_chance_is_told_for_a_process_in_another_file() {
        apps.write("crm/rules/Shared.java", "static long pick() { return 4; }")
                .write(PROCESS, process("rules_Shared.pick()", "1")).snapshot();

        assertThat(apps.write("crm/rules/Shared.java", "static long pick() { return System.nanoTime(); }").problems())
                .singleElement().satisfies(p -> {
                    assertThat(p.file()).isEqualTo("crm/rules/Shared.java");
                    assertThat(p.message()).contains("crm.processes.run");
                });
    }

    @Test
    void after_a_fault_the_mended_file_is_live_again() {
        apps.write("crm/rules/Numbers.java", numbers(5).replace("return s", "retur s"));
        Apps.assertFailed(apps.compile());

        assertThat(call(apps.write("crm/rules/Numbers.java", numbers(6)).snapshot(), "crm.rules.twice")).isEqualTo(32L);
    }

    @Test
    void the_hash_of_a_process_follows_its_body_and_its_helpers() {
        String before = hash();
        apps.write(PROCESS, process("2", "1"));
        String body = hash();
        apps.write(PROCESS, process("2", "2"));
        String helper = hash();

        assertThat(before).isNotEqualTo(body);
        assertThat(body).isNotEqualTo(helper);
    }

    @Test
    void the_hash_of_a_process_follows_neither_layout_nor_another_rule() {
        String before = hash();

        apps.write(PROCESS, "// new\n\n" + process("1", "1").replace("return 7", "return 8").replace("ctx", "\n  ctx"));

        assertThat(hash()).isEqualTo(before);
    }

    @Test
    void writing_is_seen_through_helpers_rules_and_starts() {
        Snapshot snapshot = apps.write("crm/rules/Writers.java", """
                @ExpressionRule void direct() { records.customer.delete(1); }
                @ExpressionRule void throughHelper() { helper(); }
                @ExpressionRule void throughRule() { rules.throughHelper(); }
                @ExpressionRule UUID starts() { return processes.run.start(1); }
                @ExpressionRule void handedOn() { remove(records.customer); }
                @ExpressionRule List<Long> named() { return List.of(1L).stream().map(this::make).toList(); }
                @ExpressionRule long reads() { return records.customer.count(); }
                void helper() { new Object() { void go() { records.customer.create(c -> c.name("x")); } }.go(); }
                void remove(RecordSet<?, ?, ?> any) { any.delete(1); }
                long make(long id) { return records.customer.create(c -> c.name("x").creditLimit(5)); }
                """).snapshot();

        assertThat(snapshot.ofKind(RuleDefinition.class).stream()
                .filter(r -> r.source().file().endsWith("Writers.java")).filter(r -> !r.writes()))
                .extracting(r -> r.ref().name()).containsExactly("reads");
    }

    @Test
    void references_pass_through_overridden_methods_and_constants() {
        Snapshot snapshot = apps.write("crm/rules/Deep.java", """
                interface Source { long count(); }
                static final class Invoices implements Source {
                    public long count() { return billing.records.invoice.count(); }
                }
                record Shown(long id) { public String toString() { return records.employee.get(id).name(); } }
                static final Function<Long, Customer> LOAD = records.customer::get;
                @ExpressionRule long virtual() { Source s = make(); return s.count(); }
                @ExpressionRule String text() { return "" + new Shown(1); }
                @ExpressionRule String constant(long id) { return LOAD.apply(id).name(); }
                @ExpressionRule long nothing() { return 1; }
                @ExpressionRule long joined() {
                    return billing.records.invoice.where(i -> i.customer().supportRep().name().eq("x")).count();
                }
                Source make() { return new Invoices(); }
                """).snapshot();

        assertThat(targets(snapshot, "virtual")).contains("billing.records.invoice");
        assertThat(targets(snapshot, "text")).contains("crm.records.employee");
        assertThat(targets(snapshot, "constant")).contains("crm.records.customer");
        assertThat(targets(snapshot, "nothing")).isEmpty();
        assertThat(targets(snapshot, "joined")).contains(
                "billing.records.invoice", "crm.records.customer", "crm.records.employee");
    }

    private static Set<String> targets(Snapshot snapshot, String rule) {
        return snapshot.references().stream().filter(r -> r.from().name().equals(rule))
                .map(r -> r.to().toString()).collect(Collectors.toSet());
    }

    @Test
    void values_arrive_in_the_types_the_author_declared() {
        Snapshot snapshot = apps.write("crm/rules/Types.java", """
                @ExpressionRule String all(int a, boolean b, Customer.Status c, List<Customer.Status> d) {
                    return a + " " + b + " " + c.ordinal() + " " + d.get(0).ordinal();
                }
                @ExpressionRule String passed() {
                    return rules.all(1, true, Customer.Status.INACTIVE, List.of(Customer.Status.INACTIVE));
                }
                @ExpressionRule String read() {
                    var c = records.customer.row(1);
                    var rep = c.value().supportRep();
                    return c.id() + c.value().name() + c.value().status() + rep.name() + rep.reportsTo();
                }
                @ExpressionRule long found() {
                    return records.customer.where(c -> c.status().eq(Customer.Status.ACTIVE)).count();
                }
                """).snapshot();
        FakeDoor door = new FakeDoor(snapshot).row("crm.records.customer", 1, Map.of("name", "Ada", "status", "ACTIVE",
                "support_rep", Map.of("name", "Jane"), "credit_limit", BigDecimal.ONE));

        assertThat(door.call("crm.rules.all", 1, true, "INACTIVE", List.of("ACTIVE"))).isEqualTo("1 true 1 0");
        assertThat(door.call("crm.rules.passed")).isEqualTo("1 true 1 1");
        assertThat(door.call("crm.rules.read")).isEqualTo("1AdaACTIVEJanenull");
        assertThat(door.call("crm.rules.found")).isEqualTo(1L);
    }

    @Test
    void a_file_in_the_explicit_form_compiles_too() {
        Snapshot snapshot = apps.write("crm/rules/Explicit.java", """
                package crm;

                import dev.appos.api.ExpressionRule;
                import java.util.List;
                import java.math.BigDecimal;
                import billing.Invoice;

                public final class Explicit {
                    @ExpressionRule
                    BigDecimal sum(List<Long> ids) {
                        return ids.stream().map(id -> rules.ltv(id)).reduce(BigDecimal.ZERO, BigDecimal::add);
                    }

                    @ExpressionRule
                    static Invoice invoice(long id) { return billing.records.invoice.get(id); }
                }
                """).snapshot();

        assertThat(call(snapshot, "crm.rules.twice")).isEqualTo(22L);
        assertThat(new FakeDoor(snapshot).call("crm.rules.sum", List.of(1L))).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void old_classes_go_when_nothing_uses_their_snapshot() {
        WeakReference<ClassLoader> old = used();
        Snapshot current = apps.write("crm/rules/Numbers.java", numbers(9)).snapshot();

        for (int i = 0; i < 100 && old.get() != null; i++) {
            System.gc();
        }

        assertThat(old.get()).isNull();
        assertThat(call(current, "crm.rules.twice")).isEqualTo(38L);
    }

    private WeakReference<ClassLoader> used() {
        Snapshot snapshot = apps.write("crm/rules/Numbers.java", numbers(8)).snapshot();
        assertThat(call(snapshot, "crm.rules.twice")).isEqualTo(36L);
        return new WeakReference<>(loader(snapshot));
    }

    @Test
    void app_code_sees_the_api_and_nothing_else_of_the_platform() throws ClassNotFoundException {
        ClassLoader loader = loader(apps.snapshot());

        assertThat(loader.loadClass("dev.appos.api.Ui")).isSameAs(dev.appos.api.Ui.class);
        assertThat(has(loader, "dev.appos.base.Ids")).isFalse();
        assertThat(has(loader, "org.slf4j.Logger")).isFalse();
    }
}

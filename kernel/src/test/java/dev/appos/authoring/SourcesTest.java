package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The forms in which an author may write, and the names that are found bare.
class SourcesTest {

    private static final AppCompiler COMPILER = new AppCompiler();

    @TempDir
    private Path folder;

    private Apps apps;

    @BeforeEach
    void start() {
        apps = Apps.small(folder, COMPILER);
    }

    private Object run(String rule) {
        return new FakeDoor(apps.snapshot()).call("crm.rules." + rule);
    }

    @Test
    void a_file_may_end_in_a_comment_and_begin_with_one() {
        apps.write("crm/rules/A.java", "/* first */ // and more\n@ExpressionRule long a() { return 1; } // last");

        assertThat(run("a")).isEqualTo(1L);
    }

    @Test
    void files_may_hold_nothing_or_only_words() {
        apps.write("crm/rules/A.java", "").write("crm/rules/B.java", "// later").write("crm/pages/C.java", "\n\n");

        assertThat(apps.problems()).isEmpty();
    }

    @Test
    void file_names_need_not_be_names_of_java() {
        apps.write("crm/rules/my rules-ü.java", "@ExpressionRule long a() { return 1; }")
                .write("crm/rules/my_rules_ü.java", "@ExpressionRule long b() { return 2; }")
                .write("crm/rules/deep/er/A.java", "@ExpressionRule long c() { return rules.a() + rules.b(); }");

        assertThat(run("c")).isEqualTo(3L);
    }

    @Test
    void windows_line_ends_and_tabs_keep_places() {
        apps.write("crm/rules/A.java", "@ExpressionRule\r\nlong a() {\r\n\treturn nothing;\r\n}");

        assertThat(apps.problems()).singleElement().satisfies(p -> {
            assertThat(p.line()).isEqualTo(3);
            assertThat(p.column()).isEqualTo(9);
        });
    }

    @Test
    void several_records_and_enums_may_share_a_file() {
        Snapshot snapshot = apps.write("crm/records/More.java", """
                @Record(view = "crm_users")
                record Note(String text, Colour colour, List<String> tags, Map<String, Object> more) {
                    enum Kind { BIG }
                }
                @Record(view = "crm_users")
                record Box(@BelongsTo Note note, Note.Kind kind, crm.Customer.Status status) {}
                enum Colour { RED, GREEN }
                """).snapshot();

        assertThat(snapshot.find("crm.records.note")).isPresent();
        assertThat(snapshot.find("crm.records.box")).isPresent();
    }

    @Test
    void imports_of_an_author_count() {
        apps.write("crm/rules/A.java", """
                import billing.Invoice;
                import java.util.regex.Pattern;
                import static crm.Customer.Status.INACTIVE;

                @ExpressionRule Invoice a() { return null; }
                @ExpressionRule boolean b() { return Pattern.matches("A.*", "Ada") && INACTIVE.ordinal() == 1; }
                """);

        assertThat(run("b")).isEqualTo(true);
    }

    @Test
    void a_nested_name_that_java_or_the_platform_has_too_is_found_bare_only_at_home() {
        apps.write("crm/records/Shirt.java", """
                @Record(view = "crm_users")
                record Shirt(String name, Currency currency) {
                    enum Currency { EUR }
                    enum Email { WORK }
                }
                """).write("crm/rules/A.java", """
                @ExpressionRule
                String a() { return Currency.getInstance("USD").getCurrencyCode() + Shirt.Currency.EUR; }
                """).write("crm/records/Mail.java", "@Record(view = \"crm_users\") record Mail(@Email String to) {}");

        assertThat(run("a")).isEqualTo("USDEUR");
    }

    @Test
    void an_app_s_own_type_wins_over_a_type_of_the_api() {
        apps.write("crm/records/Branch.java", "@Record(view = \"crm_users\") record Branch(String city) {}")
                .write("crm/rules/A.java", "@ExpressionRule String a() { return new Branch(\"Rome\").city(); }");

        assertThat(run("a")).isEqualTo("Rome");
    }

    @Test
    void rules_take_none_to_four_inputs_and_are_named_without_parentheses() {
        apps.write("crm/rules/A.java", """
                @ExpressionRule long n0() { return 0; }
                @ExpressionRule long n4(long a, int b, String c, boolean d) { return a + b + c.length() + (d ? 1 : 0); }
                @ExpressionRule void nothing(long a) {}
                @ExpressionRule long all() {
                    Rule0<Long> none = rules.n0;
                    Rule4<Long, Integer, String, Boolean, Long> four = rules.n4;
                    rules.nothing(1);
                    return none.call() + four.call(1L, 2, "abc", true) + rules.n4(1, 1, "a", false);
                }
                """);

        assertThat(run("all")).isEqualTo(10L);
    }

    @Test
    void an_app_may_hold_nothing_but_its_settings() {
        assertThat(apps.write("empty/app.yaml", "title: Nothing yet").snapshot().code("empty")).isNotNull();
    }

    @Test
    void no_app_at_all_is_no_fault(@TempDir Path nothing) {
        assertThat(Apps.empty(nothing).snapshot().definitions()).isEmpty();
    }

    @Test
    void two_compilations_at_once_wait_for_each_other() throws InterruptedException {
        List<Object> answers = Collections.synchronizedList(new ArrayList<>());
        apps.write("crm/rules/A.java", "@ExpressionRule long a() { return 1; }");
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(_ -> Thread.startVirtualThread(() -> answers.add(run("a")))).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).containsExactly(1L, 1L, 1L, 1L);
    }
}

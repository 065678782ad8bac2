package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.insight.Circles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects that call each other in a circle are told to their author, who may mean it.
class CirclesTest {

    @Test
    void a_circle_is_told_where_it_is_closed_and_records_that_refer_to_each_other_are_none(@TempDir Path folder) {
        Apps apps = Apps.small(folder, new AppCompiler());
        assertThat(Circles.of(apps.snapshot())).isEmpty();

        apps.write("crm/rules/Round.java", """
                @ExpressionRule long even(long n) { return n == 0 ? 1 : rules.odd(n - 1); }
                @ExpressionRule long odd(long n) { return n == 0 ? 0 : rules.even(n - 1); }
                """);

        assertThat(Circles.of(apps.snapshot())).singleElement().satisfies(warning -> {
            assertThat(warning.file()).isEqualTo("crm/rules/Round.java");
            assertThat(warning.line()).isEqualTo(1);
            assertThat(warning.message()).isEqualTo("crm.rules.even and crm.rules.odd call each other in a circle");
        });
    }
}

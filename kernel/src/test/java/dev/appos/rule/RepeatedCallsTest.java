package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions asked row by row, which the log tells of with the line that asks.
class RepeatedCallsTest {

    private static final Map<String, String> SOURCES = Map.of(
            "crm/app.yaml", "groups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "crm/records/Customer.java", """
                    @Record(view = "staff", create = "staff")
                    record Customer(String name) {}
                    """,
            "crm/rules/Rules.java", """
                    @ExpressionRule
                    long oneByOne(int times) {
                        long length = 0;
                        for (int i = 0; i < times; i++) {
                            length += lengthOf(1);
                        }
                        return length + records.customer.count();
                    }

                    int lengthOf(long id) {
                        return records.customer.get(id).name().length();
                    }
                    """);

    @TempDir
    Path folder;

    @Test
    void a_line_that_asks_more_than_twenty_times_is_told_with_its_number_and_a_remedy() throws IOException {
        assertThat(logged(21)).contains("repeated_calls")
                .contains("\"line\":\"crm/rules/Rules.java:11\"")
                .contains("\"target\":\"crm.records.customer.get\"")
                .contains("\"count\":21")
                .contains("select(");
    }

    @Test
    void twenty_times_are_nobodys_concern() throws IOException {
        assertThat(logged(20)).doesNotContain("repeated_calls");
    }

    @Test
    void the_performance_line_of_each_object_counts_its_own_statements() throws IOException {
        assertThat(logged(3).lines().filter(line -> line.contains("_performance")))
                .anySatisfy(line -> assertThat(line).contains("rule_performance").contains("\"query_count\":4"))
                .anySatisfy(line -> assertThat(line).contains("record_performance").contains("\"query_count\":1"));
    }

    private String logged(int times) throws IOException {
        try (AppHouse house = new AppHouse(folder, SOURCES)) {
            house.call("ana", "crm.records.customer", new Input.CreateRecords(List.of(Map.of("name", "x"))),
                    Origin.NONE);
            house.run("ana", "crm.rules.one_by_one", Map.of("times", times));
            return house.logged();
        }
    }
}

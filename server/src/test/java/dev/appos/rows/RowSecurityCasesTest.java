package dev.appos.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What row filters and restricted fields promise, case by case, over HTTP.
class RowSecurityCasesTest {

    private static final String ACCOUNTS = "/api/desk/v1/accounts";

    @TempDir
    private static Path home;

    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk(home);
        desk.must("admin", "POST", "/api/desk/v1/regions", Map.of("name", "north", "manager", "zoe"));
        desk.must("admin", "POST", "/api/desk/v1/persons", List.of(
                Map.of("name", "Rob", "login", "rob", "region_id", 1, "phone", "p1"),
                Map.of("name", "Zoe", "login", "zoe", "region_id", 1, "phone", "p2")));
        desk.must("admin", "POST", ACCOUNTS, List.of(
                Map.of("name", "mine", "owner_id", 1, "credit", 5, "note", "x"),
                Map.of("name", "theirs", "owner_id", 2, "credit", 7, "note", "x")));
        desk.must("admin", "POST", "/api/desk/v1/deals", List.of(
                Map.of("title", "d1", "account_id", 1, "amount", 10, "stage", "OPEN", "rate", 1),
                Map.of("title", "d2", "account_id", 2, "amount", 20, "stage", "OPEN", "rate", 1)));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    /// What differs between two refusals for two names of the same thing.
    private static String told(Desk.Answer answer, String name) {
        return answer.status() + answer.text().replaceAll("\"(execution_id|timestamp)\":\"[^\"]*\"", "")
                .replaceAll("\\b" + name + "\\b", "?");
    }

    @Test
    void a_hidden_row_reads_like_one_that_does_not_exist() {
        for (String method : List.of("GET", "DELETE", "PATCH")) {
            Object body = method.equals("PATCH") ? Map.of("name", "z") : null;
            assertThat(told(desk.call("rob", method, ACCOUNTS + "/2", body), "2"))
                    .isEqualTo(told(desk.call("rob", method, ACCOUNTS + "/9", body), "9"));
        }
        assertThat(told(desk.call("rob", "GET", ACCOUNTS + "/2/audit", null), "2"))
                .isEqualTo(told(desk.call("rob", "GET", ACCOUNTS + "/9/audit", null), "9"));
        assertThat(told(desk.call("rob", "PATCH", ACCOUNTS + "/2", Map.of("name", "z"), "If-Match", "\"77\""), "2"))
                .isEqualTo(told(desk.call("rob", "PATCH", ACCOUNTS + "/9", Map.of("name", "z"), "If-Match", "\"77\""),
                        "9"));
    }

    @Test
    void a_reference_to_a_hidden_row_is_refused_like_one_that_leads_nowhere() {
        String hidden = told(desk.call("rob", "PATCH", ACCOUNTS + "/1", Map.of("owner_id", 2)), "2");
        assertThat(hidden).startsWith("422").contains("leads nowhere")
                .isEqualTo(told(desk.call("rob", "PATCH", ACCOUNTS + "/1", Map.of("owner_id", 9)), "9"));
        assertThat(told(desk.call("rob", "POST", "/api/desk/v1/deals", Map.of("title", "t", "account_id", 2)), "2"))
                .isEqualTo(told(desk.call("rob", "POST", "/api/desk/v1/deals", Map.of("title", "t", "account_id", 9)),
                        "9"));
    }

    @Test
    void a_hidden_field_reads_like_one_that_does_not_exist() {
        for (String question : List.of("?select=%s", "?%s=eq.5", "?order=%s", "?or=(%s.gt.3,id.eq.1)",
                "/1?select=%s", "?columns=%s")) {
            assertThat(told(desk.call("rob", "GET", ACCOUNTS + question.formatted("credit"), null), "credit"))
                    .startsWith("400")
                    .isEqualTo(told(desk.call("rob", "GET", ACCOUNTS + question.formatted("xyzuvw"), null), "xyzuvw"));
        }
        assertThat(desk.call("rob", "GET", ACCOUNTS + "?credi=eq.5", null).text()).doesNotContain("credit");
        assertThat(told(desk.call("rob", "PATCH", ACCOUNTS + "/1", Map.of("credit", 6)), "credit")).startsWith("422")
                .isEqualTo(told(desk.call("rob", "PATCH", ACCOUNTS + "/1", Map.of("xyzuvw", 6)), "xyzuvw"));
        assertThat(desk.call("rob", "GET", "/api/desk/v1/deals?select=id,account(credit)", null).status())
                .isEqualTo(422);
        assertThat(desk.call("rob", "POST", "/api/desk/v1/rpc/credits", Map.of()).status()).isEqualTo(422);
        assertThat(desk.call("mona", "POST", "/api/desk/v1/rpc/credits", Map.of()).text()).startsWith("12");
    }

    @Test
    void a_field_one_may_only_see_is_refused_by_name() {
        Desk.Answer answer = desk.call("rob", "PATCH", ACCOUNTS + "/1", Map.of("note", "new"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("/note", "restricted", "yours to see, but not to write");
        assertThat(desk.call("max", "PATCH", ACCOUNTS + "/1", Map.of("credit", 9)).text()).contains("/credit");
        desk.must("rob", "PUT", ACCOUNTS + "/1", Map.of("name", "mine", "owner_id", 1));
        Map<?, ?> row = (Map<?, ?>) desk.must("admin", "GET", ACCOUNTS + "/1", null);
        assertThat(row.get("note")).isEqualTo("x");
        assertThat(row.get("credit").toString()).startsWith("5");
    }

    @Test
    void code_that_catches_the_refusal_does_not_keep_the_change() {
        assertThat(desk.must("rob", "POST", "/api/desk/v1/rpc/sneak", Map.of("account_id", 1)).toString())
                .isEqualTo("-1");
        assertThat(((Map<?, ?>) desk.must("admin", "GET", ACCOUNTS + "/1", null)).get("country")).isNull();
        assertThat(desk.call("rob", "POST", ACCOUNTS, Map.of("name", "nobody's")).status()).isEqualTo(403);
        assertThat((List<?>) desk.must("admin", "GET", ACCOUNTS + "?name=eq.nobody's", null)).isEmpty();
    }

    @Test
    void a_tool_names_only_the_fields_its_caller_may_see() {
        assertThat(recordTools("rob")).contains("account_list", "account_create").doesNotContain("phone", "credit");
        assertThat(recordTools("mona")).contains("phone", "credit");
    }

    private static String recordTools(String user) {
        List<?> tools = (List<?>) desk.mcp(user, "tools/list", Map.of()).get("tools");
        return Json.write(tools.stream()
                .filter(tool -> String.valueOf(((Map<?, ?>) tool).get("name")).startsWith("desk_records_"))
                .toList());
    }

    @Test
    void a_screen_shows_only_the_fields_its_viewer_may_see() {
        String rob = desk.call("rob", "GET", "/api/ui/desk/accounts", null).text();
        String mona = desk.call("mona", "GET", "/api/ui/desk/accounts", null).text();
        assertThat(rob).doesNotContain("credit").doesNotContain("phone").contains("\"key\":\"note\"");
        assertThat(rob).containsPattern("\"name\":\"note\",[^}]*\"readonly\":true");
        assertThat(rob).contains("\"value\":1");
        assertThat(mona).contains("\"key\":\"credit\"", "phone").contains("\"order\":\"credit\"");
        assertThat(mona).containsPattern("\"name\":\"note\",[^}]*\"readonly\":false");
    }

    @Test
    void a_process_sees_the_rows_of_whoever_started_it() {
        Map<?, ?> started = (Map<?, ?>) desk.must("rob", "POST", "/api/desk/v1/processes/survey",
                Map.of("login", "zoe"));
        Map<?, ?> mine = (Map<?, ?>) desk.must("rob", "POST", "/api/desk/v1/processes/survey",
                Map.of("login", "rob"));
        assertThat(outputs(started.get("instance_id"))).startsWith("0");
        assertThat(outputs(mine.get("instance_id"))).startsWith("10");
    }

    private static String outputs(Object instance) {
        Instant end = Clock.systemUTC().instant().plus(Duration.ofSeconds(20));
        while (true) {
            Map<?, ?> now = (Map<?, ?>) desk.must("admin", "GET", "/api/v1/processes/" + instance, null);
            if (now.get("status").equals("completed")) {
                return String.valueOf(now.get("outputs"));
            }
            assertThat(Clock.systemUTC().instant()).as(now.toString()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void an_agent_sees_what_its_account_sees() {
        desk.agent("clerk", "rob");
        List<?> rows = (List<?>) desk.must("agent:clerk", "GET", ACCOUNTS, null);
        assertThat(rows).hasSize(1);
        assertThat(((Map<?, ?>) rows.getFirst()).containsKey("credit")).isFalse();
    }

    @Test
    void leaving_a_group_counts_from_the_next_call() {
        desk.must("admin", "POST", "/api/admin/users", Map.of("username", "tess", "groups",
                List.of("desk_users", "desk_managers")));
        desk.key("tess");
        assertThat((List<?>) desk.must("tess", "GET", ACCOUNTS, null)).hasSize(2);
        desk.must("admin", "DELETE", "/api/admin/groups/desk_managers/members/tess", null);
        assertThat((List<?>) desk.must("tess", "GET", ACCOUNTS, null)).isEmpty();
        assertThat(desk.call("tess", "GET", ACCOUNTS + "?credit=gt.1", null).status()).isEqualTo(400);
    }

    @Test
    void a_filter_that_fails_shows_nothing_and_says_so_in_the_log() throws IOException {
        desk.must("admin", "POST", "/api/desk/v1/brokens", Map.of("name", "b", "account_id", 1));
        Desk.Answer answer = desk.call("rob", "GET", "/api/desk/v1/brokens", null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("row filter failed").doesNotContain("zero");
        assertThat(desk.call("rob", "GET", "/api/desk/v1/brokens/1", null).status()).isEqualTo(403);
        assertThat((List<?>) desk.must("admin", "GET", "/api/desk/v1/brokens", null)).hasSize(1);
        Instant end = Clock.systemUTC().instant().plus(Duration.ofSeconds(20));
        while (!log().contains("row_filter_failed")) {
            assertThat(Clock.systemUTC().instant()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(log()).contains("ArithmeticException").contains("Broken.none");
    }

    private static String log() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(home.resolve(".appos/logs/records"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void explain_names_the_filters_and_the_fields() {
        String ask = "/api/admin/explain?ref=desk.records.account&permission=view&user=";
        Map<?, ?> rob = (Map<?, ?>) desk.must("admin", "GET", ask + "rob", null);
        assertThat(rob.get("row_filters")).isEqualTo(List.of("own"));
        assertThat(rob.get("hidden_fields")).isEqualTo(List.of("credit"));
        assertThat(rob.get("read_only_fields")).isEqualTo(List.of("note"));
        Map<?, ?> admin = (Map<?, ?>) desk.must("admin", "GET", ask + "admin", null);
        assertThat(admin.get("row_filters")).isEqualTo(List.of());
        assertThat(admin.get("hidden_fields")).isEqualTo(List.of());
    }
}

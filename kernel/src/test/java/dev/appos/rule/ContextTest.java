package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.Ctx;
import dev.appos.api.Words;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Failure;
import dev.appos.dispatch.Origin;
import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.identity.Client;
import dev.appos.identity.Identity;
import dev.appos.identity.Login;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What app code sees of its call, behind the real door.
class ContextTest {

    private static final Map<String, String> SOURCES = Map.of(
            "crm/app.yaml", "title: Customers\ngroups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "crm/rules/Rules.java", """
                    @ExpressionRule
                    String who() {
                        var user = ctx.user();
                        return user.name() + " " + user.type() + " " + user.isSystemAdmin() + user.isServiceAccount()
                                + " " + user.language() + " " + user.timeZone() + " " + user.id().length();
                    }

                    @ExpressionRule
                    boolean in(String group) { return ctx.user().in(group); }

                    @ExpressionRule
                    String agent() { return ctx.agent().orElse("nobody") + " for " + ctx.user(); }

                    @ExpressionRule
                    String app() { return ctx.app().name() + "/" + ctx.app().title(); }

                    @ExpressionRule
                    String apps() { return rules.app() + " " + other.rules.app() + " " + rules.app(); }

                    @ExpressionRule
                    String request() {
                        return ctx.request().map(r -> r.method() + " " + r.path() + " " + r.ip() + " " + r.userAgent())
                                .orElse("none");
                    }

                    @ExpressionRule(cacheable = true)
                    String keptRequest() { return ctx.user() + " " + rules.request(); }

                    @ExpressionRule
                    String count() {
                        ctx.state().set("seen", 1 + (int) ctx.state().get("seen").orElse(0));
                        return ctx.state().get("seen").get() + " " + ctx.executionId();
                    }

                    @ExpressionRule
                    String countThrice() { return rules.count() + other.rules.count() + rules.count(); }

                    @ExpressionRule
                    Object remembered(String name) { return ctx.session().get(name).orElse("nothing"); }

                    @ExpressionRule
                    void remember(String name, String value) { ctx.session().set(name, value); }

                    @ExpressionRule
                    void rememberAndFail(String name) {
                        ctx.session().set(name, "lost");
                        throw reject("no");
                    }

                    @ExpressionRule
                    void forget(String name) { ctx.session().remove(name); }

                    @ExpressionRule
                    String safely() {
                        try {
                            return "has " + ctx.session().get("colour").orElse("nothing");
                        } catch (AppOsException.Session error) {
                            return "none";
                        }
                    }

                    @ExpressionRule
                    Object variable() { return ctx.var("x"); }
                    """,
            "other/app.yaml", "groups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "other/rules/Rules.java", """
                    @ExpressionRule
                    String app() { return ctx.app().name(); }

                    @ExpressionRule
                    String count() { return crm.rules.count(); }

                    @ExpressionRule
                    Object remembered(String name) { return ctx.session().get(name).orElse("nothing"); }
                    """);

    @TempDir
    Path folder;

    private AppHouse house;

    private AppHouse house() {
        house = new AppHouse(folder, SOURCES);
        return house;
    }

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void a_rule_sees_the_account_it_runs_for() {
        house();
        assertThat(house.run("ana", "crm.rules.who", Map.of())).isEqualTo("ana BASIC falsefalse en UTC 36");
        house.world.join("root", "staff");
        assertThat(house.run("root", "crm.rules.who", Map.of())).asString().startsWith("root SYSTEM_ADMIN truefalse");
        house.world.user("robot", Type.SERVICE_ACCOUNT, "staff");
        assertThat(house.run("robot", "crm.rules.who", Map.of())).asString()
                .startsWith("robot SERVICE_ACCOUNT falsetrue");
    }

    @Test
    void groups_are_those_of_the_moment_and_not_of_the_login() {
        house();
        Principal asOfLogin = house.principal("ana");
        house.world.join("ana", "night");

        Context context = new Context(asOfLogin, "exec_1", house.world.clock.instant());
        Call call = Call.of(Ref.of("crm.rules.in"), new Input.Run(Map.of("group", "night")));
        assertThat(house.dispatcher.dispatch(context, call)).isEqualTo(true);
    }

    @Test
    void an_agent_is_seen_as_the_account_it_acts_for_and_by_its_name() {
        house();
        Principal.Agent agent = new Principal.Agent(
                "agent:robot", (Principal.User) house.principal("ana"), List.of(), Optional.empty());
        assertThat(house.run("ana", "crm.rules.agent", Map.of())).isEqualTo("nobody for ana");
        // The guard knows no such agent, so the account is asked for as the door would.
        assertThat(house.world.guard.standing(agent).user()).isEqualTo("ana");
    }

    @Test
    void the_app_is_the_one_whose_code_runs_also_in_nested_calls() {
        house();
        assertThat(house.run("ana", "crm.rules.apps", Map.of()))
                .isEqualTo("crm/Customers other crm/Customers");
    }

    @Test
    void the_request_is_seen_where_there_is_one() {
        house();
        Ctx.Request request = new Ctx.Request("POST", "/api/crm/v1/rpc/request", "127.0.0.1", "curl");
        assertThat(house.run("ana", "crm.rules.request", Map.of(), Origin.of(request, Optional.empty())))
                .isEqualTo("POST /api/crm/v1/rpc/request 127.0.0.1 curl");
        assertThat(house.run("ana", "crm.rules.request", Map.of())).isEqualTo("none");
    }

    @Test
    void an_answer_made_from_a_request_is_kept_for_no_other() {
        house();
        Ctx.Request request = new Ctx.Request("POST", "/one", "127.0.0.1", "curl");
        assertThat(house.run("ana", "crm.rules.kept_request", Map.of(), Origin.of(request, Optional.empty())))
                .isEqualTo("ana POST /one 127.0.0.1 curl");
        assertThat(house.run("ana", "crm.rules.kept_request", Map.of())).isEqualTo("ana none");
    }

    @Test
    void the_state_of_a_call_is_shared_by_what_it_calls_and_gone_afterwards() {
        house();
        assertThat(house.run("ana", "crm.rules.count_thrice", Map.of()))
                .isEqualTo("1 exec_ana2 exec_ana3 exec_ana");
        assertThat(house.run("ana", "crm.rules.count", Map.of())).isEqualTo("1 exec_ana");
    }

    @Test
    void callers_at_the_same_time_never_see_each_other() throws Exception {
        house();
        for (int i = 0; i < 8; i++) {
            house.world.user("user" + i, Type.BASIC, "staff");
        }
        List<Future<Object>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                String user = "user" + i % 8;
                String rule = i % 2 == 0 ? "who" : "count_thrice";
                answers.add(threads.submit(() -> house.run(user, "crm.rules." + rule, Map.of())));
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            String user = "user" + i % 8;
            String exec = "exec_" + user;
            String expected = i % 2 == 0
                    ? user + " BASIC falsefalse en UTC 36"
                    : "1 " + exec + "2 " + exec + "3 " + exec;
            assertThat(answers.get(i).get()).isEqualTo(expected);
        }
    }

    @Test
    void what_is_kept_in_a_session_lasts_as_long_as_it_and_belongs_to_one_app() {
        house();
        Origin morning = login();
        Origin evening = login();
        house.run("ana", "crm.rules.remember", Map.of("name", "colour", "value", "blue"), morning);

        assertThat(remembered("crm", morning)).isEqualTo("blue");
        assertThat(remembered("crm", evening)).as("another session of the same user").isEqualTo("nothing");
        assertThat(remembered("other", morning)).as("another app in the same session").isEqualTo("nothing");

        house.run("ana", "crm.rules.forget", Map.of("name", "colour"), morning);
        assertThat(remembered("crm", morning)).isEqualTo("nothing");

        house.run("ana", "crm.rules.remember", Map.of("name", "colour", "value", "red"), morning);
        house.world.database.write(sql -> {
            house.world.sessions.end(sql, morning.session().orElseThrow(), Optional.empty());
            return sql;
        });
        assertThat(kept()).isZero();
    }

    @Test
    void what_a_refused_call_kept_in_a_session_is_not_kept() {
        house();
        Origin session = login();
        assertThatThrownBy(() -> house.run("ana", "crm.rules.remember_and_fail", Map.of("name", "x"), session))
                .isInstanceOf(Refusal.class);
        assertThat(kept()).isZero();
    }

    @Test
    void a_session_takes_small_values_and_not_many() {
        house();
        Origin session = login();
        assertThatThrownBy(() -> house.run(
                        "ana", "crm.rules.remember", Map.of("name", "big", "value", "x".repeat(4_000)), session))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(Refusal.Reason.TOO_LARGE));
        for (int i = 0; i < 50; i++) {
            house.run("ana", "crm.rules.remember", Map.of("name", "n" + i, "value", "v"), session);
        }
        assertThatThrownBy(() -> house.run(
                        "ana", "crm.rules.remember", Map.of("name", "one_more", "value", "v"), session))
                .isInstanceOf(Refusal.class).hasMessageContaining("holds 50 values");
        house.run("ana", "crm.rules.remember", Map.of("name", "n7", "value", "w"), session);
        assertThat(kept()).isEqualTo(50);
    }

    @Test
    void a_call_without_a_login_session_is_told_so() {
        house();
        assertThatThrownBy(() -> remembered("crm", Origin.NONE))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal).hasMessageContaining("not made in a login session");
                    assertThat(refusal.remedy()).contains("Log in");
                });
        assertThat(house.run("ana", "crm.rules.safely", Map.of())).isEqualTo("none");
        assertThat(house.run("ana", "crm.rules.safely", Map.of(), login())).isEqualTo("has nothing");
    }

    @Test
    void a_variable_outside_a_process_is_a_fault_that_says_where_it_works() {
        house();
        assertThatThrownBy(() -> house.run("ana", "crm.rules.variable", Map.of()))
                .isInstanceOf(Failure.class).hasMessageContaining("ctx.var works in a process");
    }

    @Test
    void outside_a_call_there_is_no_context() {
        assertThatThrownBy(() -> Words.ctx.user())
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("only inside a call");
        house();
        house.run("ana", "crm.rules.who", Map.of());
        assertThatThrownBy(() -> Words.ctx.user()).as("it ended with the call").isInstanceOf(
                NoSuchElementException.class);
    }

    private Object remembered(String app, Origin origin) {
        return house.run("ana", app + ".rules.remembered", Map.of("name", "colour"), origin);
    }

    private int kept() {
        return house.world.database.read(
                sql -> sql.fetchSingle("select count(*) from appos.session_value").into(int.class));
    }

    private int logins;

    /// The origin of a call in a login session of ana's.
    private Origin login() {
        if (logins++ == 0) {
            house.world.login("pat", Type.BASIC);
        }
        Login login = house.world.identities.login("pat", World.PASSWORD, new Client("127.0.0.1", "test"));
        Identity identity = house.world.identities.session(login.token());
        UUID id = identity.credential();
        return Origin.of(new Ctx.Request("POST", "/", "127.0.0.1", "test"), Optional.of(id));
    }
}

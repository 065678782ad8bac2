package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.api.Ctx;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.secure.Agents;
import dev.appos.identity.Identity;
import dev.appos.identity.Login;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a row filter sees of the call it is asked in, behind the real door.
class RowFilterContextTest {

    private static final Map<String, String> SOURCES = Map.of(
            "crm/app.yaml", "title: Customers\ngroups: [staff, night]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "crm/records/Fact.java", """
                    @Record(view = "staff", create = "staff", update = "staff")
                    record Fact(String text) {

                        @RowFilter
                        static Cond known(FactRecords.Fields fact) {
                            return fact.text().in(List.of(
                                    "user " + ctx.user().name() + " " + ctx.user().type(),
                                    "night " + ctx.user().in("night"),
                                    "agent " + ctx.agent().orElse("none"),
                                    "app " + ctx.app().title(),
                                    "from " + ctx.request().map(r -> r.path()).orElse("nowhere")));
                        }
                    }
                    """,
            "crm/records/Stated.java", """
                    @Record(view = "staff")
                    record Stated(String text) {
                        @RowFilter
                        static Cond left(StatedRecords.Fields f) {
                            return ctx.state().get("all").isPresent() ? everything() : nothing();
                        }
                    }
                    """,
            "crm/records/Remembered.java", """
                    @Record(view = "staff")
                    record Remembered(String text) {
                        @RowFilter
                        static Cond left(RememberedRecords.Fields f) {
                            ctx.session().set("seen", true);
                            return everything();
                        }
                    }
                    """,
            "crm/rules/Rules.java", """
                    @ExpressionRule
                    List<String> facts() {
                        return records.fact.all().orderBy(f -> f.text()).list().stream().map(f -> f.text()).toList();
                    }

                    @ExpressionRule(cacheable = true)
                    List<String> keptFacts() { return rules.facts(); }

                    @ExpressionRule
                    long stated() {
                        ctx.state().set("all", true);
                        return records.stated.count();
                    }

                    @ExpressionRule
                    void remembered() {
                        ctx.session().set("before", 1);
                        records.remembered.count();
                    }

                    @ExpressionRule
                    String leave(String way) {
                        try {
                            records.fact.create(f -> f.text("nobody sees this"));
                        } catch (AppOsException.Security refused) {
                            if (way.equals("catch")) {
                                return refused.objectRef();
                            }
                            throw refused;
                        }
                        return "kept";
                    }

                    @ExpressionRule
                    @SuppressWarnings("finally")
                    String slip() {
                        try {
                            records.fact.create(f -> f.text("nobody sees this"));
                        } finally {
                            return "slipped";
                        }
                    }
                    """);

    @TempDir
    Path folder;

    private AppHouse house;

    @BeforeEach
    void build() {
        house = new AppHouse(folder, SOURCES);
        house.world.join("root", "staff");
        house.call("root", "crm.records.fact", new Input.CreateRecords(List.of(
                Map.of("text", "user ana BASIC"), Map.of("text", "user root SYSTEM_ADMIN"),
                Map.of("text", "user agent:helper BASIC"),
                Map.of("text", "night true"), Map.of("text", "night false"),
                Map.of("text", "agent none"), Map.of("text", "agent agent:helper"),
                Map.of("text", "app Customers"), Map.of("text", "from nowhere"), Map.of("text", "from /one"))),
                Origin.NONE);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Origin from(String path) {
        return Origin.of(new Ctx.Request("GET", path, "127.0.0.1", "test"), Optional.empty());
    }

    private Origin login(String name) {
        house.world.login(name, Type.BASIC);
        Login login = house.world.identities.login(name, World.PASSWORD, World.CLIENT);
        Identity identity = house.world.identities.session(login.token());
        return Origin.of(new Ctx.Request("POST", "/", "127.0.0.1", "test"), Optional.of(identity.credential()));
    }

    private int rows() {
        return ((List<?>) house.run("root", "crm.rules.facts", Map.of())).size();
    }

    @Test
    void a_filter_sees_the_caller_with_the_groups_of_the_moment_the_app_and_the_request() {
        assertThat(house.run("ana", "crm.rules.facts", Map.of())).isEqualTo(
                List.of("agent none", "app Customers", "from nowhere", "night false", "user ana BASIC"));

        Principal asOfLogin = house.principal("ana");
        house.world.join("ana", "night");
        Context context = new Context(asOfLogin, "exec_1", house.world.clock.instant(), from("/one"));
        assertThat(house.dispatcher.dispatch(context, Call.of(Ref.of("crm.rules.facts"), new Input.Run(Map.of()))))
                .isEqualTo(List.of("agent none", "app Customers", "from /one", "night true", "user ana BASIC"));
    }

    @Test
    void for_an_agent_it_sees_the_account_it_acts_for_and_its_name() {
        house.world.database.write(sql -> house.world.agents.create(
                sql, new Agents.Plan("helper", "", "ana", false, List.of(), Optional.empty()), "test"));
        house.world.join("ana", "night");

        assertThat(house.run("agent:helper", "crm.rules.facts", Map.of())).isEqualTo(
                List.of("agent agent:helper", "app Customers", "from nowhere", "night true", "user ana BASIC"));
    }

    @Test
    void an_answer_is_not_kept_for_which_a_filter_looked_at_the_request() {
        assertThat(house.run("ana", "crm.rules.kept_facts", Map.of(), from("/one"))).asString().contains("from /one");
        assertThat(house.run("ana", "crm.rules.kept_facts", Map.of())).asString().contains("from nowhere");
    }

    @Test
    void what_code_can_set_does_not_decide_what_it_sees() {
        for (String rule : List.of("stated", "remembered")) {
            Origin session = login("pat" + rule.charAt(0));
            assertThatThrownBy(() -> house.run("ana", "crm.rules." + rule, Map.of(), session))
                    .isInstanceOfSatisfying(Refusal.class, refusal ->
                            assertThat(refusal).hasMessageContaining("its row filter failed"));
        }
    }

    @Test
    void a_row_that_its_writer_would_not_see_is_undone_whichever_way_code_goes_on() {
        int before = rows();
        assertThat(house.run("ana", "crm.rules.leave", Map.of("way", "catch"))).isEqualTo("crm.records.fact");
        assertThat(house.run("ana", "crm.rules.slip", Map.of())).isEqualTo("slipped");
        assertThatThrownBy(() -> house.run("ana", "crm.rules.leave", Map.of("way", "throw")))
                .isInstanceOf(Refusal.class);
        assertThat(rows()).isEqualTo(before);
    }
}

package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Permission;
import dev.appos.insight.DependencyFiles;
import dev.appos.insight.Graph;
import dev.appos.insight.Impact;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Constants behind the real door, in an environment called prod.
class ConstantTest {

    private static final Map<String, String> SOURCES = Map.of(
            "shop/app.yaml", "groups: [staff, boss]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "shop/constants/Constants.java", """
                    @Constant(description = "Value added tax", validate = "isRate")
                    BigDecimal vatRate() { return new BigDecimal("0.19"); }

                    @Constant
                    ByEnvironment<String> mailbox() { return usually("test@x.org").in("prod", "mail@x.org"); }

                    @Constant
                    ByEnvironment<Integer> retries() { return usually(3).in("staging", 5); }

                    @Constant
                    long most() { return 7; }

                    @Constant
                    boolean open() { return true; }

                    @Constant
                    List<String> countries() { return List.of("DE", "FR"); }

                    @Constant
                    Map<String, Object> limits() { return Map.of("a", 1); }

                    @Constant(use = "boss")
                    String secretly() { return "hidden"; }

                    @Constant
                    String pricing() { return "shop.rules.twice"; }

                    @Constant
                    String pricingOfOld() { return "shop.constants.pricing"; }
                    """,
            "shop/rules/Rules.java", """
                    @ExpressionRule
                    boolean isRate(BigDecimal rate) {
                        return rate.signum() >= 0 && rate.compareTo(BigDecimal.ONE) < 0;
                    }

                    @ExpressionRule
                    BigDecimal gross(BigDecimal net) {
                        return net.add(net.multiply(constants.vatRate()));
                    }

                    @ExpressionRule
                    String all() {
                        long most = constants.most();
                        int retries = constants.retries();
                        return constants.mailbox() + " " + retries + " " + most + " " + constants.open() + " "
                                + constants.countries().get(1) + " " + constants.limits().get("a");
                    }

                    @ExpressionRule
                    int twice(int value) { return value * 2; }

                    @ExpressionRule
                    int thrice(int value) { return value * 3; }

                    @ExpressionRule
                    Object price(int value) { return constants.pricing.run(Map.of("value", value)); }

                    @ExpressionRule(cacheable = true)
                    BigDecimal keptRate() { return constants.vatRate(); }

                    @ExpressionRule
                    String leak() { return constants.secretly(); }
                    """,
            "other/app.yaml", "groups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "other/rules/Rules.java", """
                    @ExpressionRule
                    BigDecimal rate() { return shop.constants.vatRate(); }
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
    void code_reads_values_of_every_type_for_its_environment() {
        assertThat(run("all", Map.of())).isEqualTo("mail@x.org 3 7 true FR 1");
        assertThat(run("gross", Map.of("net", 100))).isEqualTo(new BigDecimal("119.00"));
        assertThat(house.run("ana", "other.rules.rate", Map.of())).isEqualTo(new BigDecimal("0.19"));
    }

    @Test
    void a_value_set_while_the_platform_runs_holds_at_once_and_until_it_is_taken_back() {
        Map<String, Object> set = set("shop.constants.vat_rate", 0.2);
        assertThat(set).containsEntry("value", new BigDecimal("0.2")).containsEntry("set_by", "root")
                .containsEntry("stated", new BigDecimal("0.19")).containsEntry("environment", "prod");
        assertThat(run("gross", Map.of("net", 100))).isEqualTo(new BigDecimal("120.0"));

        as("root", "reset_constant", Map.of("ref", "shop.constants.vat_rate"));
        assertThat(run("gross", Map.of("net", 100))).isEqualTo(new BigDecimal("119.00"));
    }

    @Test
    void an_answer_that_a_rule_kept_ends_with_the_value_it_was_made_from() {
        assertThat(run("kept_rate", Map.of())).isEqualTo(new BigDecimal("0.19"));
        set("shop.constants.vat_rate", 0.2);
        assertThat(run("kept_rate", Map.of())).isEqualTo(new BigDecimal("0.2"));
        as("root", "reset_constant", Map.of("ref", "shop.constants.vat_rate"));
        assertThat(run("kept_rate", Map.of())).isEqualTo(new BigDecimal("0.19"));
    }

    @Test
    void a_value_of_another_environment_does_not_hold_here() {
        set("shop.constants.vat_rate", 0.2);
        house.world.database.write(sql -> sql.execute("update appos.constant_override set environment = 'staging'"));
        assertThat(run("gross", Map.of("net", 100))).isEqualTo(new BigDecimal("119.00"));
    }

    @Test
    void a_value_of_the_wrong_type_or_that_its_rule_does_not_take_is_refused() {
        assertThat(refusal(() -> set("shop.constants.vat_rate", "much")).getMessage()).contains("must be a number");
        assertThat(refusal(() -> set("shop.constants.vat_rate", 19)).getMessage()).contains("shop.rules.is_rate");
        assertThat(refusal(() -> set("shop.constants.countries", List.of(1))).getMessage()).contains("text");
        assertThat(refusal(() -> set("shop.constants.pricing", "x".repeat(20_000))).reason())
                .isEqualTo(Refusal.Reason.TOO_LARGE);
        assertThat(refusal(() -> set("shop.constants.pricings", "x")).reason()).isEqualTo(Refusal.Reason.NOT_FOUND);
        assertThat(run("gross", Map.of("net", 100))).isEqualTo(new BigDecimal("119.00"));
    }

    @Test
    void only_who_holds_admin_on_a_constant_sets_it() {
        Refusal refusal = refusal(() -> as("ana", "set_constant",
                Map.of("ref", "shop.constants.vat_rate", "setting", Map.of("value", 0.2))));
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FORBIDDEN);
        assertThat((List<?>) as("ana", "list_constants", Map.of()).get("items")).isEmpty();

        house.world.grant("staff", "shop.constants.vat_rate", Permission.ADMIN);
        as("ana", "set_constant", Map.of("ref", "shop.constants.vat_rate", "setting", Map.of("value", 0.2)));
        assertThat((List<?>) as("ana", "list_constants", Map.of()).get("items")).hasSize(1);
    }

    @Test
    void an_agent_sets_nothing_whatever_account_it_acts_for() {
        Principal.Agent agent = new Principal.Agent(
                "agent:robot", (Principal.User) house.principal("root"), List.of(), Optional.empty());
        Call call = Call.of(Ref.of("platform.rules.set_constant"), new Input.Run(
                Map.of("ref", "shop.constants.vat_rate", "setting", Map.of("value", 0.2))));
        Context context = new Context(agent, "exec_1", house.world.clock.instant());
        assertThat(refusal(() -> house.dispatcher.dispatch(context, call)).getMessage()).contains("takes a person");
    }

    @Test
    void reading_takes_the_permission_to_use_it_also_from_code() {
        assertThat(read("ana", "shop.constants.vat_rate")).isEqualTo(new BigDecimal("0.19"));
        assertThat(refusal(() -> read("ana", "shop.constants.secretly")).reason())
                .isEqualTo(Refusal.Reason.NOT_FOUND);
        assertThat(refusal(() -> run("leak", Map.of())).reason()).isEqualTo(Refusal.Reason.NOT_FOUND);

        house.world.join("ana", "boss");
        assertThat(run("leak", Map.of())).isEqualTo("hidden");
    }

    @Test
    void a_constant_that_names_an_object_runs_it() {
        assertThat(run("price", Map.of("value", 21))).isEqualTo(42);
        assertThat(runConstant("pricing_of_old", Map.of("value", 4))).as("through another constant").isEqualTo(8);
        set("shop.constants.pricing", "shop.rules.thrice");
        assertThat(run("price", Map.of("value", 2))).isEqualTo(6);
    }

    @Test
    void running_a_plain_constant_answers_its_value_and_takes_no_inputs() {
        assertThat(runConstant("most", Map.of())).isEqualTo(7L);
        assertThat(refusal(() -> runConstant("mailbox", Map.of("a", 1))).getMessage()).contains("plain value");
    }

    @Test
    void a_constant_must_not_be_set_to_lead_back_to_itself() {
        assertThat(refusal(() -> set("shop.constants.pricing", "shop.constants.pricing_of_old")).getMessage())
                .contains("leads back");
        assertThat(refusal(() -> set("shop.constants.pricing", "shop.constants.pricing")).getMessage())
                .contains("leads back");
    }

    @Test
    void what_a_constant_names_and_who_reads_it_is_known_before_anything_runs() {
        Graph graph = new DependencyFiles(Path.of("none")).graph(house.snapshot());
        Impact impact = graph.impact("shop.rules.twice");
        assertThat(impact.direct()).contains("shop.constants.pricing");
        assertThat(impact.transitive()).contains("shop.rules.price", "shop.constants.pricing_of_old");
        assertThat(graph.impact("shop.constants.vat_rate").direct())
                .contains("other.rules.rate", "shop.rules.gross", "shop.rules.kept_rate");
    }

    private Object run(String rule, Map<String, Object> inputs) {
        return house.run("ana", "shop.rules." + rule, inputs);
    }

    private Object runConstant(String name, Map<String, Object> inputs) {
        return house.run("ana", "shop.constants." + name, inputs);
    }

    private Object read(String user, String ref) {
        return house.call(user, ref, new Input.ReadConstant(), Origin.NONE);
    }

    private Map<String, Object> set(String ref, Object value) {
        return as("root", "set_constant", Map.of("ref", ref, "setting", Map.of("value", value)));
    }

    @SuppressWarnings("unchecked") // operations on constants answer an object
    private Map<String, Object> as(String user, String operation, Map<String, Object> inputs) {
        return (Map<String, Object>) house.run(user, "platform.rules." + operation, inputs);
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

package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.appos.api.Flow;
import dev.appos.api.Node;
import dev.appos.api.ReferentialAction;
import dev.appos.api.Ui;
import dev.appos.base.Ref;
import dev.appos.insight.DependencyFiles;
import dev.appos.insight.FieldImpact;
import dev.appos.insight.Graph;
import dev.appos.object.Definition;
import dev.appos.object.FieldDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.Limits;
import dev.appos.object.PageDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import dev.appos.registry.Reference;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The apps that come with the platform compile, run, and fit their data.
class ExamplesTest {

    private static final Path DATA = Path.of("..", "examples", "data");

    private static Snapshot snapshot;

    @BeforeAll
    static void compile() {
        snapshot = Apps.success(new AppCompiler().compile(Apps.EXAMPLES));
    }

    private static FakeDoor door() {
        Map<String, Object> jane = Map.of("first_name", "Jane", "last_name", "Peacock");
        return new FakeDoor(snapshot)
                .row("crm.records.customer", 5, new HashMap<>(Map.of("first_name", "Ada", "last_name", "Byron",
                        "email", "ada@example.org", "status", "INACTIVE", "support_rep_id", 3L, "support_rep", jane)))
                .row("billing.records.invoice", 1, Map.of("customer_id", 5L, "total", new BigDecimal("10.50")))
                .row("billing.records.invoice", 2, Map.of("customer_id", 5L, "total", new BigDecimal("4.50")))
                .row("billing.records.invoice", 3, Map.of("customer_id", 6L, "total", new BigDecimal("1.00")));
    }

    private static RecordDefinition record(String ref) {
        return (RecordDefinition) snapshot.find(ref).orElseThrow();
    }

    private static Set<String> references(String from) {
        return snapshot.references().stream().filter(r -> r.from().toString().equals(from))
                .map(r -> r.access() + " " + r.to()).collect(Collectors.toSet());
    }

    @Test
    void every_object_has_its_definition() {
        assertThat(snapshot.definitions()).extracting(Definition::ref).extracting(Ref::toString).contains(
                "crm.records.employee", "crm.records.customer", "crm.rules.customer_ltv", "crm.rules.total_ltv",
                "crm.processes.onboard_customer", "crm.interfaces.customers", "crm.pages.customers",
                "billing.records.artist", "billing.records.album", "billing.records.genre",
                "billing.records.media_type", "billing.records.track", "billing.records.playlist",
                "billing.records.playlist_track", "billing.records.invoice", "billing.records.invoice_line",
                "billing.pages.invoices", "billing.pages.tracks");
    }

    @Test
    void a_record_says_all_that_a_table_needs() {
        RecordDefinition customer = record("crm.records.customer");

        assertThat(customer.audit()).isTrue();
        assertThat(customer.display()).containsExactly("first_name", "last_name");
        assertThat(customer.field("support_rep_id").orElseThrow()).satisfies(f -> {
            assertThat(f.type()).isEqualTo(ValueType.REFERENCE);
            assertThat(f.accessor()).isEqualTo("supportRep");
            assertThat(f.target()).contains(
                    new Target(Ref.of("crm.records.employee"), "support_rep", ReferentialAction.RESTRICT));
        });
        assertThat(customer.field("status").orElseThrow()).satisfies(f -> {
            assertThat(f.choices()).containsExactly("ACTIVE", "INACTIVE");
            assertThat(f.required()).isTrue();
            assertThat(f.defaultValue()).contains("ACTIVE");
        });
        assertThat(customer.field("email").orElseThrow().limits()).satisfies(l -> {
            assertThat(l.email()).isTrue();
            assertThat(l.maxLength()).isEqualTo(OptionalInt.of(60));
        });
        assertThat(customer.field("credit_limit").orElseThrow().limits().digits())
                .contains(new Limits.Digits(17, 2));
        assertThat(record("billing.records.playlist_track").unique())
                .containsExactly(List.of("playlist_id", "track_id"));
        assertThat(record("billing.records.invoice_line").field("quantity").orElseThrow().required()).isTrue();
        assertThat(record("crm.records.employee").field("reports_to_id")).isPresent();
    }

    @Test
    void a_page_is_called_after_its_address_and_an_interface_knows_its_record() {
        PageDefinition page = (PageDefinition) snapshot.find("crm.pages.customers").orElseThrow();
        InterfaceDefinition screen = (InterfaceDefinition) snapshot.find("crm.interfaces.customers").orElseThrow();

        assertThat(page).extracting(PageDefinition::route, PageDefinition::title, PageDefinition::icon)
                .containsExactly("/customers", "Customers", "users");
        assertThat(screen.record()).contains(Ref.of("crm.records.customer"));
    }

    @Test
    void a_rule_writes_when_something_it_calls_writes() {
        Map<String, Boolean> writes = snapshot.ofKind(RuleDefinition.class).stream()
                .collect(Collectors.toMap(r -> r.ref().toString(), RuleDefinition::writes));

        assertThat(writes).containsEntry("crm.rules.create_account", true)
                .containsEntry("crm.rules.provision_trial", true)
                .containsEntry("crm.rules.customer_ltv", false)
                .containsEntry("crm.rules.follow_up", false)
                .containsEntry("billing.rules.customer_statement", false);
    }

    @Test
    void references_are_complete_through_method_references_helpers_local_variables_and_annotations() {
        assertThat(references("crm.rules.customer_ltv")).containsExactly("read billing.records.invoice");
        assertThat(references("crm.rules.welcome_customer")).containsExactlyInAnyOrder(
                "read crm.records.customer", "type crm.records.customer", "type crm.records.employee");
        assertThat(references("crm.processes.onboard_customer")).containsExactlyInAnyOrder(
                "execute crm.rules.create_account", "execute crm.rules.welcome_customer",
                "execute crm.rules.provision_trial", "execute crm.rules.notify_sales", "execute crm.rules.follow_up",
                "write crm.records.customer");
        assertThat(references("billing.rules.customer_statement")).contains(
                "read crm.records.customer", "execute crm.rules.customer_ltv", "read billing.records.invoice");
        assertThat(references("crm.pages.customers")).containsExactly("render crm.interfaces.customers");
        assertThat(references("billing.records.invoice")).containsExactly("type crm.records.customer");
        assertThat(new DependencyFiles(Path.of("none")).graph(snapshot).impact("billing.records.invoice").transitive())
                .contains("crm.processes.onboard_customer", "crm.pages.customers");
    }

    @Test
    void the_impact_of_a_field_names_the_code_that_names_it() {
        Graph graph = new DependencyFiles(Path.of("none")).graph(snapshot);

        assertThat(FieldImpact.of(graph, snapshot, "crm.records.customer.credit_limit").get("named_by"))
                .isEqualTo(Set.of(
                        "crm.rules.provision_trial", "crm.rules.follow_up", "crm.processes.onboard_customer"));
        assertThat(FieldImpact.of(graph, snapshot, "crm.records.customer.support_rep_id").get("named_by"))
                .isEqualTo(Set.of("crm.rules.notify_sales", "crm.rules.welcome_customer"));
        assertThat(FieldImpact.of(graph, snapshot, "crm.records.customer.fax").get("recommendation").toString())
                .startsWith("No code names fax");
    }

    @Test
    void a_reference_names_the_line_in_the_author_s_file() {
        assertThat(snapshot.references()).contains(new Reference(Ref.of("crm.rules.customer_ltv"),
                Ref.of("billing.records.invoice"), "read", "crm/rules/Value.java", 4));
    }

    @Test
    void rules_run_through_the_door() {
        FakeDoor door = door();

        assertThat(door.call("crm.rules.customer_ltv", 5L)).isEqualTo(new BigDecimal("15.00"));
        assertThat(door.call("crm.rules.total_ltv")).isEqualTo(new BigDecimal("16.00"));
        assertThat(door.call("crm.rules.welcome_customer", 5L))
                .isEqualTo("Welcome, Ada Byron! Jane Peacock looks after you.");
        assertThat(door.call("billing.rules.customer_statement", 5L))
                .isEqualTo("Ada Byron: 2 invoices, 15.00 in all.");
        assertThat(door.calls).contains("run crm.rules.customer_ltv", "get crm.records.customer");
    }

    @Test
    void a_process_runs_its_steps() {
        FakeDoor door = door();
        FakeFlow flow = new FakeFlow();

        ScopedValue.where(Flow.CURRENT, flow).run(() -> door.call("crm.processes.onboard_customer", 5L));

        assertThat(flow.words).containsExactly("step create account", "parallel announce", "step welcome",
                "step trial", "step sales", "approval credit by crm_managers: Extend credit to Ada Byron",
                "step extend credit", "sleep PT3S", "step follow up");
        assertThat(door.stored("crm.records.customer", 5)).containsEntry("status", "ACTIVE")
                .containsEntry("credit_limit", new BigDecimal("5000"));
        assertThat(door.calls).contains("var account=Ada Byron");
    }

    @Test
    void a_page_is_the_tree_of_its_interface() {
        Node page = ((Ui) door().call("crm.pages.customers")).node();

        assertThat(page.type()).isEqualTo("Page");
        assertThat(page.children()).extracting(Node::type).containsExactly("Stats", "DataTable");
        assertThat(page.children().getLast().props()).containsEntry("record", "crm.records.customer");
    }

    @Test
    void a_process_has_a_hash_and_its_inputs() {
        ProcessDefinition process =
                (ProcessDefinition) snapshot.find("crm.processes.onboard_customer").orElseThrow();

        assertThat(process.codeHash()).matches("[0-9a-f]{64}");
        assertThat(process.parameters()).singleElement()
                .satisfies(p -> assertThat(p.name()).isEqualTo("customer_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm.employee", "crm.customer", "billing.artist", "billing.album", "billing.genre",
            "billing.media_type", "billing.track", "billing.playlist", "billing.playlist_track", "billing.invoice",
            "billing.invoice_line"})
    void the_data_fits_its_record(String name) throws IOException {
        RecordDefinition record = record(name.replace(".", ".records."));
        List<String> wrong = new ArrayList<>();
        Path file = DATA.resolve(record.ref().name() + ".csv");
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            rows.forEach(row -> row.getFieldsAsMap().forEach((column, value) ->
                    fault(record, column, value).ifPresent(fault -> wrong.add(column + " " + fault + ": " + value))));
        }
        assertThat(wrong).isEmpty();
    }

    private static Optional<String> fault(RecordDefinition record, String column, String value) {
        if (column.equals(record.ref().name() + "_id")) {
            return Optional.empty();
        }
        Optional<FieldDefinition> field = record.field(column).or(() -> record.field(column + "_id"));
        if (field.isEmpty()) {
            return Optional.of("is no field");
        }
        Limits limits = field.get().limits();
        if (value.isEmpty()) {
            return field.get().required() ? Optional.of("is required") : Optional.empty();
        }
        if (value.length() > limits.maxLength().orElse(Integer.MAX_VALUE)) {
            return Optional.of("is too long");
        }
        boolean number = field.get().type().numeric();
        BigDecimal amount = number ? new BigDecimal(value) : BigDecimal.ZERO;
        if (number && !limits.min().map(min -> min.admitsFromBelow(amount)).orElse(true)) {
            return Optional.of("is too small");
        }
        if (field.get().type() == ValueType.INTEGER) {
            Integer.parseInt(value);
        }
        return Optional.empty();
    }

    @Test
    void the_data_came_with_its_licence() throws IOException {
        try (Stream<Path> files = Files.list(DATA)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .contains("LICENSE.md", "invoice_line.csv").hasSize(12);
        }
    }
}

package dev.appos.record;

import static dev.appos.record.Demo.CUSTOMER;
import static dev.appos.record.Demo.EMPLOYEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import dev.appos.base.Refusal.Reason;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.record.CsvImport.Report;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the import of files promises.
final class CsvImportTest {

    /// The files of the demo, above the module in a checkout; `-Dchinook=` names another folder.
    private static final Path CHINOOK = Path.of(System.getProperty("chinook", "../examples/data"));

    private static final Context CONTEXT = new Context(House.IMPORT, "exec_import", House.NOW);

    private final House house = new House();
    private final CsvImport csv = new CsvImport(house.dispatcher, house.registry);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        house.close();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\r\n", lines));
    }

    private Refusal refusal(Ref record, Path file) {
        return catchThrowableOfType(Refusal.class, () -> csv.importCsv(CONTEXT, record, file));
    }

    private void employees() {
        house.with(Demo.snapshot(Demo.employee(), Demo.customer(), Demo.invoice()));
    }

    @Test
    void all_of_chinook_loads_and_loads_only_once() {
        assumeTrue(Files.isDirectory(CHINOOK), "the demo's files are not in this checkout");
        house.with(Demo.chinook());
        long start = System.nanoTime();

        List<Report> reports = csv.load(CONTEXT, CHINOOK);

        System.out.printf("measured: Chinook in %d ms%n", (System.nanoTime() - start) / 1_000_000);
        assertThat(reports).hasSize(11).noneMatch(Report::skipped);
        assertThat(reports.stream().mapToInt(Report::rows).sum()).isEqualTo(15_607);
        assertThat((Map<?, ?>) house.call(CUSTOMER, new Input.GetRecord(1, List.of())))
                .extracting("first_name", "company", "support_rep_id")
                .containsExactly("Luís", "Embraer - Empresa Brasileira de Aeronáutica S.A.", 3L);
        assertThat(house.call(Demo.INVOICE, new Input.SumRecords(Query.ALL, "total")))
                .isEqualTo(new BigDecimal("2328.60"));
        assertThat(house.create(EMPLOYEE, Map.of("first_name", "New", "last_name", "One"))).containsEntry("id", 9L);
        assertThat(csv.load(CONTEXT, CHINOOK)).allMatch(Report::skipped);
        Ref together = new Ref("billing", "records", "playlist_track");
        assertThat(catchThrowableOfType(
                        Refusal.class, () -> house.create(together, Map.of("playlist_id", 1, "track_id", 3402))))
                .hasMessage("A playlist track with this playlist and track exists already.");
    }

    @Test
    void rows_may_refer_to_later_rows_and_to_each_other_and_keys_are_kept() throws IOException {
        employees();

        Report report = csv.importCsv(CONTEXT, EMPLOYEE, file("employee.csv",
                "employee_id,last_name,first_name,reports_to,hire_date",
                "7,Low,Ann,5,2002-08-14 00:00:00", "5,Mid,\"Bo, \"\"B\"\"\",3,", "3,Top,Čeněk,,",
                "11,Ring,A,12,", "12,Ring,B,11,"));

        assertThat(report.rows()).isEqualTo(5);
        assertThat((Map<?, ?>) house.call(EMPLOYEE, new Input.GetRecord(5, List.of())))
                .extracting("reports_to_id", "first_name", "hire_date", "created_by")
                .containsExactly(3L, "Bo, \"B\"", null, "system:import");
        assertThat(house.create(EMPLOYEE, Map.of("first_name", "N", "last_name", "O"))).containsEntry("id", 13L);
    }

    @Test
    void a_long_chain_of_rows_in_the_wrong_order_loads() throws IOException {
        employees();
        String[] lines = new String[2001];
        lines[0] = "id,last_name,first_name,reports_to_id";
        for (int i = 1; i <= 2000; i++) {
            lines[i] = i + ",L,F," + (i == 2000 ? "" : i + 1);
        }

        assertThat(csv.importCsv(CONTEXT, EMPLOYEE, file("employee.csv", lines)).rows()).isEqualTo(2000);
    }

    @Test
    void every_faulty_cell_is_named_by_its_line_and_nothing_is_kept() throws IOException {
        employees();

        Refusal types = refusal(EMPLOYEE, file("employee.csv", "id,last_name,first_name,birth_date",
                "1,A,B,2000-01-01", "two,A,B,", "3,A,B,soon", "4,A"));
        Refusal rules = refusal(CUSTOMER, file("customer.csv", "id,first_name,last_name,email",
                "1,A,B,a@b.cd", "2,A,B,nobody", "3,,B,c@b.cd"));
        Refusal reference = refusal(CUSTOMER, file("customer.csv", "id,first_name,last_name,email,support_rep_id",
                "1,A,B,a@b.cd,", "2,A,B,b@b.cd,99"));

        assertThat(types.faults()).extracting(Fault::path, Fault::code).containsExactly(
                tuple("/3/id", "type"), tuple("/4/birth_date", "type"), tuple("/5", "size"));
        assertThat(rules.faults()).extracting(Fault::path, Fault::code)
                .containsExactly(tuple("/3/email", "email"), tuple("/4/first_name", "required"));
        assertThat(reference.faults()).extracting(Fault::path).containsExactly("/3/support_rep_id");
        assertThat(house.count("select count(*) from crm.customers")).isZero();
    }

    @Test
    void a_file_that_fails_late_leaves_nothing_of_its_earlier_rows() throws IOException {
        employees();
        String[] lines = new String[1202];
        lines[0] = "first_name,last_name,email";
        for (int i = 1; i < 1202; i++) {
            lines[i] = "A,B,c" + (i == 1201 ? 1 : i) + "@b.cd";
        }

        assertThat(refusal(CUSTOMER, file("customer.csv", lines)).reason()).isEqualTo(Reason.CONFLICT);
        assertThat(house.count("select count(*) from crm.customers")).isZero();
        assertThat(house.count("select count(*) from crm.customer_audit_log")).isZero();
    }

    @Test
    void a_header_that_is_no_field_is_refused_with_the_nearest_one() throws IOException {
        employees();

        Refusal unknown = refusal(EMPLOYEE, file("employee.csv", "last_nmae,first_name", "A,B"));
        Refusal twice = refusal(EMPLOYEE, file("employee.csv", "reports_to,reports_to_id", "1,1"));

        assertThat(unknown.getMessage())
                .contains("/last_nmae is no field of crm.records.employee. Did you mean last_name?");
        assertThat(twice.getMessage()).contains("/reports_to_id stands in the header twice");
    }

    @Test
    void a_file_that_is_not_csv_in_utf_8_is_refused() throws IOException {
        employees();
        Path latin = Files.write(folder.resolve("employee.csv"),
                "last_name,first_name\nGonçalves,Luís\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(EMPLOYEE, latin).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(EMPLOYEE, file("empty.csv")).reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal(EMPLOYEE, folder.resolve("none.csv")).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void a_file_without_a_record_is_refused() throws IOException {
        employees();
        file("custmer.csv", "email", "a@b.cd");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> csv.load(CONTEXT, folder));

        assertThat(refusal.getMessage()).contains("/custmer.csv is the name of no record. Did you mean customer?");
    }

    @Test
    void anyone_but_the_platform_gets_no_keys_of_a_file_and_may_import_without() throws IOException {
        employees();
        Context ana = new Context(House.ANA, "exec_ana", House.NOW);
        Path keyed = file("employee.csv", "id,last_name,first_name", "1,A,B", "2,A,B");

        assertThat(catchThrowableOfType(Refusal.class, () -> csv.importCsv(ana, EMPLOYEE, keyed)).faults())
                .extracting(Fault::path).containsExactly("/2/id", "/3/id");
        assertThat(csv.importCsv(ana, EMPLOYEE, file("employee.csv", "last_name,first_name", "A,B")).rows())
                .isEqualTo(1);
    }
}

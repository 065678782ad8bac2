package dev.appos.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.authoring.NewApp;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is generated compiles with the app it is for, without a fault and without a warning.
class DraftsTest {

    private static final Ref TASK = Ref.of("desk.records.task");

    private static final List<String> EVERY_TYPE = List.of(
            "title:text(80):required", "body:text", "mail:email(60):unique", "count:int:required", "size:long:min(0)",
            "total:decimal(12,2):required:max(99.5)", "open:boolean:required", "due:date", "at:instant", "from:time",
            "takes:duration", "key:uuid", "more:map", "tags:list(text)", "status:choice(OPEN|DONE):default(OPEN)",
            "note:ref(Note,set_null)");

    @TempDir
    private Path apps;

    private final AppCompiler compiler = new AppCompiler();

    @BeforeEach
    void app() {
        NewApp.write(apps, "desk", "Desk");
    }

    private static RecordDefinition task(List<String> specs) {
        return Drafts.record(
                TASK, FieldSpecs.read("desk", specs), Set.of("desk_users", "desk_admins"), Set.of("desk_admins"));
    }

    private Snapshot compiled(List<Draft> drafts) {
        Map<String, String> texts = drafts.stream().collect(Collectors.toMap(Draft::path, Draft::text));
        Compilation compilation = compiler.compile(apps, texts);
        assertThat(compilation).as(() -> compilation + "\n" + texts).isInstanceOf(Compilation.Success.class);
        assertThat(compiler.warnings()).isEmpty();
        return ((Compilation.Success) compilation).snapshot();
    }

    @Test
    void a_record_of_every_type_comes_back_from_its_source_as_it_was_said() {
        RecordDefinition said = task(EVERY_TYPE);

        RecordDefinition read = (RecordDefinition) compiled(List.of(Drafts.model(said))).find(TASK).orElseThrow();

        assertThat(read.fields().stream().map(FieldDefinition::type)).containsExactlyElementsOf(
                said.fields().stream().map(FieldDefinition::type).toList());
        assertThat(read.fields().stream().map(FieldDefinition::name)).containsExactlyElementsOf(
                said.fields().stream().map(FieldDefinition::name).toList());
        assertThat(read.fields().stream().map(FieldDefinition::traits)).containsExactlyElementsOf(
                said.fields().stream().map(FieldDefinition::traits).toList());
        assertThat(read.fields().stream().map(FieldDefinition::origin)).containsExactlyElementsOf(
                said.fields().stream().map(FieldDefinition::origin).toList());
        assertThat(read.access()).isEqualTo(said.access());
        assertThat(read.labels()).isEqualTo(said.labels());
    }

    @Test
    void everything_about_a_record_compiles_and_every_object_is_there() {
        Snapshot snapshot = compiled(Drafts.all(task(EVERY_TYPE)));

        assertThat(List.of("rules.find_tasks", "rules.show_task", "rules.add_task", "rules.remove_task",
                        "rules.page_tasks", "rules.tasks_by_status", "rules.tasks_by_due_month", "interfaces.tasks",
                        "pages.tasks"))
                .allSatisfy(name -> assertThat(snapshot.find("desk." + name)).as(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"done:boolean", "tags:list(int)", "kind:choice(A|B):required", "note:ref(Note):required"})
    void a_record_without_a_text_compiles_with_all_that_goes_with_it(String only) {
        assertThat(compiled(Drafts.all(task(List.of(only)))).find(TASK)).isPresent();
    }

    @Test
    void what_was_generated_for_a_record_that_is_there_compiles_too() {
        RecordDefinition note = (RecordDefinition) compiled(List.of()).find("desk.records.note").orElseThrow();

        assertThat(compiled(List.of(Drafts.service(note), Drafts.api(note))).find("desk.rules.find_notes")).isPresent();
    }

    @Test
    void history_is_switched_on_in_the_author_s_own_file_and_nothing_else_changes() throws IOException {
        RecordDefinition note = (RecordDefinition) compiled(List.of()).find("desk.records.note").orElseThrow();
        String source = Files.readString(apps.resolve("desk/records/Note.java"));

        Draft draft = Drafts.audit(note, source);

        assertThat(draft.text().replace("audit = true, ", "")).isEqualTo(source);
        RecordDefinition audited = (RecordDefinition) compiled(List.of(draft)).find(note.ref()).orElseThrow();
        assertThat(audited.audit()).isTrue();
        assertThatThrownBy(() -> Drafts.audit(audited, draft.text())).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "title", "title:", "title:txt", "title:text(x)", "class:text", "id:long", "created_at:instant", "t t:text",
        "a:decimal(2,4)", "a:choice()", "a:choice(A|A)", "a:choice(int)", "a:list(list)", "a:ref(customer!)",
        "a:ref(Customer,gone)", "a:text:requird", "a:int:min(x)", "a:text(99999999)", "a:text);}", "getClass:text",
        "a:default(", "ü:text"})
    void a_field_that_cannot_be_is_refused_with_a_remedy(String spec) {
        assertThatThrownBy(() -> FieldSpecs.read("desk", List.of(spec)))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.remedy()).isNotBlank());
    }

    @Test
    void a_csv_file_says_its_types() throws IOException {
        Path csv = Files.writeString(apps.resolve("../rows.csv").normalize(), """
                task_id,Title,note_id,Unit Price (EUR),postcode,day,seen at,Done,status,mail,class,empty
                1,Ärger,1,1.50,01234,2026-01-01,2026-01-01 10:00:00,true,OPEN,a@b.de,x,
                2,"a ""b"", c",2,12,99999,2026-01-02,2026-01-02T10:00:00Z,false,DONE,c@d.de,x,
                3,c,1,3.125,00001,,2026-01-02T10:00:00Z,true,OPEN,,x,
                4,d,1,3,00001,2026-01-04,2026-01-02T10:00:00Z,true,OPEN,,x,
                5,d,1,3,00001,2026-01-04,2026-01-02T10:00:00Z,true,DONE,,x,
                6,d,1,3,00001,2026-01-04,2026-01-02T10:00:00Z,true,DONE,,x,
                """);

        List<FieldDefinition> fields = CsvFields.read(TASK, csv, Set.of(Ref.of("desk.records.note")));

        assertThat(fields.stream().map(field -> field.accessor() + " " + field.type() + " " + field.required()))
                .containsExactly("title TEXT true", "note REFERENCE true", "unitPriceEur DECIMAL true",
                        "postcode TEXT true", "day DATE false", "seenAt INSTANT true", "done BOOLEAN true",
                        "status CHOICE true", "mail TEXT false", "classValue TEXT true", "empty TEXT false");
        assertThat(fields.get(2).limits().digits().orElseThrow().fraction()).isEqualTo(3);
        assertThat(fields.get(8).limits().email()).isTrue();
        RecordDefinition record = Drafts.record(TASK, fields, Set.of("desk_users"), Set.of("desk_admins"));
        assertThat(((RecordDefinition) compiled(Drafts.all(record)).find(TASK).orElseThrow())
                .field("note_id").orElseThrow().type()).isEqualTo(ValueType.REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "a;b\u0000\n\uFFFF"})
    void any_file_makes_fields_that_compile_or_a_refusal(String content) throws IOException {
        Path csv = Files.writeString(apps.resolve("../odd.csv").normalize(), content);
        try {
            List<FieldDefinition> fields = CsvFields.read(TASK, csv, Set.of());
            compiled(List.of(Drafts.model(Drafts.record(TASK, fields, Set.of("desk_users"), Set.of("desk_admins")))));
        } catch (Refusal refusal) {
            assertThat(refusal.remedy()).isNotBlank();
        }
    }

    @Test
    void files_are_written_whole_and_those_that_are_there_are_named_first() throws IOException {
        DraftFiles files = new DraftFiles(apps);
        List<Draft> drafts = Drafts.all(task(EVERY_TYPE));
        assertThat(files.there(drafts)).isEmpty();

        files.write(drafts);

        assertThat(files.there(drafts)).hasSize(drafts.size());
        assertThat(compiler.compile(apps)).isInstanceOf(Compilation.Success.class);
        assertThat(files.text("desk/records/Task.java")).isEqualTo(drafts.getFirst().text());
    }
}

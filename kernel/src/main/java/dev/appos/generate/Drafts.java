package dev.appos.generate;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordLabels;
import dev.appos.object.Source;
import dev.appos.object.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What can be generated, as files that are not written yet. None of it is special: it is what an author would have
/// written, to go on from, and belongs to its author from then on.
public final class Drafts {

    private static final int MOST_SEARCHED = 4;

    private Drafts() {}

    /// A record of these fields that does not exist yet, named by its first text.
    ///
    /// @param users  the groups that may see, add and change such records
    /// @param admins the groups that may do everything with them
    public static RecordDefinition record(
            Ref ref, List<FieldDefinition> fields, Set<String> users, Set<String> admins) {
        List<String> texts = fields.stream()
                .filter(field -> field.type() == ValueType.TEXT).map(FieldDefinition::name).toList();
        List<String> display = texts.isEmpty()
                ? fields.stream().map(FieldDefinition::name).limit(1).toList() : texts.subList(0, 1);
        Access access = new Access(Map.of(
                Permission.VIEW, users, Permission.CREATE, users, Permission.UPDATE, users,
                Permission.DELETE, admins));
        return RecordDefinition.of(ref, fields, access, new Source(path(ref, "records", ""), 1))
                .with(new RecordLabels(display, texts.stream().limit(MOST_SEARCHED).toList()));
    }

    /// The record as a source file.
    public static Draft model(RecordDefinition record) {
        // A value that must be given and gets one when it is not would need neither word.
        List<FieldDefinition> fields = record.fields().stream()
                .map(field -> field.type().json() ? field.with(new FieldTraits(field.required(), false)) : field)
                .toList();
        return new Draft(path(record.ref(), "records", ""), ModelSource.write(record.withFields(fields)));
    }

    /// Rules that find, show, add and remove.
    public static Draft service(RecordDefinition record) {
        return new Draft(path(record.ref(), "rules", "Service"), new ServiceSource(record).write());
    }

    /// Rules for programs: pages and figures.
    public static Draft api(RecordDefinition record) {
        return new Draft(path(record.ref(), "rules", "Api"), new ApiSource(record).write());
    }

    /// A screen and its place in the navigation.
    public static List<Draft> screens(RecordDefinition record) {
        ScreenSource screens = new ScreenSource(record);
        return List.of(
                new Draft(path(record.ref(), "interfaces", "List"), screens.list()),
                new Draft(path(record.ref(), "pages", "Page"), screens.page()));
    }

    /// The record's own source, with its history switched on.
    ///
    /// @throws dev.appos.base.Refusal if it is on already
    public static Draft audit(RecordDefinition record, String source) {
        return new Draft(record.source().file(), AuditEdit.edit(record, source));
    }

    /// Everything about a new record: itself, a service, answers for programs, and screens.
    public static List<Draft> all(RecordDefinition record) {
        List<Draft> drafts = new ArrayList<>(List.of(model(record), service(record), api(record)));
        drafts.addAll(screens(record));
        return drafts;
    }

    private static String path(Ref record, String shelf, String what) {
        return record.app() + "/" + shelf + "/" + Names.capital(Names.camel(record.name())) + what + ".java";
    }
}

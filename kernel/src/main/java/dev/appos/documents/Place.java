package dev.appos.documents;

import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Permit;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.FolderRules;
import dev.appos.object.Input;
import dev.appos.object.Query;
import dev.appos.object.RecordDefinition;
import java.util.List;
import java.util.OptionalLong;

/// Where documents are: in a folder, or attached to one record.
///
/// @param record the record they are attached to; empty in a folder
record Place(Definition definition, FolderRules rules, OptionalLong record) {

    /// @throws Refusal if there can be no documents there
    static Place of(Definition definition, OptionalLong record) {
        return switch (definition) {
            case FolderDefinition folder when record.isEmpty() -> new Place(folder, folder.rules(), record);
            case RecordDefinition type when record.isPresent() && type.traits().attachments() ->
                new Place(type, FolderRules.ATTACHMENTS, record);
            default -> throw Refusal.notFound("place for documents at " + definition.ref());
        };
    }

    String ref() {
        return definition.ref().toString();
    }

    /// Lets only those go on who may see the record now, and tells all others what they hear of any record that is
    /// not there. The door decides, by the row filters of the record.
    void enter(Permit permit) {
        record.ifPresent(id -> permit.call(Call.of(
                definition.ref(), new Input.GetRecord(id, List.of(new Query.Selected.Column("id"))))));
    }
}

package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Ref;
import dev.appos.object.FieldDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordTraits;
import dev.appos.record.Demo.F;
import dev.appos.registry.Snapshot;
import dev.appos.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An app with boxes whose definition changes, on a database of its own.
final class Shop implements AutoCloseable {

    static final Ref BOX = new Ref("shop", "records", "box");

    final House house = new House();
    final Path dumps = house.folder.resolve("dumps");
    AppSchema schema = new AppSchema(
            new Migrations(house.database), house.folder.resolve("migrations"),
            new Dumps(dumps, Clock.systemUTC()));

    static RecordDefinition box(F... fields) {
        return Demo.record("shop", "box", true, fields);
    }

    /// The field, which was called so before.
    static F renamed(String former, F field) {
        FieldDefinition definition = field.definition();
        return new F(definition.calledBefore(former));
    }

    static RecordDefinition renamed(String former, RecordDefinition record) {
        RecordTraits traits = record.traits();
        return record.with(new RecordTraits(
                traits.audit(), traits.auditReads(), traits.softDelete(), traits.trashDays(), traits.attachments(),
                traits.live(), Optional.of(former)));
    }

    /// Changes the tables, and looks whether anything is left to change.
    Plan apply(RecordDefinition... records) {
        return apply(Undeclared.KEEP, records);
    }

    Plan apply(Undeclared undeclared, RecordDefinition... records) {
        Snapshot snapshot = Demo.snapshot(records);
        Plan plan = schema.apply(house.database, snapshot, undeclared);
        if (!plan.refused()) {
            Plan again = schema.plan(house.database, snapshot);
            assertThat(again.upToDate()).as("a second run finds nothing to do, but: %s", again).isTrue();
        }
        return plan;
    }

    void sql(String text) {
        house.database.write(sql -> sql.execute(text));
    }

    void insert(String columns, String values) {
        sql("insert into shop.boxes (created_by, updated_by, " + columns + ") values ('a', 'a', " + values + ")");
    }

    String text(String query) {
        return house.database.read(sql -> sql.fetchSingle(query).get(0, String.class));
    }

    List<String> files() {
        return files(house.folder.resolve("migrations").resolve("shop"));
    }

    static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        house.close();
    }
}

package dev.appos.record;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Limits;
import dev.appos.object.Origin;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordKeys;
import dev.appos.object.RecordLabels;
import dev.appos.object.Source;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import dev.appos.registry.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Definitions as the authoring engine makes them from the demo's sources.
final class Demo {

    static final Ref EMPLOYEE = new Ref("crm", "records", "employee");
    static final Ref CUSTOMER = new Ref("crm", "records", "customer");
    static final Ref INVOICE = new Ref("billing", "records", "invoice");

    private Demo() {}

    /// A field that can be made stricter step by step.
    record F(FieldDefinition definition) {

        static F of(String name, ValueType type) {
            return new F(FieldDefinition.of(name, name, type));
        }

        static F text(String name, int longest) {
            return of(name, ValueType.TEXT).longest(longest);
        }

        static F choice(String name, String... choices) {
            return new F(FieldDefinition.of(name, name, ValueType.CHOICE).among(Arrays.asList(choices)));
        }

        static F to(Ref target, String embed, ReferentialAction onDelete) {
            return new F(FieldDefinition.of(embed + "_id", embed, ValueType.REFERENCE)
                    .to(new Target(target, embed, onDelete)));
        }

        F required() {
            return new F(definition.with(new FieldTraits(true, definition.unique())));
        }

        F unique() {
            return new F(definition.with(new FieldTraits(definition.required(), true)));
        }

        F defaults(String value) {
            return new F(definition.from(new Origin.Literal(value)));
        }

        F limits(Limits limits) {
            return new F(definition.with(limits));
        }

        F longest(int length) {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), l.email(), l.minLength(), OptionalInt.of(length), l.min(), l.max(),
                    l.digits(), l.pattern(), l.tense()));
        }

        F notBlank() {
            Limits l = definition.limits();
            return limits(new Limits(
                    true, l.email(), l.minLength(), l.maxLength(), l.min(), l.max(), l.digits(), l.pattern(),
                    l.tense()));
        }

        F email() {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), true, l.minLength(), l.maxLength(), l.min(), l.max(), l.digits(),
                    l.pattern(), l.tense()));
        }

        F range(long min, long max) {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), l.email(), l.minLength(), l.maxLength(), Optional.of(Limits.Bound.of(min)),
                    Optional.of(Limits.Bound.of(max)), l.digits(), l.pattern(), l.tense()));
        }

        F min(long min) {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), l.email(), l.minLength(), l.maxLength(), Optional.of(Limits.Bound.of(min)),
                    l.max(), l.digits(), l.pattern(), l.tense()));
        }

        F digits(int integer, int fraction) {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), l.email(), l.minLength(), l.maxLength(), l.min(), l.max(),
                    Optional.of(new Limits.Digits(integer, fraction)), l.pattern(), l.tense()));
        }

        F pattern(String regex, String message) {
            Limits l = definition.limits();
            return limits(new Limits(
                    l.notBlank(), l.email(), l.minLength(), l.maxLength(), l.min(), l.max(),
                    l.digits(), Optional.of(new Limits.Pattern(regex, message)), l.tense()));
        }
    }

    static RecordDefinition record(String app, String name, boolean audit, F... fields) {
        return record(app, name, audit, List.of(), fields);
    }

    static RecordDefinition record(String app, String name, boolean audit, List<List<String>> unique, F... fields) {
        List<FieldDefinition> definitions = Arrays.stream(fields).map(F::definition).toList();
        List<String> display = definitions.isEmpty() ? List.of() : List.of(definitions.getFirst().name());
        RecordDefinition record = RecordDefinition.of(
                        new Ref(app, "records", name), definitions, Access.UNSTATED,
                        new Source(app + "/records/" + name + ".java", 3))
                .with(new RecordLabels(display, List.of()))
                .with(new RecordKeys(unique, List.of(), List.of()));
        return audit ? record.audited() : record;
    }

    static Snapshot snapshot(RecordDefinition... records) {
        return new Snapshot(Map.of(), Arrays.asList(records), Map.of(), List.of(), Map.of());
    }

    static RecordDefinition employee() {
        return record("crm", "employee", false,
                F.text("last_name", 20).required(),
                F.text("first_name", 20).required(),
                F.text("title", 30),
                F.to(EMPLOYEE, "reports_to", ReferentialAction.SET_NULL),
                F.of("birth_date", ValueType.DATE),
                F.of("hire_date", ValueType.DATE),
                F.text("address", 70),
                F.text("city", 40),
                F.text("state", 40),
                F.text("country", 40),
                F.text("postal_code", 10),
                F.text("phone", 24),
                F.text("fax", 24),
                F.text("email", 60).email());
    }

    static RecordDefinition customer() {
        return record("crm", "customer", true,
                F.text("first_name", 40).notBlank().required(),
                F.text("last_name", 20).required(),
                F.text("company", 80),
                F.text("address", 70),
                F.text("city", 40),
                F.text("state", 40),
                F.text("country", 40),
                F.text("postal_code", 10),
                F.text("phone", 24).pattern("[-+() 0-9.]*", "must be a phone number"),
                F.text("fax", 24),
                F.text("email", 60).email().required().unique(),
                F.to(EMPLOYEE, "support_rep", ReferentialAction.RESTRICT),
                F.choice("status", "ACTIVE", "INACTIVE").required().defaults("ACTIVE"),
                F.of("credit_limit", ValueType.DECIMAL).digits(8, 2).min(0),
                F.of("visits", ValueType.INTEGER).range(0, 1000),
                F.of("newsletter", ValueType.BOOLEAN),
                F.of("last_seen", ValueType.INSTANT),
                F.of("tags", ValueType.LIST),
                F.of("extra", ValueType.MAP));
    }

    static RecordDefinition invoice() {
        return record("billing", "invoice", false,
                F.to(CUSTOMER, "customer", ReferentialAction.RESTRICT).required(),
                F.of("invoice_date", ValueType.DATE).required(),
                F.text("billing_address", 70),
                F.text("billing_city", 40),
                F.text("billing_state", 40),
                F.text("billing_country", 40),
                F.text("billing_postal_code", 10),
                F.of("total", ValueType.DECIMAL).digits(8, 2).required());
    }

    /// All of Chinook.
    static Snapshot chinook() {
        Ref artist = new Ref("billing", "records", "artist");
        Ref album = new Ref("billing", "records", "album");
        Ref genre = new Ref("billing", "records", "genre");
        Ref mediaType = new Ref("billing", "records", "media_type");
        Ref track = new Ref("billing", "records", "track");
        Ref playlist = new Ref("billing", "records", "playlist");
        return snapshot(employee(), customer(), invoice(),
                record("billing", "artist", false, F.text("name", 120)),
                record("billing", "genre", false, F.text("name", 120)),
                record("billing", "media_type", false, F.text("name", 120)),
                record("billing", "playlist", false, F.text("name", 120)),
                record("billing", "album", false,
                        F.text("title", 160).required(), F.to(artist, "artist", ReferentialAction.RESTRICT).required()),
                record("billing", "track", false,
                        F.text("name", 200).required(),
                        F.to(album, "album", ReferentialAction.RESTRICT),
                        F.to(mediaType, "media_type", ReferentialAction.RESTRICT).required(),
                        F.to(genre, "genre", ReferentialAction.RESTRICT),
                        F.text("composer", 220),
                        F.of("milliseconds", ValueType.INTEGER).required(),
                        F.of("bytes", ValueType.LONG),
                        F.of("unit_price", ValueType.DECIMAL).digits(8, 2).required()),
                record("billing", "playlist_track", false, List.of(List.of("playlist_id", "track_id")),
                        F.to(playlist, "playlist", ReferentialAction.CASCADE).required(),
                        F.to(track, "track", ReferentialAction.CASCADE).required()),
                record("billing", "invoice_line", false,
                        F.to(INVOICE, "invoice", ReferentialAction.CASCADE).required(),
                        F.to(track, "track", ReferentialAction.RESTRICT).required(),
                        F.of("unit_price", ValueType.DECIMAL).digits(8, 2).required(),
                        F.of("quantity", ValueType.INTEGER).required().min(1)));
    }
}

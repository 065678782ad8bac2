package dev.appos.generate;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Limits;
import dev.appos.object.Limits.Bound;
import dev.appos.object.Limits.Digits;
import dev.appos.object.Origin;
import dev.appos.object.Target;
import dev.appos.object.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// Reads fields as they are written on a command line: `total:decimal(12,2):required`, `customer:ref(Customer)`.
public final class FieldSpecs {

    /// What may follow the name of a field.
    public static final String TYPES = "text text(80) email int long decimal decimal(12,2) boolean date instant time"
            + " duration uuid map list(text) choice(OPEN|PAID) ref(Customer) ref(crm.Customer,cascade)";

    /// What may follow its type.
    public static final String MORE = "required unique default(x) min(n) max(n)";

    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_NAME = 60;
    private static final Pattern PART = Pattern.compile("([A-Za-z]+)(?:\\(([^()]*)\\))?");
    private static final Pattern TYPE_NAME = Pattern.compile("(?:([a-z][a-z0-9]*)\\.)?([A-Z][A-Za-z0-9]*)");
    private static final Pattern CHOICE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Map<String, ValueType> PLAIN = Map.ofEntries(
            Map.entry("text", ValueType.TEXT),
            Map.entry("email", ValueType.TEXT),
            Map.entry("int", ValueType.INTEGER),
            Map.entry("long", ValueType.LONG),
            Map.entry("decimal", ValueType.DECIMAL),
            Map.entry("boolean", ValueType.BOOLEAN),
            Map.entry("date", ValueType.DATE),
            Map.entry("instant", ValueType.INSTANT),
            Map.entry("time", ValueType.TIME),
            Map.entry("duration", ValueType.DURATION),
            Map.entry("uuid", ValueType.UUID),
            Map.entry("map", ValueType.MAP));

    private FieldSpecs() {}

    /// The fields in their order.
    ///
    /// @param app the app of the record, whose records a reference means without a prefix
    /// @throws Refusal naming the first that cannot be read
    public static List<FieldDefinition> read(String app, List<String> specs) {
        if (specs.isEmpty() || specs.size() > MOST_FIELDS) {
            throw Refusal.malformed("A record has 1 to " + MOST_FIELDS + " fields.",
                    "Write name:text(80) and the like.");
        }
        List<FieldDefinition> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String spec : specs) {
            FieldDefinition field = read(app, spec);
            if (!names.add(field.name())) {
                throw Refusal.malformed("Two fields are called " + field.accessor() + ".", "Rename one.");
            }
            fields.add(field);
        }
        return fields;
    }

    private static FieldDefinition read(String app, String spec) {
        List<String> parts = split(spec);
        if (parts.size() < 2) {
            throw wrong(spec, "has no type", "Write " + spec + ":text or another of: " + TYPES + ".");
        }
        String name = Names.camel(Names.snake(parts.getFirst().strip()));
        if (!usable(name)) {
            throw wrong(spec, "has a name that no field can have", "Write it like creditLimit; no word of Java.");
        }
        FieldDefinition field = type(app, spec, name, parts.get(1).strip());
        for (String more : parts.subList(2, parts.size())) {
            field = more(spec, field, more.strip());
        }
        return field;
    }

    /// Whether Java, and a record, can call a field so.
    static boolean usable(String name) {
        return name.matches("[a-z][A-Za-z0-9]*") && name.length() <= LONGEST_NAME && SourceVersion.isName(name)
                && !Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait")
                        .contains(name)
                && !dev.appos.object.RecordDefinition.SYSTEM_COLUMNS.contains(Names.snake(name));
    }

    /// Between colons that stand in no parentheses.
    private static List<String> split(String spec) {
        return Arrays.asList(spec.split(":(?![^(]*\\))", -1));
    }

    private static FieldDefinition type(String app, String spec, String name, String written) {
        Matcher part = PART.matcher(written);
        if (!part.matches()) {
            throw wrong(spec, "has the type " + written, "Write one of: " + TYPES + ".");
        }
        String word = part.group(1).toLowerCase(Locale.ROOT);
        List<String> inside = part.group(2) == null ? List.of()
                : Arrays.stream(part.group(2).split("[,|]")).map(String::strip).toList();
        FieldDefinition field = FieldDefinition.of(
                Names.snake(name), name, PLAIN.getOrDefault(word, ValueType.TEXT));
        return switch (word) {
            case "text", "email" -> field.with(text(spec, word.equals("email"), inside));
            case "decimal" -> inside.isEmpty() ? field : field.with(digits(decimal(spec, inside)));
            case "choice" -> choice(spec, name, inside);
            case "list" -> list(spec, name, inside);
            case "ref" -> reference(app, spec, name, inside);
            default -> {
                if (!PLAIN.containsKey(word) || !inside.isEmpty()) {
                    throw wrong(spec, "has the type " + written, "Write one of: " + TYPES + ".");
                }
                yield field;
            }
        };
    }

    private static Limits text(String spec, boolean email, List<String> inside) {
        OptionalInt longest = inside.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(spec, inside.getFirst()));
        return new Limits(false, email, OptionalInt.empty(), longest, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Digits decimal(String spec, List<String> inside) {
        int all = number(spec, inside.getFirst());
        int fraction = inside.size() == 1 ? 0 : number(spec, inside.get(1));
        if (fraction > all || all == 0) {
            throw wrong(spec, "has more digits behind the point than in all", "Write decimal(12,2).");
        }
        return new Digits(all - fraction, fraction);
    }

    static Limits digits(Digits digits) {
        return new Limits(false, false, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(),
                Optional.of(digits), Optional.empty(), Optional.empty());
    }

    private static FieldDefinition choice(String spec, String name, List<String> inside) {
        boolean names = inside.stream().allMatch(each -> CHOICE.matcher(each).matches() && SourceVersion.isName(each));
        if (inside.isEmpty() || !names || new HashSet<>(inside).size() < inside.size()) {
            throw wrong(spec, "has no choices that Java could name", "Write choice(OPEN|PAID).");
        }
        return FieldDefinition.of(Names.snake(name), name, ValueType.CHOICE).among(inside);
    }

    private static FieldDefinition list(String spec, String name, List<String> inside) {
        ValueType element = inside.size() == 1 ? PLAIN.get(inside.getFirst()) : null;
        if (element == null || element == ValueType.MAP) {
            throw wrong(spec, "says a list of something else than one plain type", "Write list(text) or list(int).");
        }
        return FieldDefinition.of(Names.snake(name), name, ValueType.LIST).listOf(element);
    }

    private static FieldDefinition reference(String app, String spec, String name, List<String> inside) {
        Matcher type = TYPE_NAME.matcher(inside.isEmpty() ? Names.capital(name) : inside.getFirst());
        if (!type.matches()) {
            throw wrong(spec, "leads to no record type", "Write ref(Customer) or ref(crm.Customer).");
        }
        ReferentialAction onDelete = inside.size() < 2 ? ReferentialAction.RESTRICT : switch (inside.get(1)) {
            case "cascade" -> ReferentialAction.CASCADE;
            case "set_null" -> ReferentialAction.SET_NULL;
            case "restrict" -> ReferentialAction.RESTRICT;
            default -> throw wrong(spec, "says " + inside.get(1), "Write restrict, cascade or set_null.");
        };
        Ref to = new Ref(Optional.ofNullable(type.group(1)).orElse(app), "records", Names.snake(type.group(2)));
        return reference(name, to, onDelete);
    }

    static FieldDefinition reference(String name, Ref to, ReferentialAction onDelete) {
        String embed = Names.snake(name);
        return FieldDefinition.of(embed + "_id", name, ValueType.REFERENCE).to(new Target(to, embed, onDelete));
    }

    private static FieldDefinition more(String spec, FieldDefinition field, String written) {
        Matcher part = PART.matcher(written);
        String word = part.matches() ? part.group(1) : "";
        String inside = part.matches() && part.group(2) != null ? part.group(2).strip() : "";
        return switch (word) {
            case "required" -> field.with(new FieldTraits(true, field.unique()));
            case "unique" -> field.with(new FieldTraits(field.required(), true));
            case "default" -> field.from(new Origin.Literal(inside));
            case "min" -> field.with(bounds(field, Optional.of(bound(spec, inside)), field.limits().max()));
            case "max" -> field.with(bounds(field, field.limits().min(), Optional.of(bound(spec, inside))));
            default -> throw wrong(spec, "says " + written, "Write one of: " + MORE + ".");
        };
    }

    private static Limits bounds(FieldDefinition field, Optional<Bound> min, Optional<Bound> max) {
        Limits is = field.limits();
        return new Limits(is.notBlank(), is.email(), is.minLength(), is.maxLength(), min, max, is.digits(),
                is.pattern(), is.tense());
    }

    private static Bound bound(String spec, String written) {
        try {
            return new Bound(new BigDecimal(written), true);
        } catch (NumberFormatException _) {
            throw wrong(spec, "has the bound " + written, "Write a number: min(0).");
        }
    }

    private static int number(String spec, String written) {
        if (!written.matches("[0-9]{1,7}")) {
            throw wrong(spec, "says " + written + " where a number stands", "Write text(80) or decimal(12,2).");
        }
        return Integer.parseInt(written);
    }

    private static Refusal wrong(String spec, String what, String remedy) {
        return Refusal.malformed("The field " + spec + " " + what + ".", remedy);
    }
}

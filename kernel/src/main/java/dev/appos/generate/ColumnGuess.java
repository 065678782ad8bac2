package dev.appos.generate;

import dev.appos.base.Names;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Limits;
import dev.appos.object.Limits.Digits;
import dev.appos.object.ValueType;
import dev.appos.object.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a column of a CSV file holds, judged by its cells: the narrowest type that takes every one of them.
final class ColumnGuess {

    /// From the narrowest on; a text is what remains.
    private static final List<ValueType> TRIED = List.of(
            ValueType.BOOLEAN, ValueType.INTEGER, ValueType.LONG, ValueType.DECIMAL, ValueType.DATE, ValueType.INSTANT,
            ValueType.TIME, ValueType.UUID);

    private static final List<Integer> LENGTHS = List.of(20, 40, 80, 120, 200, 500, 1000, 2000);
    private static final int MOST_CHOICES = 12;
    private static final int ROWS_A_CHOICE = 3;
    private static final Pattern CHOICE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private final String name;
    private final Set<ValueType> possible = EnumSet.copyOf(TRIED);
    private final Set<String> choices = new TreeSet<>();
    private boolean named = true;
    private boolean emails = true;
    private boolean empty;
    private int filled;
    private int longest;
    private int integer;
    private int fraction;

    /// @param name of the field
    ColumnGuess(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void see(String cell) {
        if (cell.isEmpty()) {
            empty = true;
            return;
        }
        filled++;
        longest = Math.max(longest, cell.length());
        emails &= EMAIL.matcher(cell).matches();
        named &= choices.size() <= MOST_CHOICES && CHOICE.matcher(cell).matches();
        if (named) {
            choices.add(cell);
        }
        possible.removeIf(type -> !holds(type, cell));
        if (possible.contains(ValueType.DECIMAL)) {
            BigDecimal number = new BigDecimal(cell.strip());
            fraction = Math.max(fraction, number.scale());
            integer = Math.max(integer, number.precision() - number.scale());
        }
    }

    private static boolean holds(ValueType type, String cell) {
        boolean number = type.numeric();
        // A number that begins with a nought is a text: a postcode, a telephone number.
        if (number && cell.matches("[+-]?0\\d.*|\\+.*|.*[eE].*")
                || type == ValueType.BOOLEAN && !cell.matches("true|false")) {
            return false;
        }
        try {
            Values.parse(type, List.of(), cell);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    FieldDefinition field() {
        ValueType type = filled == 0 ? ValueType.TEXT
                : TRIED.stream().filter(possible::contains).findFirst().orElse(ValueType.TEXT);
        FieldDefinition field = FieldDefinition.of(Names.snake(name), name, type)
                .with(new FieldTraits(!empty && filled > 0, false));
        if (type == ValueType.DECIMAL) {
            return field.with(FieldSpecs.digits(new Digits(Math.max(integer, 10), Math.max(fraction, 2))));
        }
        if (type != ValueType.TEXT) {
            return field;
        }
        boolean few = choices.size() > 1 && choices.size() <= MOST_CHOICES;
        if (named && few && filled >= choices.size() * ROWS_A_CHOICE) {
            return FieldDefinition.of(field.name(), name, ValueType.CHOICE)
                    .with(field.traits()).among(new ArrayList<>(choices));
        }
        boolean email = filled > 0 && emails && name.toLowerCase(Locale.ROOT).contains("mail");
        // What comes next may be a little longer.
        OptionalInt length = LENGTHS.stream()
                .filter(each -> each >= longest + longest / 4).mapToInt(each -> each).findFirst();
        return field.with(new Limits(false, email, OptionalInt.empty(), length, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()));
    }
}

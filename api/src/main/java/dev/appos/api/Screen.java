package dev.appos.api;

import java.math.BigDecimal;
import java.util.Map;

/// The words of screens, imported by the platform's prelude: `page`, `stats`, `metric`, `table`, `text`.
public final class Screen {

    private Screen() {}

    /// A whole screen under a title.
    public static Ui page(String title, Ui... parts) {
        return Node.of("Page", Map.of("title", title), parts);
    }

    /// Parts under a heading of their own.
    public static Ui section(String title, Ui... parts) {
        return Node.of("Section", Map.of("title", title), parts);
    }

    /// Parts side by side.
    public static Ui row(Ui... parts) {
        return Node.of("Row", Map.of(), parts);
    }

    /// A line of figures.
    public static Ui stats(Ui... metrics) {
        return Node.of("Stats", Map.of(), metrics);
    }

    /// A whole number under a label.
    public static Ui metric(String label, long value) {
        return Node.of("Stat", Map.of("label", label, "value", value, "format", "number"));
    }

    /// An exact decimal under a label.
    public static Ui metric(String label, BigDecimal value) {
        return Node.of("Stat", Map.of("label", label, "value", value, "format", "decimal"));
    }

    /// An amount of money under a label, in a currency such as `USD`.
    public static Ui money(String label, BigDecimal value, String currency) {
        return Node.of("Stat", Map.of("label", label, "value", value, "format", "money", "currency", currency));
    }

    /// A paragraph.
    public static Ui text(String text) {
        return Node.of("Text", Map.of("text", text));
    }

    /// A table over the records of one type.
    public static TableUi table(RecordSet<?, ?, ?> records) {
        return TableUi.of(records.ref());
    }
}

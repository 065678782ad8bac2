package dev.appos.govern;

import dev.appos.base.Ids;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The rows that say what agents may spend.
public final class Budgets {

    /// For how long an amount is meant.
    public enum Per {
        /// One outermost call.
        RUN,
        MINUTE,
        HOUR,
        DAY,
        MONTH,
        /// For ever.
        TOTAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Per of(String word) {
            List<String> words = Arrays.stream(values()).map(Per::word).toList();
            if (!words.contains(word)) {
                throw Refusal.invalid("The budget", "/budget/per", "unknown",
                        "must be one of " + String.join(", ", words) + ". " + Nearest.remedy(word, words));
            }
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// What one agent may spend, and has.
    ///
    /// @param amount in the unit: calls, tokens, cents, or whole currency such as `5.00` EUR
    public record Budget(String agent, BigDecimal amount, String unit, String per, BigDecimal spent) {}

    static final String CALLS = "calls";
    static final String TOKENS = "tokens";
    static final String CENTS = "cents";

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int DIGITS_MAX = 100;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);

    private final Ids ids;
    private final Clock clock;

    public Budgets(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// Gives an agent a budget in the place of the one it had, with nothing spent.
    ///
    /// @param agent  with the prefix `agent:`
    /// @param written the unit: `calls`, `tokens`, `cents`, or a currency such as `EUR`
    /// @param amount of the unit; a currency may have two digits after the point
    /// @throws Refusal naming what is wrong
    public void set(DSLContext sql, String agent, BigDecimal amount, String written, String per) {
        String unit = written.length() == 3 ? written.toUpperCase(Locale.ROOT) : written;
        if (!List.of(CALLS, TOKENS, CENTS).contains(unit) && !CURRENCY.matcher(unit).matches()) {
            throw Refusal.invalid("The budget", "/budget/unit", "unknown",
                    "must be calls, tokens, cents or a currency such as EUR");
        }
        Per window = Per.of(per);
        // Compared first: cutting off the digits of a number without bounds would cost the memory it means.
        boolean small = amount.signum() >= 0 && amount.compareTo(LARGEST) <= 0 && amount.scale() <= DIGITS_MAX;
        if (!small || amount.setScale(fraction(unit), RoundingMode.DOWN).compareTo(amount) != 0) {
            throw Refusal.invalid("The budget", "/budget/amount", "value",
                    "must be between 0 and " + LARGEST.toPlainString() + " with at most " + fraction(unit)
                            + " digits after the point");
        }
        Instant now = clock.instant();
        sql.execute(
                """
                insert into appos.budgets (id, agent, amount, unit, per, window_start, reserved_until)
                values (?, ?, ?, ?, ?, cast(? as timestamptz), cast(? as timestamptz))
                on conflict (agent) do update
                set id = excluded.id, amount = excluded.amount, unit = excluded.unit, per = excluded.per,
                    window_start = excluded.window_start, reserved_until = excluded.reserved_until,
                    reserved = 0, spent = 0
                """,
                ids.next(),
                agent,
                amount.movePointRight(fraction(unit)).longValueExact(),
                unit,
                window.word(),
                Windows.start(window, now),
                now);
    }

    /// The budget of an agent, if it has one.
    public Optional<Budget> find(DSLContext sql, String agent) {
        return sql.fetchOptional(
                        """
                        select agent, amount, unit, per, window_start, reserved + spent as spent
                        from appos.budgets where agent = ?
                        """,
                        agent)
                .map(this::budget);
    }

    private Budget budget(Record row) {
        String unit = row.get("unit", String.class);
        Per per = Per.of(row.get("per", String.class));
        Instant start = Windows.start(per, clock.instant());
        boolean over = row.get("window_start", Instant.class).isBefore(start) || per == Per.RUN;
        long spent = over ? 0 : row.get("spent", long.class);
        return new Budget(
                row.get("agent", String.class),
                BigDecimal.valueOf(row.get("amount", long.class), fraction(unit)),
                unit,
                per.word(),
                BigDecimal.valueOf(spent, fraction(unit)));
    }

    private static int fraction(String unit) {
        return CURRENCY.matcher(unit).matches() ? 2 : 0;
    }
}

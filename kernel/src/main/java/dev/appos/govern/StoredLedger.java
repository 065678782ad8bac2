package dev.appos.govern;

import dev.appos.base.Refusal;
import dev.appos.secure.Principal;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Budgets as rows: taking from one is a single statement that checks and adds at once, so of any number of callers
/// none takes what another has taken.
///
/// Calls are counted by one. Tokens are a quarter of the characters of input and output, rounded up. Money is a price
/// for each call. What is set aside and never settled, because the process that did it is gone, is charged in full
/// after [#RESERVED_FOR]: the call may have happened.
public final class StoredLedger implements Ledger {

    /// How long a reservation waits to be settled.
    public static final Duration RESERVED_FOR = Duration.ofMinutes(10);

    /// What is set aside for the answer of a call in tokens, before its length is known.
    public static final long ANSWER_TOKENS = 256;

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Database database;
    private final Clock clock;
    private final IntSupplier centsPerCall;

    /// @param centsPerCall what one call costs in budgets of money
    public StoredLedger(Database database, Clock clock, IntSupplier centsPerCall) {
        this.database = database;
        this.clock = clock;
        this.centsPerCall = centsPerCall;
    }

    @Override
    public Reservation reserve(Principal.Agent agent, long characters) {
        Instant now = clock.instant();
        Instant until = now.plus(RESERVED_FOR);
        return database.read(sql -> sql.fetchOptional(
                                RESERVE,
                                DSL.val(agent.name()),
                                DSL.val(now),
                                DSL.val(until),
                                DSL.val(Windows.start(Budgets.Per.MINUTE, now)),
                                DSL.val(Windows.start(Budgets.Per.HOUR, now)),
                                DSL.val(Windows.start(Budgets.Per.DAY, now)),
                                DSL.val(Windows.start(Budgets.Per.MONTH, now)),
                                DSL.val(tokens(characters) + ANSWER_TOKENS),
                                DSL.val((long) centsPerCall.getAsInt()))
                        .map(row -> new Reservation(
                                row.get("id", UUID.class),
                                row.get("price", long.class),
                                characters,
                                row.get("window_start", Instant.class),
                                until))
                        .orElseGet(() -> sql.fetchOptional(
                                        "select amount, unit, per from appos.budgets where agent = ?", agent.name())
                                .map(budget -> {
                                    throw spent(agent, budget, now);
                                })
                                .map(Reservation.class::cast)
                                .orElse(Reservation.NONE)));
    }

    /// The window rolls over, reservations nobody came back for are charged, and the price is set aside, if all of
    /// that stays within the amount. All of it is computed from the row itself, so a statement that waited for it
    /// sees it anew.
    private static final String RESERVE =
            """
            update appos.budgets b
            set window_start = {W}, spent = {S}, reserved = {R} + {P}, reserved_until = {2}
            where b.agent = {0} and {S} + {R} + {P} <= b.amount
            returning b.id, b.window_start, {P} as price
            """
                    .replace("{S}", "(case when b.per = 'run' or b.window_start < {W} then 0"
                            + " when b.reserved_until <= {1} then b.spent + b.reserved else b.spent end)")
                    .replace("{R}", "(case when b.per = 'run' or b.window_start < {W} or b.reserved_until <= {1}"
                            + " then 0 else b.reserved end)")
                    .replace("{W}", "(case b.per when 'run' then {1} when 'minute' then {3} when 'hour' then {4}"
                            + " when 'day' then {5} when 'month' then {6} else b.window_start end)")
                    .replace("{P}", "(case b.unit when 'calls' then 1 when 'tokens' then {7} else {8} end)");

    @Override
    public void settle(Reservation reservation, long characters) {
        long tokens = tokens(reservation.characters() + characters);
        charge(reservation, Optional.of(tokens));
    }

    @Override
    public void release(Reservation reservation) {
        charge(reservation, Optional.empty());
    }

    /// What was reserved in a window that is over was counted there; what came back too late was charged in full.
    private void charge(Reservation reservation, Optional<Long> tokens) {
        if (reservation.equals(Reservation.NONE) || !clock.instant().isBefore(reservation.until())) {
            return;
        }
        database.read(sql -> sql.execute(
                """
                update appos.budgets
                set reserved = greatest(reserved - {0}, 0),
                    spent = spent + case when {1} then case unit when 'tokens' then {2} else {0} end else 0 end
                where id = {3} and window_start = {4}
                """,
                DSL.val(reservation.amount()),
                DSL.val(tokens.isPresent()),
                DSL.val(tokens.orElse(0L)),
                DSL.val(reservation.budget()),
                DSL.val(reservation.window())));
    }

    private static long tokens(long characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }

    private static Refusal spent(Principal.Agent agent, Record budget, Instant now) {
        Budgets.Per per = Budgets.Per.of(budget.get("per", String.class));
        return Refusal.overBudget(
                "The budget of %s is used up: %s %s per %s.".formatted(
                        agent.name(),
                        budget.get("amount"),
                        unit(budget.get("unit", String.class)),
                        per.word()),
                Windows.left(per, now).orElse(Duration.ofDays(1)));
    }

    private static String unit(String unit) {
        return unit.length() == 3 ? "hundredths of " + unit : unit;
    }
}

package dev.appos.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Reason;
import dev.appos.govern.Ledger.Reservation;
import dev.appos.secure.Principal;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.SettableClock;
import dev.appos.store.Database;
import dev.appos.store.TestPostgres;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StoredLedgerTest {

    private static final Principal.Agent AGENT = new Principal.Agent(
            "agent:helper", new Principal.User("robot", Type.SERVICE_ACCOUNT, Set.of()), List.of(), Optional.empty());

    private final SettableClock clock = new SettableClock();
    private final Database database = TestPostgres.database();
    private final Budgets budgets = new Budgets(new Ids(clock, new SecureRandom()), clock);
    private final StoredLedger ledger = new StoredLedger(database, clock, () -> 1);

    @AfterEach
    void close() {
        database.close();
    }

    private void budget(String amount, String unit, String per) {
        database.write(sql -> {
            budgets.set(sql, AGENT.name(), new BigDecimal(amount), unit, per);
            return unit;
        });
    }

    private BigDecimal spent() {
        return database.read(sql -> budgets.find(sql, AGENT.name())).orElseThrow().spent();
    }

    private boolean reserved(long characters) {
        try {
            ledger.reserve(AGENT, characters);
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.reason()).isEqualTo(Reason.OVER_BUDGET);
            return false;
        }
    }

    @Test
    void without_a_budget_nothing_is_reserved() {
        assertThat(ledger.reserve(AGENT, 10)).isEqualTo(Reservation.NONE);
        ledger.settle(Reservation.NONE, 10);
    }

    @Test
    void calls_are_counted_and_refused_until_the_next_period() {
        budget("2", "calls", "hour");
        ledger.settle(ledger.reserve(AGENT, 0), 1000);
        ledger.settle(ledger.reserve(AGENT, 0), 1000);

        assertThatThrownBy(() -> ledger.reserve(AGENT, 0)).asInstanceOf(type(Refusal.class)).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.OVER_BUDGET);
            assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(30));
            assertThat(refusal).hasMessage("The budget of agent:helper is used up: 2 calls per hour.");
        });
        clock.forward(Duration.ofMinutes(30));
        assertThat(reserved(0)).isTrue();
        assertThat(spent()).isEqualByComparingTo("1");
    }

    @Test
    void two_hundred_at_once_spend_no_more_than_there_is() throws Exception {
        budget("50", "calls", "day");

        assertThat(won(200, () -> reserved(0))).isEqualTo(50);
        assertThat(spent()).isEqualByComparingTo("50");
    }

    /// The control: looking first and adding afterwards lets more through, so the test above can fail.
    @Test
    void looking_first_and_adding_afterwards_would_overspend() throws Exception {
        budget("50", "calls", "day");
        CountDownLatch looked = new CountDownLatch(60);

        int won = won(60, () -> {
            boolean room = spent().compareTo(BigDecimal.valueOf(50)) < 0;
            looked.countDown();
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return room && database.read(sql -> sql.execute("update appos.budgets set spent = spent + 1")) == 1;
        });

        assertThat(won).isGreaterThan(50);
    }

    private static int won(int callers, BooleanSupplier call) throws Exception {
        List<Future<Boolean>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(call::getAsBoolean));
            }
        }
        int won = 0;
        for (Future<Boolean> each : calls) {
            won += each.get() ? 1 : 0;
        }
        return won;
    }

    @Test
    void tokens_are_reserved_by_estimate_and_charged_exactly() {
        budget("1000", "tokens", "day");
        Reservation reservation = ledger.reserve(AGENT, 401);
        assertThat(spent()).isEqualByComparingTo(BigDecimal.valueOf(101 + StoredLedger.ANSWER_TOKENS));

        ledger.settle(reservation, 100);

        assertThat(spent()).isEqualByComparingTo("126");
        assertThat(reserved(4 * 1000)).isFalse();
    }

    @Test
    void money_costs_a_price_for_each_call() {
        budget("0.03", "EUR", "day");
        ledger.settle(ledger.reserve(AGENT, 0), 5000);
        ledger.settle(ledger.reserve(AGENT, 0), 5000);
        assertThat(spent()).isEqualByComparingTo("0.02");
        assertThat(reserved(0)).isTrue();
        assertThat(reserved(0)).isFalse();
    }

    @Test
    void a_call_that_did_nothing_costs_nothing() {
        budget("1", "calls", "total");
        ledger.release(ledger.reserve(AGENT, 0));

        assertThat(reserved(0)).isTrue();
        assertThat(reserved(0)).isFalse();
        clock.forward(Duration.ofDays(400));
        assertThat(reserved(0)).isFalse();
    }

    @Test
    void what_nobody_comes_back_for_is_charged_in_full() {
        budget("2", "calls", "total");
        Reservation lost = ledger.reserve(AGENT, 0);
        clock.forward(StoredLedger.RESERVED_FOR);
        assertThat(reserved(0)).isTrue();

        ledger.release(lost);

        assertThat(reserved(0)).isFalse();
        assertThat(spent()).isEqualByComparingTo("2");
    }

    @Test
    void what_was_reserved_in_one_period_is_not_charged_to_the_next() {
        budget("1", "calls", "minute");
        Reservation earlier = ledger.reserve(AGENT, 0);
        clock.forward(Duration.ofMinutes(1));
        assertThat(reserved(0)).isTrue();

        ledger.settle(earlier, 0);

        assertThat(spent()).isEqualByComparingTo("1");
    }

    @Test
    void a_budget_per_run_is_for_each_call_alone() {
        budget("300", "tokens", "run");

        assertThat(reserved(40)).isTrue();
        assertThat(reserved(40)).isTrue();
        assertThat(reserved(4 * 300)).isFalse();
    }

    @Test
    void a_budget_that_means_nothing_is_refused() {
        assertThatThrownBy(() -> budget("1", "apples", "day")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> budget("1", "calls", "dya")).hasMessageContaining("Did you mean day?");
        assertThatThrownBy(() -> budget("-1", "calls", "day")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> budget("0.001", "EUR", "day")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> budget("0.5", "calls", "day")).isInstanceOf(Refusal.class);
    }

    @Test
    void an_amount_without_bounds_is_refused_at_once() {
        for (String amount : List.of("1e99999999", "1e-99999999", "0e-99999999", "-1")) {
            assertThatThrownBy(() -> budget(amount, "calls", "hour"))
                    .as(amount).isInstanceOf(Refusal.class).hasMessageContaining("/budget/amount");
        }
    }
}

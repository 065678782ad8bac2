package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.store.Database;
import dev.appos.store.Session;
import dev.appos.store.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Changes get their positions after they are committed, so that who reads by position misses none.
class LiveOrderTest {

    private static final String CHANGE =
            "insert into appos.live_change (record, record_id, version, kind) values ('a.bs', ?, ?, 'updated')";

    @Test
    void what_is_committed_late_is_told_although_its_number_is_lower() {
        try (Database database = TestPostgres.database();
                LiveFeed feed = new LiveFeed(database, failure -> {
                    throw new AssertionError(failure);
                });
                Session slow = database.open(true)) {
            slow.sql().execute(CHANGE, 1, 1);
            database.write(sql -> sql.execute(CHANGE, 2, 1));

            long byNumber = after(database, 0).getLast();
            long byPosition = feed.open();
            assertThat(told(database, 0)).containsExactly(2L);
            slow.commit();

            // The control: who goes by the sequence alone never hears of the first.
            assertThat(after(database, byNumber)).isEmpty();
            long now = feed.open();
            assertThat(now).isEqualTo(byPosition + 1);
            assertThat(told(database, byPosition)).containsExactly(1L);
            feed.leave();
            feed.leave();
        }
    }

    @Test
    void positions_go_on_after_everything_is_forgotten() {
        try (Database database = TestPostgres.database();
                LiveFeed feed = new LiveFeed(database, failure -> {
                    throw new AssertionError(failure);
                })) {
            database.write(sql -> sql.execute(CHANGE, 1, 1));
            database.write(sql -> sql.execute("update appos.live_change set at = now() - interval '61 minutes'"));
            feed.forget();
            assertThat(feed.forgotten()).isEqualTo(1);
            database.write(sql -> sql.execute(CHANGE, 1, 2));
            assertThat(feed.open()).isEqualTo(2);
            feed.leave();
        }
    }

    /// As a reader that keeps the greatest number it has seen would ask.
    private static List<Long> after(Database database, long last) {
        return database.read(sql -> sql.fetch("select id from appos.live_change where id > ? order by id", last)
                .getValues(0, Long.class));
    }

    private static List<Long> told(Database database, long last) {
        return database.read(sql -> sql.fetch(
                        "select record_id from appos.live_change where position > ? order by position", last)
                .getValues(0, Long.class));
    }
}

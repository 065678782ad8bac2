package dev.appos.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.cache.RedisCache;
import dev.appos.cache.RedisSettings;
import dev.appos.cache.SharedCache;
import dev.appos.insight.Health;
import dev.appos.insight.HealthResult;
import dev.appos.insight.HealthSettings;
import dev.appos.insight.HealthStatus;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSettings;
import dev.appos.trace.Redaction;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the checks of the platform find.
class HealthChecksTest {

    private static final LogSettings USUAL = LogSettings.DEFAULT;

    /// Room for five entries, and a writer that does not look before the end.
    private static final LogSettings SMALL = new LogSettings(
            USUAL.level(), 5, Duration.ofMinutes(5), 1_000, 0, 7, USUAL.retention(), USUAL.cleanUpAt());

    @TempDir
    private Path folder;

    @Test
    void a_log_that_drops_entries_is_found_until_it_drops_no_more() {
        Health.Facts facts = new Health.Facts("1", "test", Instant.EPOCH);
        try (JsonLog log = new JsonLog(folder, SMALL, Redaction.ON);
                Health health = new Health(facts, HealthSettings.DEFAULT, Clock.systemUTC())) {
            new HealthChecks(health).log(log);
            assertThat(health.run("log").status()).isEqualTo(HealthStatus.HEALTHY);
            for (int i = 0; i < 8; i++) {
                log.system(Level.INFO, Instant.EPOCH, "noise", Map.of());
            }
            HealthResult full = health.run("log");
            assertThat(full.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(full.message()).contains("5 entries waiting, 3 dropped since the start, 3 of them just now");
            assertThat(health.run("log").status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }

    @Test
    void a_redis_that_is_away_is_told_and_keeps_nobody_from_being_served() {
        Health.Facts facts = new Health.Facts("1", "test", Instant.EPOCH);
        try (SharedCache away = new RedisCache(RedisSettings.of("redis://127.0.0.1:1"), System::nanoTime);
                Health health = new Health(facts, HealthSettings.DEFAULT, Clock.systemUTC())) {
            new HealthChecks(health).redis(away);
            HealthResult result = health.run("redis");
            assertThat(result.status()).isNotEqualTo(HealthStatus.HEALTHY);
            assertThat(result.message()).contains("does not answer");
            assertThat(result.critical()).isFalse();
        }
    }
}

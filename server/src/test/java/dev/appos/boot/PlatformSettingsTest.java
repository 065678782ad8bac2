package dev.appos.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.identity.IdentitySettings;
import dev.appos.identity.SessionLimits;
import dev.appos.process.ProcessSettings;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.PoolSettings;
import dev.appos.trace.JsonLog;
import dev.appos.trace.LogSettings;
import dev.appos.web.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written reaches whoever is adjusted by it, in the form in which they take it.
class PlatformSettingsTest {

    @TempDir
    private Path folder;

    private Settings read(String yaml) throws IOException {
        Files.writeString(folder.resolve("appos.yaml"), yaml);
        return Settings.read(folder, Optional.empty(), Map.of());
    }

    @Test
    void without_a_file_everything_is_as_its_consumer_has_it_by_itself() {
        Settings settings = Settings.of(folder);

        assertThat(settings.database()).isEmpty();
        assertThat(settings.redis()).isEmpty();
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.pool()).isEqualTo(PoolSettings.DEFAULT);
        assertThat(settings.identity()).isEqualTo(IdentitySettings.DEFAULT);
        assertThat(settings.processes().atOnce()).isEqualTo(ProcessSettings.DEFAULT.atOnce());
        assertThat(settings.server()).usingRecursiveComparison().ignoringFields("name", "drain", "edge")
                .isEqualTo(ServerSettings.DEFAULT);
        assertThat(settings.server().drain().get()).isEqualTo(ServerSettings.DEFAULT.drain().get());
        assertThat(settings.log()).isEqualTo(LogSettings.DEFAULT);
        assertThat(settings.logs()).isEqualTo(folder.resolve(".appos/logs"));
    }

    @Test
    void what_is_written_arrives() throws IOException {
        Settings settings = read("""
                platform: {name: Ours, environment: prod}
                server: {host: 127.0.0.2, port: 81, public_url: "https://ours.example"}
                database: {pool_size: 3, max_overflow: 4, pool_timeout: 2, pool_recycle: 60}
                security: {session_timeout: 61, idle_timeout: 62, max_concurrent_sessions: 2, max_login_attempts: 3,
                  token_timeout: 63, lockout_seconds: 64, permission_cache_ttl: 9}
                process_instances: {concurrency: 12}
                agents: {call_cents: 5}
                logging: {directory: journal, level: ERROR, rotation: {strategy: size, max_file_size_mb: 5,
                  compress_after_days: 2}, retention: {execution: 11, performance: 12, security: 13},
                  cleanup_schedule: "30 4 * * *", async_queue: {flush_interval_ms: 20, flush_batch_size: 7,
                  max_queue_size: 500}}
                monitoring: {health_endpoint: /alive, ready_endpoint: /able}
                shutdown: {grace_period_seconds: 5, workers_timeout_seconds: 6, force_kill_after: 20}
                redis: {host: cache}
                """);

        assertThat(settings.server()).usingRecursiveComparison().ignoringFields("name", "drain", "edge").isEqualTo(
                new ServerSettings("127.0.0.2", 81, true, "/alive", "/able", null, null, null));
        assertThat(settings.log()).isEqualTo(new LogSettings(
                JsonLog.Level.ERROR, 500, Duration.ofMillis(20), 7, 5L * 1024 * 1024, 2,
                new LogSettings.Retention(11, 12, 13), LocalTime.of(4, 30)));
        assertThat(settings.withPort(5).server().port()).isEqualTo(5);
        assertThat(settings.server().name().get()).isEqualTo("Ours");
        assertThat(settings.server().drain().get()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.publicUrl()).contains("https://ours.example");
        assertThat(settings.pool()).isEqualTo(
                new PoolSettings(3, 7, Duration.ofSeconds(2), Duration.ofSeconds(60)));
        SessionLimits usual = SessionLimits.DEFAULT;
        assertThat(settings.identity().sessions()).isEqualTo(new SessionLimits(
                Duration.ofSeconds(61), Duration.ofSeconds(62), 2, Duration.ofSeconds(63), usual.tokensPerOwner(),
                usual.keyOverlapMax()));
        assertThat(settings.identity().logins().attempts()).isEqualTo(3);
        assertThat(settings.identity().logins().lockedFor()).isEqualTo(Duration.ofSeconds(64));
        assertThat(settings.lookEvery()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.processes().atOnce()).isEqualTo(12);
        assertThat(settings.processes().closeWait().get()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.shutdown().most()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.callCents()).isEqualTo(5);
        assertThat(settings.logs()).isEqualTo(folder.resolve("journal"));
        assertThat(settings.redis().orElseThrow().url()).isEqualTo("redis://cache:6379/0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url: 'jdbc:postgresql://h:1/x?a=b'                 | jdbc:postgresql://h:1/x?a=b        | appos | ''
            url: 'postgresql://h:1/x'                          | jdbc:postgresql://h:1/x            | appos | ''
            url: 'postgresql+psycopg2://me:p%40+w@h:1/x?a=b'   | jdbc:postgresql://h:1/x?a=b        | me    | p@+w
            url: 'postgres://me:pw@h/x', user: you, password: z | jdbc:postgresql://h/x              | you   | z
            url: 'jdbc:postgresql://me:pw@h/x'                 | jdbc:postgresql://h/x              | me    | pw
            url: 'postgresql://me:p%zz@h/x'                    | jdbc:postgresql://h/x              | me    | p%zz
            host: db                                           | jdbc:postgresql://db:5432/appos_platform | appos | ''
            name: x, port: 7, user: me                         | jdbc:postgresql://localhost:7/x    | me    | ''
            """)
    void a_database_is_named_in_any_of_its_usual_forms(String keys, String url, String user, String password)
            throws IOException {
        DatabaseSettings database = read("database: {" + keys + "}").database().orElseThrow();

        assertThat(database.jdbcUrl()).isEqualTo(url);
        assertThat(database.user()).isEqualTo(user);
        assertThat(database.password()).isEqualTo(password);
        assertThat(database.pool()).isEqualTo(PoolSettings.DEFAULT);
    }
}

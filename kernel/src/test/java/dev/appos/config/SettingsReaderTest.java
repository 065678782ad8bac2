package dev.appos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appos.base.Refusal;
import dev.appos.config.SettingsReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `appos.yaml` may say, which place wins, and what is told when it says something else.
class SettingsReaderTest {

    @TempDir
    private Path folder;

    private Reading read(String yaml) {
        return read(yaml, null, Map.of());
    }

    private Reading read(String yaml, String env, Map<String, String> variables) {
        return new SettingsReader(folder, Optional.ofNullable(env), variables)
                .read(Map.of("appos.yaml", yaml), Optional.empty(), Map.of());
    }

    private static List<String> lines(Reading reading) {
        return reading.findings().stream().map(f -> f.headline() + " | " + f.remedy()).toList();
    }

    @Test
    void every_key_has_a_default_and_so_has_the_file() {
        Reading reading = new SettingsReader(folder, Optional.empty(), Map.of())
                .read(Map.of(), Optional.empty(), Map.of());

        assertThat(reading.findings()).isEmpty();
        assertThat(reading.values().number("server.port")).isEqualTo(8080);
        assertThat(reading.values().environment()).isEqualTo(Environment.DEV);
        assertThat(reading.values().all()).hasSize(PlatformKeys.TABLE.keys().size())
                .allMatch(setting -> setting.origin() == Origin.DEFAULT);
    }

    /// What the upstream documents show must be readable as it stands.
    @Test
    void every_key_of_the_upstream_documents_is_taken_with_its_default_and_without_a_word() {
        Reading reading = read("""
                platform: {name: AppOS, version: "1.0", environment: dev}
                database: {pool_size: 10, max_overflow: 20, pool_timeout: 30, pool_recycle: 1800, pool_pre_ping: true}
                celery: {beat_schedule_check: 60, autoscale: {enabled: false, min: 4, max: 16}}
                security:
                  session_timeout: 3600
                  idle_timeout: 1800
                  max_concurrent_sessions: 5
                  password_min_length: 8
                  max_login_attempts: 5
                logging:
                  level: INFO
                  format: json
                  directory: logs
                  rotation: {strategy: daily, max_file_size_mb: 100, compress_after_days: 7}
                  retention: {execution_days: 90, performance_days: 30, security_days: 365}
                  cleanup_schedule: "0 2 * * *"
                  async_queue: {flush_interval_ms: 100, flush_batch_size: 50, max_queue_size: 10000}
                process_instances: {archive_after_days: 90, partition_range: monthly}
                documents: {max_upload_size_mb: 50}
                ui: {admin_theme: {primary_color: "#3B82F6", font_family: Inter}, default_pagination: 25}
                monitoring:
                  health_endpoint: /health
                  ready_endpoint: /ready
                  connected_system_check_interval: 60
                shutdown: {grace_period_seconds: 30, force_kill_after: 90}
                auto_resume: true
                """);

        assertThat(lines(reading)).isEmpty();
    }

    @Test
    void other_names_of_a_key_are_taken_with_a_warning_and_months_become_days() {
        Reading reading = read("""
                session:
                  timeout: 600
                logging:
                  retention:
                    execution: 10
                process:
                  archive_after_months: 6
                celery:
                  concurrency: 4
                """);

        assertThat(reading.values().number("security.session_timeout")).isEqualTo(600);
        assertThat(reading.values().number("logging.retention.execution_days")).isEqualTo(10);
        assertThat(reading.values().number("process_instances.archive_after_days")).isEqualTo(180);
        assertThat(reading.values().number("process_instances.concurrency")).isEqualTo(4);
        assertThat(lines(reading)).contains(
                "appos.yaml:2:3: warning: session.timeout is another name of security.session_timeout | "
                        + "Write security.session_timeout: it stays.");
        assertThat(reading.orRefuse()).isNotNull();
    }

    @Test
    void a_key_without_a_meaning_here_is_taken_with_a_warning_that_says_so() {
        Reading reading = read("celery:\n  broker: redis://localhost/1\n  queues: [a, {b: c}]\n");

        assertThat(reading.findings()).hasSize(2).allMatch(Finding::warning);
        assertThat(lines(reading).getFirst()).startsWith("appos.yaml:2:3: warning: celery.broker has no effect: work");
    }

    @Test
    void a_block_of_the_environment_wins_over_the_file_and_its_own_file_over_both() {
        Map<String, String> files = Map.of(
                "appos.yaml", """
                        platform: {environment: staging}
                        server: {port: 1, host: a}
                        ui: {default_pagination: {staging: 7, default: 9}}
                        environments:
                          staging: {server: {port: 2}}
                          prod: {server: {port: 3}}
                        """,
                "appos.staging.yaml", "server: {host: b}",
                "appos.prod.yaml", "server: {host: c}\nui: {default_pagination: 11}");
        SettingsReader reader = new SettingsReader(folder, Optional.empty(), Map.of());

        SettingValues staging = reader.read(files, Optional.empty(), Map.of()).orRefuse();
        assertThat(staging.number("server.port")).isEqualTo(2);
        assertThat(staging.text("server.host")).isEqualTo("b");
        assertThat(staging.number("ui.default_pagination")).isEqualTo(7);
        assertThat(staging.get("server.port").where()).isEqualTo("appos.yaml:5");
        assertThat(staging.get("server.port").origin()).isEqualTo(Origin.ENVIRONMENT_BLOCK);

        SettingValues prod = new SettingsReader(folder, Optional.of("prod"), Map.of())
                .read(files, Optional.empty(), Map.of()).orRefuse();
        assertThat(prod.number("server.port")).isEqualTo(3);
        assertThat(prod.text("server.host")).isEqualTo("c");
        assertThat(prod.number("ui.default_pagination")).isEqualTo(11);
    }

    @Test
    void the_variable_appos_env_wins_over_the_command_line_and_that_over_the_file() {
        String yaml = "platform: {environment: staging}";

        assertThat(read(yaml).values().environment()).isEqualTo(Environment.STAGING);
        assertThat(read(yaml, "dev", Map.of()).values().environment()).isEqualTo(Environment.DEV);
        assertThat(read(yaml, "dev", Map.of("APPOS_ENV", "prod")).values().environment()).isEqualTo(Environment.PROD);
    }

    @Test
    void an_environment_variable_of_a_key_wins_over_the_files_and_an_override_over_all() {
        Map<String, String> variables = Map.of("APPOS_SERVER_PORT", "99", "APPOS_UI_DEFAULT_PAGINATION", "12");
        SettingsReader reader = new SettingsReader(folder, Optional.empty(), variables);
        Map<String, String> files = Map.of("appos.yaml", "server: {port: 1}\nui: {default_pagination: 3}");

        SettingValues values = reader.read(
                files, Optional.empty(), Map.of("ui.default_pagination", new AdminValue("77", "root"))).orRefuse();

        assertThat(values.number("server.port")).isEqualTo(99);
        assertThat(values.get("server.port").where()).isEqualTo("APPOS_SERVER_PORT");
        assertThat(values.number("ui.default_pagination")).isEqualTo(77);
        assertThat(values.get("ui.default_pagination").origin()).isEqualTo(Origin.OVERRIDE);
    }

    @Test
    void a_value_may_refer_to_an_environment_variable_in_two_ways() {
        Map<String, String> variables = Map.of("DB_PASSWORD", "s3:cr$t", "DB_HOST", "db.local");
        Reading reading = read("""
                database:
                  url: postgresql://${DB_HOST}:5432/appos
                  password: env.DB_PASSWORD
                environments:
                  prod:
                    database: {password: "${NOT_SET_HERE}"}
                """, null, variables);

        assertThat(reading.orRefuse().text("database.url")).isEqualTo("postgresql://db.local:5432/appos");
        assertThat(reading.values().text("database.password")).isEqualTo("s3:cr$t");
        assertThat(lines(read("database: {password: \"${NOT_SET}\"}"))).containsExactly(
                "appos.yaml:1:22: database.password refers to the environment variable NOT_SET, which is not set | "
                        + "Set NOT_SET, or write the value.");
    }

    @Test
    void a_secret_in_a_file_is_warned_of_outside_dev_and_shown_nowhere() {
        String yaml = "database: {url: \"postgresql://me:pw@h/x?password=pw\", password: pw}";

        assertThat(lines(read(yaml))).isEmpty();
        assertThat(lines(read(yaml, "prod", Map.of()))).hasSize(2).allMatch(line -> line.contains("holds a secret"));
        assertThat(read(yaml).values().all().stream()
                        .filter(setting -> setting.key().path().startsWith("database."))
                        .map(setting -> setting.described(setting).toString()))
                .noneMatch(line -> line.contains("pw"));
        assertThat(lines(read("database: {password: \"${P}\"}", "prod", Map.of("P", "pw")))).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("server:\n  prot: 1", "appos.yaml:2:3: there is no key server.prot | Did you mean port?"),
                Arguments.of("sever: {port: 1}", "appos.yaml:1:1: there is no key sever | Did you mean server?"),
                Arguments.of("server:\n  port: many", "appos.yaml:2:9: server.port must be a whole number | "
                        + "Write server.port: a whole number."),
                Arguments.of("server:\n  port: 70000", "appos.yaml:2:9: server.port lies between 0 and 65535 | "
                        + "Write a number in between."),
                Arguments.of("server:\n  port: 99999999999999999999999", "appos.yaml:2:9: server.port must be a whole "
                        + "number | Write server.port: a whole number."),
                Arguments.of("server:\n  port: 1e3", "appos.yaml:2:9: server.port must be a whole number | "
                        + "Write server.port: a whole number."),
                Arguments.of("server:\n  port:", "appos.yaml:2:8: server.port must be a whole number, 0 to 65535 | "
                        + "Write server.port: a whole number, 0 to 65535."),
                Arguments.of("server: [1]", "appos.yaml:1:9: server must hold keys | Write key: value, one a line."),
                Arguments.of("server: {port: [1]}", "appos.yaml:1:16: server.port must be a single value | "
                        + "Write server.port: value."),
                Arguments.of("- a", "appos.yaml:1:1: appos.yaml must hold keys | Write key: value, one a line."),
                Arguments.of("server: {port: 1}\nserver: {port: 2}", "appos.yaml:2:1: the key server stands here twice "
                        + "| Take one of the two away."),
                Arguments.of("security: {session_timeout: 60}\nsession: {timeout: 70}", "appos.yaml:2:11: "
                        + "session.timeout says again what stands in line 1 | "
                        + "Keep security.session_timeout and take the other away."),
                Arguments.of("platform: {environment: production}", "appos.yaml:1:25: platform.environment cannot be "
                        + "production | Known: dev, prod, staging."),
                Arguments.of("environments: {prd: {server: {port: 1}}}", "appos.yaml:1:16: there is no environment prd "
                        + "| Did you mean prod?"),
                Arguments.of("environments: {prod: {server: {prot: 1}}}", "appos.yaml:1:32: there is no key "
                        + "server.prot | Did you mean port?"),
                Arguments.of("server: {port: {dev: 1, prod: x}}", "appos.yaml:1:31: server.port must be a whole number "
                        + "| Write server.port: a whole number."),
                Arguments.of("database: {url: mysql://x}", "appos.yaml:1:17: database.url is no address of PostgreSQL "
                        + "| Write it like \"postgresql://127.0.0.1:5432/appos\", in quotes."),
                Arguments.of("database: {url: postgresql://a/b, host: c}", "appos.yaml:1: database.url and "
                        + "database.host say the same twice | Keep database.url, or host, port and name."),
                Arguments.of("database: {pool_size: 45}", "appos.yaml:1: the PostgreSQL that comes along takes 50 "
                        + "connections of a server, not 65 | Make database.pool_size and database.max_overflow "
                        + "smaller, or set database.url."),
                Arguments.of("monitoring: {health_endpoint: /api/users}", "appos.yaml:1:31: monitoring.health_endpoint "
                        + "is no path of its own | Write it like \"/alive\", in quotes."),
                Arguments.of("monitoring: {health_endpoint: /ready}", "appos.yaml:1: monitoring.health_endpoint and "
                        + "monitoring.ready_endpoint are the same | Write two paths."),
                Arguments.of("logging: {level: LOUD}", "appos.yaml:1:18: logging.level cannot be LOUD | "
                        + "Known: DEBUG, ERROR, INFO, WARNING."),
                Arguments.of("a: &x 1", "appos.yaml:1:1: there is no key a | "),
                Arguments.of("server: {host: &x a, port: *x}", "appos.yaml:1:28: anchors and aliases (& and *) are not "
                        + "read here | Write the value out, or put it into quotes."),
                Arguments.of("server: {port: 1}\n---\nserver: {port: 2}", "appos.yaml:3:1: a second document begins "
                        + "here | Keep one document, without --- in between."));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_told_with_line_column_and_the_nearest_key(String yaml, String fault) {
        Reading reading = read(yaml);

        assertThat(lines(reading)).anyMatch(line -> line.startsWith(fault));
        assertThatThrownBy(reading::orRefuse).isInstanceOf(Refusal.class);
    }

    static Stream<String> rubbish() {
        return Stream.of(
                "server:\n\tport: 1",
                "server: {port: 1",
                "server: \"",
                "? ? ? :",
                "{".repeat(5_000),
                "[".repeat(5_000),
                "a: ".repeat(2_000),
                "&a [*a, *a]",
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c,*c,*c]",
                "server: {host: \"" + "x".repeat(500_000) + "\"}",
                "x".repeat(900_000) + ": 1",
                "%YAML 9.9\n---\na: 1",
                "!!java.lang.String server: 1",
                "<<: {server: {port: 1}}",
                "server: !!int x",
                "\u0000\u0001\u0002",
                "server: {port: 0x1F90}",
                "42",
                "null: null");
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    void rubbish_is_refused_in_a_short_sentence_with_a_place(String yaml) {
        Reading reading = read(yaml);

        assertThat(Finding.faults(reading.findings())).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.line()).isPositive();
            assertThat(fault.message().length() + fault.remedy().length()).isLessThan(1_000);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "---", "{}"})
    void a_file_that_says_nothing_is_no_fault(String yaml) {
        assertThat(lines(read(yaml))).isEmpty();
    }

    @Test
    void a_file_that_no_person_wrote_is_refused_before_it_is_read() throws IOException {
        Files.writeString(folder.resolve("appos.yaml"), "server: {host: \"" + "x".repeat(10_000_000) + "\"}");

        assertThatThrownBy(() -> new SettingsReader(folder, Optional.empty(), Map.of()).files())
                .isInstanceOf(Refusal.class).hasMessageContaining("more than 1000000 bytes");
    }

    @Test
    void an_environment_nobody_knows_is_refused_wherever_it_is_named() {
        assertThat(lines(read("", "prd", Map.of())))
                .containsExactly("--env: there is no environment prd | Did you mean prod?");
        assertThat(lines(read("", null, Map.of("APPOS_ENV", "live"))))
                .containsExactly("APPOS_ENV: there is no environment live | Known: dev, prod, staging.");
        assertThat(new SettingsReader(folder, Optional.empty(), Map.of())
                        .read(Map.of("appos.production.yaml", ""), Optional.empty(), Map.of()).findings())
                .isEmpty();
        assertThat(new SettingsReader(folder, Optional.empty(), Map.of())
                        .read(Map.of("appos.production.yaml", "server: {port: 1}"), Optional.empty(), Map.of())
                        .findings())
                .extracting(Finding::message).containsExactly("there is no environment production");
    }

    @Test
    void an_environment_variable_that_does_not_fit_is_refused_and_one_that_means_no_key_is_warned_of() {
        assertThat(lines(read("", null, Map.of("APPOS_SERVER_PORT", "x"))))
                .containsExactly("APPOS_SERVER_PORT: server.port must be a whole number | "
                        + "Write server.port: a whole number.");
        assertThat(lines(read("", null, Map.of("APPOS_SERVER_PROT", "1", "APPOS_JAVA_OPTS", "-Xmx1g", "HOME", "/"))))
                .containsExactly("APPOS_SERVER_PROT: warning: no key is set by this environment variable | "
                        + "Did you mean APPOS_SERVER_PORT?");
    }

    @Test
    void in_prod_the_public_address_is_https() {
        assertThat(lines(read("server: {public_url: \"http://a.example\"}"))).isEmpty();
        assertThat(lines(read("server: {public_url: \"http://a.example\"}", "prod", Map.of())))
                .containsExactly("appos.yaml:1: server.public_url is not https in prod | "
                        + "Write https://…: sessions are sent over it.");
    }
}

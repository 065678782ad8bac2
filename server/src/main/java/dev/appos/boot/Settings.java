package dev.appos.boot;

import dev.appos.base.Refusal;
import dev.appos.cache.RateLimit;
import dev.appos.cache.RedisSettings;
import dev.appos.config.Environment;
import dev.appos.config.LiveSettings;
import dev.appos.config.SettingValues;
import dev.appos.config.SettingsReader;
import dev.appos.documents.S3Store;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.LoginLimits;
import dev.appos.identity.PasswordRules;
import dev.appos.identity.SessionLimits;
import dev.appos.process.ProcessSettings;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.PoolSettings;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogSettings;
import dev.appos.web.EdgeSettings;
import dev.appos.web.ServerSettings;
import dev.appos.web.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How one server runs: what its files say, each part of it in the form in which its consumer takes it.
///
/// @param home  the folder of the platform: `apps/`, `migrations/`, `appos.yaml`
/// @param state the folder of what the server keeps: `.appos`
/// @param named the port that the command line names, if any
/// @param live  what the files say
public record Settings(Path home, Path state, Optional<Integer> named, LiveSettings live) {

    private static final long MEBIBYTE = 1024 * 1024;

    /// What the files and the environment variables say.
    ///
    /// @param environment the one named on the command line, if any
    /// @throws dev.appos.base.Refusal naming every fault with its line
    public static Settings read(Path home, Optional<String> environment, Map<String, String> variables) {
        LiveSettings live = new LiveSettings(new SettingsReader(home, environment, variables));
        return new Settings(home, home.resolve(".appos"), Optional.empty(), live);
    }

    /// What the files alone say.
    public static Settings of(Path home) {
        return read(home, Optional.empty(), Map.of());
    }

    public Settings withPort(int other) {
        return new Settings(home, state, Optional.of(other), live);
    }

    public Settings withState(Path other) {
        return new Settings(home, other, named, live);
    }

    /// The folder with one folder an app.
    public Path apps() {
        return home.resolve("apps");
    }

    /// The folder with the reviewed SQL files of each app.
    public Path migrations() {
        return home.resolve("migrations");
    }

    /// How the log is kept.
    public LogSettings log() {
        boolean bySize = values().text("logging.rotation.strategy").equals("size");
        String[] daily = values().text("logging.cleanup_schedule").split(" ");
        return new LogSettings(
                Level.valueOf(values().text("logging.level")),
                values().number("logging.async_queue.max_queue_size"),
                Duration.ofMillis(values().number("logging.async_queue.flush_interval_ms")),
                values().number("logging.async_queue.flush_batch_size"),
                bySize ? values().number("logging.rotation.max_file_size_mb") * MEBIBYTE : 0,
                values().number("logging.rotation.compress_after_days"),
                new LogSettings.Retention(
                        values().number("logging.retention.execution_days"),
                        values().number("logging.retention.performance_days"),
                        values().number("logging.retention.security_days")),
                LocalTime.of(Integer.parseInt(daily[1]), Integer.parseInt(daily[0])));
    }

    /// The folder of the log.
    public Path logs() {
        return values().optional("logging.directory").map(home::resolve).orElse(state.resolve("logs"));
    }

    public Environment environment() {
        return values().environment();
    }

    /// Where people reach the server, if they cannot tell by host and port.
    public Optional<String> publicUrl() {
        return values().optional("server.public_url");
    }

    public ServerSettings server() {
        return new ServerSettings(
                values().text("server.host"),
                named.orElse(values().number("server.port")),
                environment().strict(),
                values().text("monitoring.health_endpoint"),
                values().text("monitoring.ready_endpoint"),
                this::name,
                () -> shutdown().requests(),
                edge());
    }

    private EdgeSettings edge() {
        Optional<Tls> tls = values().optional("server.tls.keystore")
                .map(file -> new Tls(home.resolve(file), values().text("server.tls.password")));
        return new EdgeSettings(
                list("server.cors_origins"),
                list("server.trusted_proxies"),
                tls,
                tls.isPresent() || publicUrl().orElse("").startsWith("https:"),
                () -> perMinute("server.stranger_requests_per_minute"),
                () -> perMinute("server.requests_per_minute"));
    }

    private Optional<RateLimit> perMinute(String key) {
        int requests = values().number(key);
        return requests == 0 ? Optional.empty() : Optional.of(new RateLimit(requests, Duration.ofMinutes(1)));
    }

    private Set<String> list(String key) {
        return Arrays.stream(values().text(key).split(",")).map(String::strip).filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    public PoolSettings pool() {
        int kept = values().number("database.pool_size");
        return new PoolSettings(
                kept, kept + values().number("database.max_overflow"), values().seconds("database.pool_timeout"),
                values().seconds("database.pool_recycle"));
    }

    /// A PostgreSQL of your own; empty for the one that AppOS brings along.
    public Optional<DatabaseSettings> database() {
        return DatabaseAddress.of(values(), pool());
    }

    /// A Redis or Valkey that the servers share; empty where each has only its own memory.
    public Optional<RedisSettings> redis() {
        if (values().said("redis.url")) {
            return values().optional("redis.url").map(RedisSettings::of);
        }
        return values().said("redis.host") || values().said("redis.port")
                ? Optional.of(RedisSettings.of(
                        "redis://" + values().text("redis.host") + ":" + values().number("redis.port") + "/0"))
                : Optional.empty();
    }

    public IdentitySettings identity() {
        SessionLimits sessions = SessionLimits.DEFAULT;
        LoginLimits logins = LoginLimits.DEFAULT;
        PasswordRules passwords = PasswordRules.DEFAULT;
        return new IdentitySettings(
                new SessionLimits(
                        values().seconds("security.session_timeout"),
                        values().seconds("security.idle_timeout"),
                        values().number("security.max_concurrent_sessions"),
                        values().seconds("security.token_timeout"),
                        sessions.tokensPerOwner(),
                        sessions.keyOverlapMax()),
                new LoginLimits(
                        values().number("security.max_login_attempts"),
                        values().seconds("security.lockout_seconds"),
                        logins.everywhere(),
                        logins.window(),
                        logins.kept()),
                new PasswordRules(
                        values().number("security.password_min_length"), passwords.atOnce(), passwords.waitMax(),
                        passwords.waiting()),
                publicUrl().map(URI::create),
                server().secureCookies(),
                IdentityFile.read(home, name -> Optional.ofNullable(System.getenv(name)), publicUrl().isPresent()));
    }

    /// How soon a change made on another server is known here.
    public Duration lookEvery() {
        return values().seconds("security.permission_cache_ttl");
    }

    public ProcessSettings processes() {
        return new ProcessSettings(
                values().number("process_instances.concurrency"),
                values().number("process_instances.steps_concurrency"),
                values().number("process_instances.scheduled_concurrency"), () -> shutdown().steps(),
                () -> values().flag("auto_resume"));
    }

    /// How many days instances that are over stay among the others.
    public int archiveAfterDays() {
        return values().number("process_instances.archive_after_days");
    }

    /// The most that is taken of one document.
    public long maxUploadBytes() {
        return values().number("documents.max_upload_size_mb") * MEBIBYTE;
    }

    /// The most bytes of a file that is brought into records, unpacked.
    public long largestImport() {
        return values().number("imports.max_file_size_mb") * MEBIBYTE;
    }

    /// The bucket for contents of documents; empty where they lie on the server's own disk.
    ///
    /// @throws Refusal if something of it is not said
    Optional<S3Store.Settings> bucket() {
        if (!values().text("documents.store").equals("s3")) {
            return Optional.empty();
        }
        for (String needed : List.of("endpoint", "bucket", "access_key", "secret_key")) {
            if (values().optional("documents.s3." + needed).isEmpty()) {
                throw Refusal.malformed(
                        "documents.store is s3, and documents.s3." + needed + " is not said.",
                        "Say it in appos.yaml or as APPOS_DOCUMENTS_S3_" + needed.toUpperCase(Locale.ROOT) + ".");
            }
        }
        return Optional.of(new S3Store.Settings(
                URI.create(values().text("documents.s3.endpoint")), values().text("documents.s3.region"),
                values().text("documents.s3.bucket"), values().text("documents.s3.access_key"),
                values().text("documents.s3.secret_key"), values().flag("documents.s3.path_style")));
    }

    /// What the installation is called.
    public String name() {
        return values().text("platform.name");
    }

    /// Rows that a table shows whose author names no number.
    public int pageSize() {
        return values().number("ui.default_pagination");
    }

    /// How often one line of app code may make the same call before the log tells of it.
    public int repeatable() {
        return values().number("logging.repeated_calls");
    }

    /// What a call costs an agent whose budget is money.
    public int callCents() {
        return values().number("agents.call_cents");
    }

    public ShutdownSettings shutdown() {
        return new ShutdownSettings(
                values().seconds("shutdown.grace_period_seconds"),
                values().seconds("shutdown.workers_timeout_seconds"),
                values().seconds("shutdown.force_kill_after"));
    }

    private SettingValues values() {
        return live.current();
    }
}

package dev.appos.config;

import static dev.appos.config.Effect.LIVE;
import static dev.appos.config.Effect.NONE;
import static dev.appos.config.Effect.START;
import static dev.appos.config.Effect.TOLD;

import dev.appos.config.KeyType.Anything;
import dev.appos.config.KeyType.Choice;
import dev.appos.config.KeyType.Flag;
import dev.appos.config.KeyType.Form;
import dev.appos.config.KeyType.Text;
import dev.appos.config.KeyType.Whole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The keys of `appos.yaml`. Everything else about them follows from this table.
public final class PlatformKeys {

    /// What stands at the top of the file and is no key: one block of keys for each environment.
    static final String ENVIRONMENTS = "environments";

    private static final int SHORT = 200;
    private static final int LONG = 2_000;
    private static final int DAY_S = 86_400;
    private static final int DECADE_DAYS = 3_660;
    private static final int LARGEST_PORT = 65_535;
    private static final int MOST_CONNECTIONS = 500;
    private static final int MOST_REQUESTS = 100_000_000;

    private static final KeyType TEXT = new Text(SHORT);
    private static final KeyType ADDRESS = new Text(LONG);
    private static final KeyType DAYS = new Whole(1, DECADE_DAYS);
    private static final KeyType SECONDS = new Whole(1, DAY_S);
    static final KeyType COLOUR = new Form(Pattern.compile("#[0-9A-Fa-f]{6}"), "a colour", "#3B82F6");
    private static final KeyType PATH = new Form(
            Pattern.compile("/(?!(api|mcp|healthz|assets|auth|login)(/|$))[a-z0-9][a-z0-9_-]{0,99}"),
            "a path of its own", "/alive");
    private static final KeyType DAILY = new Form(
            Pattern.compile("[0-5]?\\d ([01]?\\d|2[0-3]) \\* \\* \\*"), "a time of day in cron's words", "0 2 * * *");
    private static final KeyType URL = new Form(
            Pattern.compile("https?://[\\w.-]+(:\\d{1,5})?(/[\\w./-]*)?"), "an address", "https://appos.example.com");

    private static final KeyType ORIGINS = new Form(
            Pattern.compile("https?://[\\w.-]+(:\\d{1,5})?(, ?https?://[\\w.-]+(:\\d{1,5})?){0,50}"),
            "origins of sites", "https://shop.example, https://intranet.example");
    private static final KeyType HOSTS = new Form(
            Pattern.compile("[0-9A-Fa-f.:]{2,45}(, ?[0-9A-Fa-f.:]{2,45}){0,50}"), "addresses", "10.0.0.7, 10.0.0.8");

    private static final KeyType POSTGRES = new Form(
            Pattern.compile("(jdbc:postgresql:|postgres(ql)?(\\+\\w+)?://)\\S{1,1000}"), "an address of PostgreSQL",
            "postgresql://127.0.0.1:5432/appos");
    private static final KeyType REDIS = new Form(
            Pattern.compile("rediss?://\\S{1,500}"), "an address of Redis", "redis://localhost:6379/0");

    private static final String NO_QUEUE = "work waits in PostgreSQL, in the transaction that ordered it.";

    /// All of them.
    public static final KeyTable TABLE = new KeyTable(Stream.of(
                    general(), database(), security(), logging(), work(), shown(), elsewhere())
            .flatMap(List::stream).toList());

    private PlatformKeys() {}

    private static List<Key> general() {
        return List.of(
                Key.of("platform.name", TEXT, "AppOS", LIVE, "What the console calls the installation."),
                Key.of("platform.version", TEXT, "", TOLD, "The version of your installation, in your own words."),
                Key.of("platform.environment", new Choice(Environment.words()), "dev", START,
                        "What the server is for, unless `APPOS_ENV` or `--env` says so."),
                Key.of("server.host", TEXT, "127.0.0.1", START, "The address it listens on."),
                Key.of("server.port", new Whole(0, LARGEST_PORT), "8080", START,
                        "The port it listens on; 0 takes a free one."),
                Key.of("server.public_url", URL, "", START,
                        "Where people reach it, if that is not host and port; staging and prod want https."),
                Key.of("server.tls.keystore", TEXT, "", START,
                        "A PKCS #12 file with certificate and key, to speak https without a proxy."),
                Key.of("server.tls.password", TEXT, "", START, "The file's password.").hidden(),
                Key.of("server.trusted_proxies", HOSTS, "", START,
                        "Addresses of reverse proxies whose `X-Forwarded-For` is believed, with commas between."),
                Key.of("server.cors_origins", ORIGINS, "", START,
                        "Other sites whose scripts may read answers, with commas between."),
                Key.of("server.requests_per_minute", new Whole(0, MOST_REQUESTS), "0", LIVE,
                        "The most requests of one API key, or one owner of sessions and tokens; 0 is any number."),
                Key.of("server.stranger_requests_per_minute", new Whole(0, MOST_REQUESTS), "6000", LIVE,
                        "The most requests of one address that does not say who it is; 0 is any number."),
                Key.of("apps", new Anything(), "", NONE, "every folder in `apps` is an app."),
                Key.of("auto_resume", new Flag(), "true", LIVE,
                        "Whether processes that a stop of the server interrupted go on by themselves, or when"
                                + " resumed."));
    }

    private static List<Key> database() {
        return List.of(
                Key.of("database.url", POSTGRES, "", START,
                        "A PostgreSQL of your own, `postgresql://…` or `jdbc:postgresql://…`; without it the "
                                + "platform runs its own.").hidden(),
                Key.of("database.host", TEXT, "localhost", START, "Its host, instead of `database.url`."),
                Key.of("database.port", new Whole(1, LARGEST_PORT), "5432", START, "Its port."),
                Key.of("database.name", TEXT, "appos_platform", START, "Its database."),
                Key.of("database.user", TEXT, "appos", START, "Its user.").also("database.username"),
                Key.of("database.password", TEXT, "", START, "The user's password.").hidden(),
                Key.of("database.pool_size", new Whole(1, MOST_CONNECTIONS), "10", START,
                        "Connections that are kept."),
                Key.of("database.max_overflow", new Whole(0, MOST_CONNECTIONS), "20", START,
                        "Connections beyond those while many are needed."),
                Key.of("database.pool_timeout", new Whole(1, 300), "5", START,
                        "Seconds a call waits for a connection before it is refused; a longer queue only turns one "
                                + "slow second into many."),
                Key.of("database.pool_recycle", new Whole(60, DAY_S), "1800", START,
                        "Seconds after which a connection is replaced."),
                Key.of("database.pool_pre_ping", new Flag(), "true", NONE,
                        "a connection that lay idle is always tried before it is used."));
    }

    private static List<Key> security() {
        return List.of(
                Key.of("security.session_timeout", new Whole(60, 30 * DAY_S), "3600", START,
                        "Seconds after which a session ends, used or not.")
                        .also("session.timeout"),
                Key.of("security.idle_timeout", new Whole(60, 30 * DAY_S), "1800", START,
                        "Seconds after which a session ends that nobody uses."),
                Key.of("security.max_concurrent_sessions", new Whole(1, 100), "5", START,
                        "Sessions of one user; a further login ends the oldest."),
                Key.of("security.token_timeout", new Whole(60, 30 * DAY_S), "3600", START,
                        "Seconds after which a bearer token ends."),
                Key.of("security.password_min_length", new Whole(8, 128), "8", START,
                        "The fewest characters of a new password."),
                Key.of("security.max_login_attempts", new Whole(1, 100), "5", START,
                        "Wrong logins for one name from one address before that address is locked out of it."),
                Key.of("security.lockout_seconds", new Whole(1, 30 * DAY_S), "900", START,
                        "How long it is locked out."),
                Key.of("security.permission_cache_ttl", new Whole(1, 300), "1", START,
                        "How often, in seconds, what is allowed is read again although nothing said that it changed. A "
                                + "backstop: a change is felt everywhere before it is answered."));
    }

    private static List<Key> logging() {
        return List.of(
                Key.of("logging.level", new Choice(List.of("DEBUG", "INFO", "WARNING", "ERROR")), "INFO", LIVE,
                        "Entries below it are not written; security entries always are."),
                Key.of("logging.repeated_calls", new Whole(0, 1_000_000), "20", LIVE,
                        "A line of app code that makes the same call more often in one execution is told as a warning;"
                                + " 0 tells of none."),
                Key.of("logging.format", new Choice(List.of("json")), "json", NONE, "the log is JSON lines."),
                Key.of("logging.directory", ADDRESS, "", START,
                        "The folder of the log; without it `logs` in the folder of the state."),
                Key.of("logging.rotation.strategy", new Choice(List.of("daily", "size")), "daily", START,
                        "A file a day, or a new one besides when it has grown to `max_file_size_mb`."),
                Key.of("logging.rotation.max_file_size_mb", new Whole(1, 10_000), "100", START,
                        "How large a file grows where the strategy is size."),
                Key.of("logging.rotation.compress_after_days", DAYS, "7", START, "Older files are compressed."),
                Key.of("logging.retention.execution_days", DAYS, "90", START, "How long the files of calls are kept.")
                        .also("logging.retention.execution"),
                Key.of("logging.retention.performance_days", DAYS, "30", START, "How long those of durations are kept.")
                        .also("logging.retention.performance"),
                Key.of("logging.retention.security_days", DAYS, "365", START, "How long those of denials are kept.")
                        .also("logging.retention.security"),
                Key.of("logging.cleanup_schedule", DAILY, "0 2 * * *", START,
                        "When old files are compressed and deleted, once a day, in UTC."),
                Key.of("logging.async_queue.flush_interval_ms", new Whole(1, 10_000), "100", START,
                        "The longest an entry waits for its file."),
                Key.of("logging.async_queue.flush_batch_size", new Whole(1, 10_000), "50", START,
                        "So many entries waiting are written at once."),
                Key.of("logging.async_queue.max_queue_size", new Whole(100, 1_000_000), "10000", START,
                        "More waiting than this, and the oldest are dropped, those of durations first."));
    }

    private static List<Key> work() {
        return List.of(
                Key.of("process_instances.concurrency", new Whole(1, 10_000), "256", START,
                        "Instances that run on one server at a time; one that waits holds no thread and does not "
                                + "count.").also("celery.concurrency"),
                Key.of("process_instances.steps_concurrency", new Whole(1, 10_000), "256", START,
                        "The same, of instances that steps of other processes started."),
                Key.of("process_instances.scheduled_concurrency", new Whole(1, 10_000), "64", START,
                        "The same, of instances that a schedule, an event or the platform started."),
                Key.of("process_instances.archive_after_days", DAYS, "90", LIVE,
                        "How long instances that are over stay among the others before they go to the archive.")
                        .also("process.archive_after_months", 30).also("archive_after_days"),
                Key.of("process_instances.partition_range", new Choice(List.of("monthly")), "monthly", START,
                        "How the tables of processes are split.").also("process.partition"),
                Key.of("process.engine", new Choice(List.of("platform", "temporal")), "platform", START,
                        "What runs the bodies of processes: this platform on its database, or a Temporal server."),
                Key.of("process.temporal.target", TEXT, "127.0.0.1:7233", START, "Its host and port."),
                Key.of("process.temporal.namespace", TEXT, "default", START, "The namespace there, which must exist."),
                Key.of("process.temporal.task_queue", TEXT, "appos", START,
                        "The queue through which the servers of this platform get their work."),
                Key.of("process.temporal.tls", new Flag(), "false", START, "Whether the connection is encrypted."),
                Key.of("process.temporal.api_key", TEXT, "", START, "Who we are there, if it asks.").hidden(),
                Key.of("process.temporal.seal", new Flag(), "true", START,
                        "Whether what is kept there is sealed with a key of this platform, so that nobody reads it."),
                Key.of("agents.call_cents", new Whole(0, 1_000_000), "1", LIVE,
                        "What a call costs an agent whose budget is money, in cents."),
                Key.of("imports.max_file_size_mb", new Whole(1, 1_000_000), "1024", START,
                        "The largest file that is brought into records, unpacked."),
                Key.of("documents.max_upload_size_mb", new Whole(1, 10_000), "50", LIVE,
                        "The largest document that is taken, in mebibytes."),
                Key.of("documents.store", new Choice(List.of("disk", "s3")), "disk", START,
                        "Where contents of documents are kept: below `.appos/documents`, or in a bucket."),
                Key.of("documents.s3.endpoint", URL, "", START, "The address of the service that has the bucket."),
                Key.of("documents.s3.region", TEXT, "us-east-1", START, "Its region."),
                Key.of("documents.s3.bucket", TEXT, "", START, "The bucket, which must be there."),
                Key.of("documents.s3.access_key", TEXT, "", START, "Who may use it.").hidden(),
                Key.of("documents.s3.secret_key", TEXT, "", START, "The secret of that.").hidden(),
                Key.of("documents.s3.path_style", new Flag(), "true", START,
                        "Whether the bucket stands in the path and not in the host's name."),
                Key.of("shutdown.grace_period_seconds", new Whole(0, 3600), "30", LIVE,
                        "How long running requests may go on after the server was told to stop."),
                Key.of("shutdown.workers_timeout_seconds", new Whole(0, 3600), "60", LIVE,
                        "How long running steps of processes may go on after that.")
                        .also("shutdown.celery_shutdown_timeout"),
                Key.of("shutdown.force_kill_after", new Whole(1, 7200), "90", LIVE,
                        "Seconds after which the server ends whatever is running, with exit code 1."));
    }

    private static List<Key> shown() {
        return List.of(
                Key.of("ui.admin_theme.primary_color", COLOUR, "#3B82F6", NONE,
                        "the console's own pages have one colour."),
                Key.of("ui.admin_theme.font_family", TEXT, "Inter", NONE,
                        "the console uses the fonts of the reader's system."),
                Key.of("ui.default_pagination", new Whole(1, 200), "25", LIVE,
                        "Rows that a table shows whose author names no number."),
                Key.of("monitoring.health_endpoint", PATH, "/health", START, "Where the process says that it lives."),
                Key.of("monitoring.ready_endpoint", PATH, "/ready", START,
                        "Where the server says whether it can serve."),
                Key.of("monitoring.connected_system_check_interval", SECONDS, "60", NONE,
                        "there are no connected systems yet."));
    }

    private static List<Key> elsewhere() {
        return List.of(
                Key.of("redis.url", REDIS, "", START,
                        "A Redis or Valkey through which servers tell each other of changes at once; nothing is lost "
                                + "without it.").hidden(),
                Key.of("redis.host", TEXT, "localhost", START, "Its host, instead of `redis.url`."),
                Key.of("redis.port", new Whole(1, LARGEST_PORT), "6379", START, "Its port."),
                Key.of("celery.broker", ADDRESS, "", NONE, NO_QUEUE).hidden(),
                Key.of("celery.result_backend", ADDRESS, "", NONE,
                        "answers stand in the tables of processes.").hidden(),
                Key.of("celery.beat_schedule_check", SECONDS, "60", NONE,
                        "what waits for a time is looked for ten times a second."),
                Key.of("celery.autoscale.enabled", new Flag(), "false", NONE,
                        "a thread is made for each running instance; `process_instances.concurrency` is the bound."),
                Key.of("celery.autoscale.min", new Whole(0, 10_000), "4", NONE, "no thread is kept waiting."),
                Key.of("celery.autoscale.max", new Whole(1, 10_000), "16", NONE,
                        "`process_instances.concurrency` is the bound."),
                Key.of("celery.queues", new Anything(), "", NONE,
                        "there are three lanes; `process_instances` has the bounds."));
    }
}

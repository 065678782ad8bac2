package dev.appos.config;

import java.util.function.Consumer;
import java.util.stream.Stream;

/// What no key can say alone: values that do not go together.
final class CrossChecks {

    /// The PostgreSQL that comes along takes sixty; some are kept for those who look after it.
    private static final int MOST_OF_OWN = 50;

    private final SettingValues values;
    private final Consumer<Finding> findings;

    CrossChecks(SettingValues values, Consumer<Finding> findings) {
        this.values = values;
        this.findings = findings;
    }

    void run() {
        addresses();
        database();
        secrets();
        lengths();
    }

    private void addresses() {
        if (values.text("monitoring.health_endpoint").equals(values.text("monitoring.ready_endpoint"))) {
            String place = values.said("monitoring.health_endpoint") ? "health" : "ready";
            tell("monitoring." + place + "_endpoint", false,
                    "monitoring.health_endpoint and monitoring.ready_endpoint are the same", "Write two paths.");
        }
    }

    private void database() {
        boolean url = values.said("database.url");
        boolean parts = values.said("database.host") || values.said("database.name");
        if (url && parts) {
            tell("database.url", false, "database.url and database.host say the same twice",
                    "Keep database.url, or host, port and name.");
        }
        if (values.said("redis.url") && (values.said("redis.host") || values.said("redis.port"))) {
            tell("redis.url", false, "redis.url and redis.host say the same twice",
                    "Keep redis.url, or host and port.");
        }
        int connections = values.number("database.pool_size") + values.number("database.max_overflow");
        if (!url && !parts && connections > MOST_OF_OWN) {
            String place = values.said("database.pool_size") ? "database.pool_size" : "database.max_overflow";
            tell(place, false, "the PostgreSQL that comes along takes " + MOST_OF_OWN + " connections of a server, not "
                    + connections, "Make database.pool_size and database.max_overflow smaller, or set database.url.");
        }
    }

    private void secrets() {
        if (!values.environment().strict()) {
            return;
        }
        values.optional("server.public_url").filter(url -> !url.startsWith("https://")).ifPresent(_ ->
                tell("server.public_url", false, "server.public_url is not https in "
                        + values.environment().word(), "Write https://…: sessions are sent over it."));
        values.all().stream()
                .filter(setting -> setting.key().secret() && inFile(setting))
                .filter(setting -> !setting.key().shown(setting.value()).equals(setting.value()))
                .forEach(setting -> tell(setting.key().path(), true,
                        "the file holds a secret: " + setting.key().path(),
                        "Write ${NAME}, and set NAME where the server is started."));
    }

    private static boolean inFile(Setting setting) {
        boolean file = Stream.of(Origin.FILE, Origin.ENVIRONMENT_BLOCK, Origin.ENVIRONMENT_FILE)
                .anyMatch(origin -> origin == setting.origin());
        return file && !setting.where().contains(" ");
    }

    private void lengths() {
        int grace = values.number("shutdown.grace_period_seconds");
        int workers = values.number("shutdown.workers_timeout_seconds");
        int most = values.number("shutdown.force_kill_after");
        if (grace + workers > most) {
            tell("shutdown.force_kill_after", true, "requests and steps may take " + (grace + workers)
                    + " seconds to end, and are cut off after " + most,
                    "Make shutdown.force_kill_after larger, or the others smaller.");
        }
    }

    private void tell(String path, boolean warning, String message, String remedy) {
        String where = values.get(path).where();
        findings.accept(new Finding(where.isEmpty() ? SettingsReader.FILE : where, 0, 0, warning, message, remedy));
    }
}

package dev.appos.boot;

import dev.appos.config.SettingValues;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.PoolSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the database is: an address in either of its usual forms, or host, port and name.
final class DatabaseAddress {

    private static final String JDBC = "jdbc:postgresql:";

    /// `postgresql+driver://user:password@host:5432/name?options`, as other programs write it.
    private static final Pattern COMMON = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?://(?:([^:@/]*)(?::([^@/]*))?@)?(.*)");

    private DatabaseAddress() {}

    /// A PostgreSQL of your own; empty for the one that comes along.
    static Optional<DatabaseSettings> of(SettingValues values, PoolSettings pool) {
        String user = values.text("database.user");
        String password = values.text("database.password");
        if (values.said("database.url")) {
            String url = values.text("database.url");
            Matcher common = COMMON.matcher(url);
            if (!common.matches()) {
                return Optional.of(new DatabaseSettings(url, user, password, pool));
            }
            String named = values.said("database.user") ? user : decoded(common.group(1)).orElse(user);
            String known = values.said("database.password") ? password : decoded(common.group(2)).orElse(password);
            return Optional.of(new DatabaseSettings(JDBC + "//" + common.group(3), named, known, pool));
        }
        if (values.said("database.host") || values.said("database.name")) {
            String url = JDBC + "//" + values.text("database.host") + ":" + values.number("database.port") + "/"
                    + values.text("database.name");
            return Optional.of(new DatabaseSettings(url, user, password, pool));
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(String part) {
        return Optional.ofNullable(part).filter(text -> !text.isEmpty()).map(text -> {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException _) {
                // A password that was written as it is.
                return text;
            }
        });
    }
}

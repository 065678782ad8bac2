package dev.appos.store;

/// Where the database is, and how many connections to keep to it.
///
/// @param jdbcUrl  a `jdbc:postgresql:` address; parameters in it win over the ones set by [Database]
/// @param user     the role that owns the platform's schema and those of the apps
/// @param password its password, never printed by this record
/// @param pool     how many connections to keep
public record DatabaseSettings(String jdbcUrl, String user, String password, PoolSettings pool) {

    /// With a pool of at most so many connections.
    public DatabaseSettings(String jdbcUrl, String user, String password, int poolSize) {
        this(jdbcUrl, user, password, PoolSettings.of(poolSize));
    }

    public DatabaseSettings {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("jdbcUrl must start with jdbc:postgresql:");
        }
    }

    /// The address without its parameters, fit for a message: parameters may carry secrets.
    public String address() {
        int parameters = jdbcUrl.indexOf('?');
        return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
    }

    /// The same database through another pool.
    public DatabaseSettings with(PoolSettings other) {
        return new DatabaseSettings(jdbcUrl, user, password, other);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[%s, user=%s, poolSize=%d]".formatted(address(), user, pool.most());
    }
}

package dev.appos.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.appos.base.Digest;
import dev.appos.store.DatabaseSettings;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// The bare handler: Javalin, hand-written JDBC, a streamed JSON answer, and nothing else. What the same answer costs
/// when nobody asks who wants it. With `checked` it looks its token up in the database on every request.
final class Floor implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = "id, version, name, album_id, media_type_id, genre_id, composer,"
            + " milliseconds, bytes, unit_price, created_at, created_by, updated_at, updated_by";

    private final HikariDataSource pool;
    private final Javalin http;
    private final boolean checked;

    Floor(DatabaseSettings settings, boolean checked) {
        this.checked = checked;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.pool().most());
        config.addDataSourceProperty("prepareThreshold", "1");
        this.pool = new HikariDataSource(config);
        this.http = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.concurrency.useVirtualThreads = true;
            javalin.routes.get("/tracks/{id}", this::one);
            javalin.routes.get("/tracks", this::page);
            javalin.routes.post("/tracks", this::add);
        });
        http.start("127.0.0.1", 0);
    }

    int port() {
        return http.port();
    }

    @Override
    public void close() {
        http.stop();
        pool.close();
    }

    private void one(Context request) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            check(connection, request);
            try (PreparedStatement select =
                    connection.prepareStatement("select " + COLUMNS + " from billing.tracks where id = ?")) {
                select.setLong(1, Long.parseLong(request.pathParam("id")));
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
                    try (JsonGenerator json = JSON.createGenerator(out)) {
                        write(json, rows);
                    }
                    send(request, out);
                }
            }
        }
    }

    private void page(Context request) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            check(connection, request);
            try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                    + " from billing.tracks where genre_id = ? order by name, id limit 50 offset ?")) {
                select.setLong(1, Long.parseLong(request.queryParam("genre_id")));
                select.setLong(2, Long.parseLong(request.queryParam("offset")));
                try (ResultSet rows = select.executeQuery()) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
                    try (JsonGenerator json = JSON.createGenerator(out)) {
                        json.writeStartArray();
                        while (rows.next()) {
                            write(json, rows);
                        }
                        json.writeEndArray();
                    }
                    send(request, out);
                }
            }
        }
    }

    private void add(Context request) throws SQLException {
        Map<?, ?> body = JSON.readValue(request.bodyAsBytes(), Map.class);
        try (Connection connection = pool.getConnection()) {
            check(connection, request);
            try (PreparedStatement insert = connection.prepareStatement("insert into billing.tracks"
                    + " (name, media_type_id, milliseconds, unit_price, created_by, updated_by)"
                    + " values (?, ?, ?, ?, 'floor', 'floor') returning " + COLUMNS)) {
                insert.setString(1, (String) body.get("name"));
                insert.setLong(2, ((Number) body.get("media_type_id")).longValue());
                insert.setLong(3, ((Number) body.get("milliseconds")).longValue());
                insert.setBigDecimal(4, new BigDecimal(String.valueOf(body.get("unit_price"))));
                try (ResultSet rows = insert.executeQuery()) {
                    rows.next();
                    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
                    try (JsonGenerator json = JSON.createGenerator(out)) {
                        write(json, rows);
                    }
                    request.status(201);
                    send(request, out);
                }
            }
        }
    }

    private void check(Connection connection, Context request) throws SQLException {
        if (!checked) {
            return;
        }
        String token = String.valueOf(request.header("X-API-Key"));
        try (PreparedStatement select = connection.prepareStatement("select 1 from bench_token where hash = ?")) {
            select.setString(1, Digest.sha256(token));
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("no such token");
                }
            }
        }
    }

    private static void write(JsonGenerator json, ResultSet row) throws SQLException {
        json.writeStartObject();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String name = row.getMetaData().getColumnName(column);
            switch (name) {
                case "name", "composer", "created_by", "updated_by" ->
                    json.writeStringProperty(name, row.getString(column));
                case "unit_price" -> json.writeNumberProperty(name, row.getBigDecimal(column));
                case "created_at", "updated_at" -> json.writeStringProperty(
                        name, row.getObject(column, OffsetDateTime.class).toInstant().toString());
                default -> json.writeNumberProperty(name, row.getLong(column));
            }
        }
        json.writeEndObject();
    }

    private static void send(Context request, ByteArrayOutputStream out) {
        request.contentType("application/json");
        request.result(out.toByteArray());
    }
}

package dev.appos.web;

import dev.appos.base.Ref;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.SettableClock;
import dev.appos.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A served platform with two small apps, and one key for each kind of caller.
final class Shop implements AutoCloseable {

    static final SettableClock CLOCK = new SettableClock();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Platform platform;
    private final String url;

    /// On a PostgreSQL of its own.
    Shop(Path home) {
        this(home, Optional.empty());
    }

    /// On a database that others may use too.
    Shop(Path home, Optional<DatabaseSettings> database) {
        write(home, "apps/shop/app.yaml", """
                title: Shop
                groups: [readers, writers, holders, public_access]
                """);
        write(home, "apps/shop/records/Item.java", """
                @Record(audit = true, attachments = true, softDelete = true, view = "readers",
                        create = "writers", update = "writers", delete = "writers")
                record Item(@NotBlank @Size(max = 40) String name) {}
                """);
        write(home, "apps/shop/folders/Papers.java", """
                @Folder(view = "readers", admin = "writers")
                interface Papers {}
                """);
        write(home, "apps/shop/records/Tick.java", """
                @Record(live = true, view = {"readers", "writers"},
                        create = "writers", update = "writers", delete = "writers")
                record Tick(String name, boolean secret, @Restricted(view = "writers") String note) {
                    @RowFilter
                    static Cond open(TickRecords.Fields tick) {
                        return ctx.user().in("writers") ? everything() : tick.secret().isFalse();
                    }
                }
                """);
        write(home, "apps/shop/rules/Twice.java", """
                @ExpressionRule(use = "writers")
                long twice(long number) { return 2 * number; }
                """);
        write(home, "apps/shop/constants/Constants.java", """
                @Constant(use = "writers")
                String calculation() { return "shop.rules.twice"; }
                """);
        write(home, "apps/shop/processes/Count.java", """
                @Process(use = "writers")
                void count(long number) { ctx.var("number", number); }
                """);
        write(home, "apps/shop/interfaces/Items.java", """
                @Interface(record = "item", type = LIST, view = {"readers", "writers"})
                Ui items() { return page("Items", table(records.item).columns("name")); }
                """);
        write(home, "apps/shop/pages/Pages.java", """
                @Page(route = "/items", title = "Items", view = {"readers", "writers"})
                Ui itemsPage() { return interfaces.items(); }
                """);
        write(home, "apps/office/app.yaml", "title: Office\ngroups: [clerks]\n");
        write(home, "apps/office/records/Desk.java", """
                @Record(view = "clerks", create = "clerks", update = "clerks", delete = "clerks")
                record Desk(@NotBlank @Size(max = 40) String name) {}
                """);
        database.ifPresent(shared -> write(home, "appos.yaml", """
                database:
                  url: "%s"
                  user: "%s"
                  password: "%s"
                """.formatted(shared.jdbcUrl(), shared.user(), shared.password())));
        platform = new Platform(Settings.of(home).withPort(0), CLOCK);
        platform.bootstrap(Optional.of("a long enough secret"));
        url = "http://127.0.0.1:" + platform.serve();
        rule("add_grant", Map.of("group", "holders", "object_ref", "shop.*", "permissions", List.of("admin")));
    }

    String url() {
        return url;
    }

    List<String> problems() {
        return platform.registry().problems().stream().map(Object::toString).toList();
    }

    /// A new user with a key.
    String key(String user, String type, List<String> groups, Optional<Duration> life) {
        rule("create_user", Map.of(
                "username", user, "email", user + "@example.test", "user_type", type, "groups", groups));
        return keyOf(user, life);
    }

    String keyOf(String user, Optional<Duration> life) {
        Map<String, Object> inputs = life.<Map<String, Object>>map(length -> Map.of(
                        "username", user, "name", "key", "expires_at", CLOCK.instant().plus(length).toString()))
                .orElse(Map.of("username", user, "name", "key"));
        return String.valueOf(((Map<?, ?>) rule("create_api_key", inputs)).get("api_key"));
    }

    Object rule(String name, Map<String, Object> inputs) {
        return call(new Ref(Ref.PLATFORM, "rules", name), new Input.Run(inputs));
    }

    /// A new item's id.
    long item() {
        List<?> made = (List<?>) call(
                Ref.of("shop.records.item"), new Input.CreateRecords(List.of(Map.of("name", "Cup"))));
        return ((Number) ((Map<?, ?>) made.getFirst()).get("id")).longValue();
    }

    private Object call(Ref ref, Input input) {
        Context context = new Context(
                new Principal.Platform("test"), platform.ids().execution(), platform.clock().instant());
        return platform.dispatcher().dispatch(context, Call.of(ref, input));
    }

    /// Sends a request with these headers, in pairs.
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        platform.close();
    }

    private static void write(Path home, String file, String text) {
        try {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

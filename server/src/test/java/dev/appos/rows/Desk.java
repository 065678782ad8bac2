package dev.appos.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A platform with an app whose rows and fields are not for everybody, and its users, reached over HTTP.
final class Desk implements AutoCloseable {

    static final String ADMIN = "admin";

    /// The groups of each user but the administrator.
    static final Map<String, Set<String>> USERS = Map.of(
            "mona", Set.of("desk_users", "desk_managers", "desk_admins"),
            "max", Set.of("desk_users", "desk_managers"),
            "rob", Set.of("desk_users"),
            "sue", Set.of("desk_users", "desk_staff"),
            "ben", Set.of("desk_users"));

    private static final Map<String, String> FILES = Map.of(
            "app.yaml", "groups: [desk_users, desk_staff, desk_managers, desk_admins]\n"
                    + "security:\n  defaults:\n    logic: [desk_users]\n    ui: [desk_users]\n",
            "records/Region.java", """
                    @Record(view = "desk_users", display = "name")
                    record Region(@NotBlank String name, String manager) {}
                    """,
            "records/Person.java", """
                    @Record(view = "desk_users", display = {"phone", "name"}, search = {"name", "phone"})
                    record Person(@NotBlank String name, String login, @BelongsTo Region region,
                            @Restricted(view = "desk_managers") String phone) {

                        @RowFilter
                        static Cond near(PersonRecords.Fields person) {
                            return ctx.user().in("desk_staff") || ctx.user().in("desk_managers")
                                    ? everything()
                                    : person.region().manager().eq(ctx.user().name())
                                            .or(person.login().eq(ctx.user().name()));
                        }
                    }
                    """,
            "records/Account.java", """
                    @Record(audit = true, view = "desk_users", create = "desk_users", update = "desk_users",
                            delete = "desk_users", display = "name", search = {"name", "country"})
                    record Account(@NotBlank String name, String country, @BelongsTo Person owner,
                            @BelongsTo(onDelete = SET_NULL) Account parent,
                            @Restricted(view = "desk_managers", update = "desk_admins") BigDecimal credit,
                            @Restricted(update = "desk_managers") String note, Boolean open) {

                        @RowFilter
                        static Cond own(AccountRecords.Fields account) {
                            if (ctx.user().in("desk_managers")) {
                                return everything();
                            }
                            var countries = ctx.user().in("desk_staff") ? List.of("BR", "NO") : List.<String>of();
                            return account.owner().login().eq(ctx.user().name()).or(account.country().in(countries));
                        }
                    }
                    """,
            "records/Deal.java", """
                    @Record(view = "desk_users", create = "desk_users", update = "desk_users", delete = "desk_users",
                            display = "title")
                    record Deal(@NotBlank String title, @BelongsTo(onDelete = CASCADE) Account account,
                            BigDecimal amount, Stage stage, @Restricted(view = "desk_managers") BigDecimal rate) {

                        enum Stage { OPEN, WON, SECRET }

                        @RowFilter
                        static Cond region(DealRecords.Fields deal) {
                            return ctx.user().in("desk_managers") || ctx.user().in("desk_staff")
                                    ? everything()
                                    : deal.account().owner().region().manager().eq(ctx.user().name())
                                            .or(deal.account().owner().login().eq(ctx.user().name()));
                        }

                        @RowFilter
                        static Cond known(DealRecords.Fields deal) {
                            return ctx.user().in("desk_admins") ? everything() : deal.stage().ne(Stage.SECRET);
                        }
                    }
                    """,
            "records/Broken.java", """
                    @Record(view = "desk_users")
                    record Broken(@NotBlank String name, @BelongsTo Account account) {

                        @RowFilter
                        static Cond none(BrokenRecords.Fields broken) {
                            return broken.id().gt(1L / (ctx.user().name().length() - ctx.user().name().length()));
                        }
                    }
                    """,
            "rules/Rules.java", """
                    @ExpressionRule
                    long deals(String stage) {
                        return records.deal.where(d -> d.stage().eq(Deal.Stage.valueOf(stage))).count();
                    }

                    @ExpressionRule
                    BigDecimal dealTotal(String login) {
                        return records.deal.where(d -> d.account().owner().login().eq(login)).sum(d -> d.amount());
                    }

                    @ExpressionRule
                    List<String> ownersIn(String country) {
                        return records.account.where(a -> a.country().eq(country)).rows().stream()
                                .map(r -> r.id() + ":" + (r.value().owner() == null ? "-" : r.value().owner().name()))
                                .sorted().toList();
                    }

                    @ExpressionRule
                    String credit(long accountId) {
                        return String.valueOf(records.account.get(accountId).credit());
                    }

                    @ExpressionRule
                    BigDecimal credits() {
                        return records.account.sum(a -> a.credit());
                    }

                    @ExpressionRule
                    long sneak(long accountId) {
                        try {
                            records.account.update(accountId, a -> a.ownerId((Long) null).country("XX"));
                        } catch (RuntimeException refused) {
                            return -1;
                        }
                        return 1;
                    }
                    """,
            "processes/Survey.java", """
                    @Process(use = "desk_users")
                    BigDecimal survey(String login) {
                        return step("total", rules.dealTotal, login);
                    }
                    """,
            "pages/Accounts.java", """
                    @Interface(record = "account", type = LIST)
                    Ui accounts() {
                        return page("Accounts", stats(metric("Accounts", records.account.count())),
                                table(records.account).columns("name", "owner", "credit", "note").searchable()
                                        .orderBy("credit"));
                    }

                    @Page(route = "/accounts", title = "Accounts", view = "desk_users")
                    Ui accountsPage() { return interfaces.accounts(); }
                    """);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> keys = new HashMap<>();
    private final Platform platform;
    private final int port;

    Desk(Path home) {
        FILES.forEach((path, text) -> {
            try {
                Path file = home.resolve("apps/desk").resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        platform = new Platform(Settings.of(home).withPort(0), Clock.systemUTC());
        platform.bootstrap(Optional.of("a long enough secret"));
        port = platform.serve();
        keys.put(ADMIN, adminKey());
        USERS.forEach((user, groups) -> {
            must(ADMIN, "POST", "/api/admin/users", Map.of("username", user, "groups", List.copyOf(groups)));
            key(user);
        });
    }

    /// What came back.
    record Answer(int status, String text, Map<String, String> headers) {

        Object json() {
            return Json.read(text);
        }
    }

    /// Makes a key for a user.
    void key(String user) {
        Object made = must(ADMIN, "POST", "/api/admin/users/" + user + "/api-keys", Map.of("name", "t"));
        keys.put(user, (String) ((Map<?, ?>) made).get("api_key"));
    }

    /// Makes an agent that acts for a user.
    void agent(String name, String user) {
        Object made = must(ADMIN, "POST", "/api/v1/agents", Map.of("name", name, "runs_as", user,
                "budget", Map.of("amount", 100, "unit", "calls", "per", "day")));
        keys.put("agent:" + name, (String) ((Map<?, ?>) made).get("api_key"));
    }

    private String adminKey() {
        HttpResponse<String> login = send(request("/api/auth/login").POST(body(
                Json.write(Map.of("username", ADMIN, "password", "a long enough secret")))));
        String token = (String) ((Map<?, ?>) Json.read(login.body())).get("csrf_token");
        HttpResponse<String> made = send(request("/api/admin/users/admin/api-keys")
                .header("Cookie", login.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0])
                .header("X-CSRF-Token", token)
                .POST(body("{\"name\":\"t\"}")));
        return (String) ((Map<?, ?>) Json.read(made.body())).get("api_key");
    }

    Answer call(String user, String method, String address, Object json, String... headers) {
        HttpRequest.Builder request = request(address).header("X-API-Key", keys.get(user))
                .method(method, body(json == null ? "" : Json.write(json)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = send(request);
        Map<String, String> got = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> got.put(name.toLowerCase(), values.getFirst()));
        return new Answer(response.statusCode(), response.body(), got);
    }

    Object must(String user, String method, String address, Object json, String... headers) {
        Answer answer = call(user, method, address, json, headers);
        assertThat(answer.status()).as(method + " " + address + " " + answer.text()).isLessThan(300);
        return answer.text().isEmpty() ? null : answer.json();
    }

    /// Calls a tool over MCP; answers its content, or null if it was refused.
    Map<?, ?> tool(String user, String name, Map<String, Object> arguments) {
        Map<?, ?> result = mcp(user, "tools/call", Map.of("name", name, "arguments", arguments));
        return Boolean.TRUE.equals(result.get("isError")) ? null : (Map<?, ?>) result.get("structuredContent");
    }

    Map<?, ?> mcp(String user, String method, Map<String, Object> params) {
        Map<?, ?> answer = (Map<?, ?>) must(user, "POST", "/mcp",
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
        return (Map<?, ?>) answer.get("result");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    @Override
    public void close() {
        platform.close();
    }
}

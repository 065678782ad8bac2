package dev.appos.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import dev.appos.identity.IdentitySettings;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every address asked by every kind of caller. Two tables say what each hears: [#KINDS] per kind of address, and
/// [#ROUTES], which puts each address under a kind. An address without a row fails the build.
class RouteMatrixTest {

    private static final List<String> SUBJECTS = List.of(
            "anonymous", "no_group", "other_app", "reader", "writer", "revoked", "service", "expired", "holder", "root",
            "stale_cookie");

    /// What each caller hears. `in` is everything but 401, 403 and 5xx: the caller was let in to this address.
    private static final String KINDS = """
            kind      anonymous no_group other_app reader writer revoked service expired holder root stale_cookie
            everybody in        in       in        in     in     in      in      in      in     in   in
            login     401       401      401       401    401    401     401     401     401    401  401
            own       401       in       in        in     in     401     in      401     in     in   401
            admin     401       403      403       403    403    401     403     401     403    in   401
            read      401       404      404       200    200    401     200     401     200    200  401
            create    401       404      404       403    201    401     201     401     201    201  401
            change    401       404      404       403    200    401     200     401     200    200  401
            filter    401       404      404       403    204    401     204     401     204    204  401
            remove    401       404      404       403    204    401     204     401     204    204  401
            run       401       404      404       404    200    401     200     401     200    200  401
            trash     401       404      404       403    200    401     200     401     200    200  401
            restore   401       404      404       403    404    401     404     401     404    404  401
            start     401       404      404       404    202    401     202     401     202    202  401
            fire      401       403      403       403    403    401     in      401     403    in   401
            import    401       404      404       403    202    401     202     401     202    202  401
            """;

    /// Every address: its kind, and the body sent to it. `{id}` below `/api/shop` is a new item's, elsewhere nobody's;
    /// `{username}` is the caller's own under `own`.
    private static final String ROUTES = """
            GET    /health                                     everybody
            GET    /healthz                                    everybody
            GET    /ready                                      everybody
            GET    /metrics                                    everybody
            GET    /                                           everybody
            GET    /{screen}                                   everybody
            GET    /assets/{file}                              everybody
            POST   /api/auth/login                             login     {"username":"{username}","password":"x"}
            POST   /api/auth/token                             everybody
            POST   /api/auth/logout                            own
            GET    /api/auth/me                                own
            POST   /api/auth/password                          own
            GET    /api/auth/sessions                          own
            DELETE /api/auth/sessions/{id}                     own
            GET    /api/auth/second-factor                     own
            POST   /api/auth/second-factor                     own
            POST   /api/auth/second-factor/confirm             own
            POST   /api/auth/second-factor/end                 own
            GET    /api/auth/providers                         everybody
            GET    /api/auth/oidc/{provider}                   everybody
            GET    /api/auth/oidc/{provider}/callback          everybody
            POST   /mcp                                        own       {"jsonrpc":"2.0","id":1,"method":"ping"}
            GET    /mcp                                        own
            GET    /api/ui                                     own
            GET    /api/openapi.json                           own
            GET    /api/{app}/openapi.json                     read
            GET    /api/docs                                   everybody
            GET    /api/docs/{file}                            everybody
            GET    /api/admin/users                            admin
            POST   /api/admin/users                            admin
            GET    /api/admin/users/{username}                 own
            GET    /api/admin/users/{username}/groups          own
            PATCH  /api/admin/users/{username}                 admin
            POST   /api/admin/users/{username}/deactivate      admin
            POST   /api/admin/users/{username}/reactivate      admin
            POST   /api/admin/users/{username}/api-keys        own
            GET    /api/admin/users/{username}/api-keys        own
            POST   /api/admin/users/{username}/password        admin
            DELETE /api/admin/users/{username}/api-keys/{id}   own
            POST   /api/admin/users/{username}/api-keys/{id}/rotate own
            DELETE /api/admin/users/{username}/sessions        admin
            DELETE /api/admin/users/{username}/second-factor   admin
            GET    /api/admin/groups                           admin
            POST   /api/admin/groups                           admin
            GET    /api/admin/groups/{group}                   admin
            GET    /api/admin/groups/{group}/members           own
            POST   /api/admin/groups/{group}/deactivate        admin
            POST   /api/admin/groups/{group}/reactivate        admin
            PUT    /api/admin/groups/{group}/apps/{app}        admin
            DELETE /api/admin/groups/{group}/apps/{app}        admin
            PUT    /api/admin/groups/{group}/members/{username} admin
            DELETE /api/admin/groups/{group}/members/{username} admin
            GET    /api/admin/grants                           admin
            POST   /api/admin/grants                           admin
            DELETE /api/admin/grants                           admin
            GET    /api/admin/public                           admin
            GET    /api/admin/explain                          admin
            GET    /api/admin/sessions                         own
            DELETE /api/admin/sessions/{id}                    own
            GET    /api/admin/logins                           admin
            GET    /api/admin/audit                            admin
            GET    /api/admin/audit/verify                     admin
            GET    /api/admin/logs                             admin
            PUT    /api/admin/logs/level                       admin     {"level":"INFO"}
            GET    /api/admin/metrics                          admin
            GET    /api/admin/health                           admin
            POST   /api/admin/health                           admin
            GET    /api/admin/changes                          admin
            GET    /api/admin/objects                          admin
            GET    /api/admin/objects/{ref}                    admin
            GET    /api/admin/objects/{ref}/impact             admin
            GET    /api/admin/problems                         admin
            POST   /api/admin/documents/clean                  admin     {}
            GET    /api/admin/record-events                    admin
            POST   /api/admin/record-events/{id}/retry         admin
            DELETE /api/admin/record-events/{id}               admin
            GET    /api/admin/record-reads                     own
            POST   /api/admin/record-clean-up                  admin
            GET    /api/admin/constants                        own
            PUT    /api/admin/constants/{ref}                  own       {"value":"x"}
            DELETE /api/admin/constants/{ref}                  own
            GET    /api/admin/settings                         admin
            PUT    /api/admin/settings/{key}                   admin     {"value":"x"}
            DELETE /api/admin/settings/{key}                   admin
            POST   /api/v1/ask                                 own       {"question":"What is wrong?"}
            POST   /api/v1/transactions                        own       {"operations":[]}
            GET    /api/v1/environment                         own
            GET    /api/v1/apps/{app}/config                   own
            GET    /api/v1/apps/{app}/events                   own
            POST   /api/v1/undo                                own       {"execution_id":"none"}
            GET    /api/v1/processes                           own
            GET    /api/v1/processes/stranded                  own
            GET    /api/v1/processes/patches                   own
            POST   /api/v1/processes/migrate                   own    {"process":"shop.processes.none"}
            GET    /api/v1/processes/{id}                      own
            GET    /api/v1/processes/{id}/steps                own
            POST   /api/v1/processes/{id}/cancel               own
            POST   /api/v1/processes/{id}/pause                own
            POST   /api/v1/processes/{id}/resume               own
            POST   /api/v1/processes/{id}/retry                own
            POST   /api/v1/events/{event}                      fire      {"data":{}}
            GET    /api/v1/schedules                           own
            PATCH  /api/v1/schedules/{id}                      own       {"enabled":false}
            POST   /api/v1/schedules/{id}/run                  own
            POST   /api/v1/processes/{id}/signals/{name}       own
            GET    /api/v1/jobs                                own
            GET    /api/v1/jobs/{id}                           own
            GET    /api/v1/jobs/{id}/errors                    own
            GET    /api/v1/jobs/{id}/errors.csv                own
            POST   /api/v1/jobs/{id}/cancel                    own
            POST   /api/v1/jobs/{id}/resume                    own
            GET    /api/v1/approvals                           own
            GET    /api/v1/events                              own
            POST   /api/v1/approvals/{id}                      own
            POST   /api/v1/approvals/{id}/claim                own
            POST   /api/v1/approvals/{id}/unclaim              own
            POST   /api/v1/approvals/{id}/assign               own
            GET    /api/v1/agents                              admin
            POST   /api/v1/agents                              admin
            POST   /api/v1/agents/{name}/stop                  admin
            POST   /api/v1/agents/{name}/resume                admin
            GET    /api/v1/policies                            admin
            PUT    /api/v1/policies/{name}                     admin     {"rules":[]}
            POST   /api/v1/policies/evaluate                   own
            GET    /api/ui/{app}/{page}                        read
            POST   /api/{app}/v1/rpc/{rule}                    run       {"number":21}
            GET    /api/{app}/v1/rpc/{rule}                    run
            POST   /api/{app}/v1/processes/{name}              start     {"number":21}
            GET    /api/{app}/v1/constants/{name}              run
            POST   /api/{app}/v1/constants/{name}              run       {"number":21}
            GET    /api/{app}/v1/{records}                     read
            POST   /api/{app}/v1/{records}                     create    {"name":"Pot"}
            PUT    /api/{app}/v1/{records}                     filter    {"name":"none"}
            PATCH  /api/{app}/v1/{records}                     filter    {"name":"Pan"}
            DELETE /api/{app}/v1/{records}                     filter
            GET    /api/{app}/v1/{records}/export              read
            POST   /api/{app}/v1/{records}/import              import    {"name":"Pot"}
            GET    /api/{app}/v1/{records}/{id}                read
            PATCH  /api/{app}/v1/{records}/{id}                change    {"name":"Pan"}
            PUT    /api/{app}/v1/{records}/{id}                change    {"name":"Pan"}
            DELETE /api/{app}/v1/{records}/{id}                remove
            GET    /api/{app}/v1/{records}/{id}/audit          read
            GET    /api/{app}/v1/folders                       read
            GET    /api/{app}/v1/folders/{folder}              read
            PATCH  /api/{app}/v1/folders/{folder}              change    {"is_active":true}
            GET    /api/{app}/v1/folders/{folder}/documents    read
            POST   /api/{app}/v1/folders/{folder}/documents    create    {"a":1}
            GET    /api/{app}/v1/folders/{folder}/documents/{document} read
            PATCH  /api/{app}/v1/folders/{folder}/documents/{document} change    {"tags":["a"]}
            DELETE /api/{app}/v1/folders/{folder}/documents/{document} remove
            GET    /api/{app}/v1/folders/{folder}/documents/{document}/content read
            GET    /api/{app}/v1/folders/{folder}/documents/{document}/versions read
            POST   /api/{app}/v1/folders/{folder}/documents/{document}/versions create    {"a":2}
            GET    /api/{app}/v1/folders/{folder}/documents/{document}/versions/{version}/content read
            POST   /api/{app}/v1/folders/{folder}/documents/{document}/versions/{version}/restore change    {}
            GET    /api/{app}/v1/{records}/{id}/attachments    read
            POST   /api/{app}/v1/{records}/{id}/attachments    create    {"a":1}
            GET    /api/{app}/v1/{records}/{id}/attachments/{document} read
            PATCH  /api/{app}/v1/{records}/{id}/attachments/{document} change    {"tags":["a"]}
            DELETE /api/{app}/v1/{records}/{id}/attachments/{document} remove
            GET    /api/{app}/v1/{records}/{id}/attachments/{document}/content read
            GET    /api/{app}/v1/{records}/{id}/attachments/{document}/versions read
            POST   /api/{app}/v1/{records}/{id}/attachments/{document}/versions create    {"a":2}
            GET    /api/{app}/v1/{records}/{id}/attachments/{document}/versions/{version}/content read
            POST   /api/{app}/v1/{records}/{id}/attachments/{document}/versions/{version}/restore change    {}
            POST   /api/{app}/v1/folders/{folder}/documents/uploads own
            GET    /api/{app}/v1/folders/{folder}/documents/uploads/{upload} own
            PATCH  /api/{app}/v1/folders/{folder}/documents/uploads/{upload} own
            DELETE /api/{app}/v1/folders/{folder}/documents/uploads/{upload} own
            POST   /api/{app}/v1/{records}/{id}/attachments/uploads own
            GET    /api/{app}/v1/{records}/{id}/attachments/uploads/{upload} own
            PATCH  /api/{app}/v1/{records}/{id}/attachments/uploads/{upload} own
            DELETE /api/{app}/v1/{records}/{id}/attachments/uploads/{upload} own
            GET    /api/{app}/v1/{records}/trash               trash
            POST   /api/{app}/v1/{records}/{id}/restore        restore
            """;

    /// Addresses at which something else than the kind says is right, each with its reason.
    private static final Map<String, String> HERE = Map.of(
            // Its credential is the key it is given, which a caller without one lacks.
            "POST /api/auth/token", "401 in in in in 401 in 401 in in 401",
            // The shop has no unique key that it could name a record by, as those hear who may change one.
            "PUT /api/{app}/v1/{records}", "401 404 404 403 in 401 in 401 in in 401");

    /// One address with what is sent to it.
    private record Row(String method, String path, String kind, String body) {

        String route() {
            return method + " " + path;
        }
    }

    @TempDir
    private static Path home;

    private static Shop shop;
    private static final Map<String, String[]> CREDENTIALS = new LinkedHashMap<>();

    @BeforeAll
    static void open() {
        shop = new Shop(home);
        assertThat(shop.problems()).isEmpty();
        Optional<Duration> ever = Optional.empty();
        CREDENTIALS.put("anonymous", new String[0]);
        CREDENTIALS.put("no_group", key(shop.key("no_group", "basic", List.of(), ever)));
        CREDENTIALS.put("other_app", key(shop.key("other_app", "basic", List.of("clerks"), ever)));
        CREDENTIALS.put("reader", key(shop.key("reader", "basic", List.of("readers"), ever)));
        CREDENTIALS.put("writer", key(shop.key("writer", "basic", List.of("writers"), ever)));
        CREDENTIALS.put("revoked", key(shop.key("revoked", "basic", List.of("writers", "holders"), ever)));
        CREDENTIALS.put("service", key(shop.key("service", "service_account", List.of("writers"), ever)));
        CREDENTIALS.put("expired", key(shop.key(
                "expired", "basic", List.of("writers", "holders"), Optional.of(Duration.ofMinutes(1)))));
        CREDENTIALS.put("holder", key(shop.key("holder", "basic", List.of("holders"), ever)));
        CREDENTIALS.put("root", key(shop.key("root", "system_admin", List.of(), ever)));
        CREDENTIALS.put("stale_cookie", new String[] {"Cookie", SessionCookie.NAME + "=" + "a".repeat(43)});
        shop.rule("deactivate_user", Map.of("username", "revoked"));
        Shop.CLOCK.forward(Duration.ofMinutes(2));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void every_address_has_a_row_and_every_row_an_address() {
        Routes routes = new Routes(
                new Routes.Parts(
                        null, null, null, null, IdentitySettings.DEFAULT, null, null,
                        new Routes.Files(null, null, null), null, null),
                "test", ServerSettings.DEFAULT, null);
        assertThat(rows().stream().map(Row::route))
                .containsExactlyInAnyOrderElementsOf(routes.all().stream().map(RouteMatrixTest::written).toList());
    }

    @Test
    void the_description_has_every_address_and_no_other() {
        Map<String, Object> document = Json.object(
                Json.read(send("root", "GET", "/api/openapi.json", "").body()), "The description");
        Set<String> described = new TreeSet<>();
        Json.object(document.get("paths"), "paths").forEach((path, methods) -> Json.object(methods, path)
                .keySet().forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(described).isEqualTo(new TreeSet<>(rows().stream().map(Row::route).toList()));
    }

    @Test
    void the_description_of_an_app_has_every_address_below_it_for_whoever_may_all_and_makes_none_up() {
        Map<String, Object> document = Json.object(
                Json.read(send("root", "GET", "/api/shop/openapi.json", "").body()), "The description");
        Set<String> described = new TreeSet<>();
        Json.object(document.get("paths"), "paths").forEach((path, methods) -> Json.object(methods, path)
                .keySet().forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path
                        .replaceFirst("/api/shop/v1/(items|ticks)", "/api/{app}/v1/{records}")
                        .replace("/folders/papers", "/folders/{folder}").replace("/rpc/twice", "/rpc/{rule}")
                        .replace("/processes/count", "/processes/{name}")
                        .replace("/constants/calculation", "/constants/{name}").replace("/shop/", "/{app}/"))));
        assertThat(described).isEqualTo(new TreeSet<>(rows().stream().map(Row::route)
                .filter(route -> route.contains(" /api/{app}/v1/")).toList()));
    }

    @Test
    void every_caller_hears_at_every_address_what_the_tables_say() {
        List<String> mismatches = new ArrayList<>();
        for (Row row : rows()) {
            for (int i = 0; i < SUBJECTS.size(); i++) {
                String expected = expected(row).get(i);
                HttpResponse<String> answer = ask(SUBJECTS.get(i), row);
                int status = answer.statusCode();
                boolean in = status < 500 && status != 401 && status != 403;
                if (expected.equals("in") ? !in : status != Integer.parseInt(expected)) {
                    mismatches.add(row.route() + " as " + SUBJECTS.get(i) + ": " + status + " instead of " + expected
                            + " " + answer.body());
                }
            }
        }
        assertThat(mismatches).isEmpty();
    }

    @Test
    void the_tables_would_find_an_address_that_forgot_to_ask() {
        HttpResponse<String> open = send("anonymous", "GET", "/health", "");
        List<String> guarded = expected(new Row("GET", "/health", "admin", ""));
        assertThat(String.valueOf(open.statusCode())).isNotEqualTo(guarded.getFirst());
    }

    @Test
    void a_stranger_may_what_the_public_group_was_granted_and_hears_one_answer_to_all_the_rest() {
        long item = shop.item();
        grant("shop.records.item", "view");
        try {
            String items = "/api/shop/v1/items";
            assertThat(send("anonymous", "GET", items, "").statusCode()).isEqualTo(200);
            assertThat(send("anonymous", "GET", items + "/" + item, "").statusCode()).isEqualTo(200);
            String refused = told(send("anonymous", "POST", items, "{\"name\":\"Pot\"}"));
            assertThat(refused).startsWith("401 ");
            assertThat(List.of(
                            told(send("anonymous", "DELETE", items + "/" + item, "")),
                            told(send("anonymous", "GET", items + "/" + item + "/audit", "")),
                            told(send("anonymous", "GET", "/api/office/v1/desks", "")),
                            told(send("anonymous", "GET", "/api/office/v1/nothing", "")),
                            told(send("anonymous", "GET", "/api/nowhere/v1/desks", "")),
                            told(send("anonymous", "POST", "/api/shop/v1/rpc/twice", "{\"number\":1}")),
                            told(send("anonymous", "POST", "/api/shop/v1/rpc/thrice", "{\"number\":1}")),
                            told(send("anonymous", "POST", "/api/shop/v1/processes/count", "{\"number\":1}")),
                            told(send("anonymous", "GET", "/api/ui/shop/items", "")),
                            told(send("anonymous", "GET", "/api/v1/processes", "")),
                            told(send("anonymous", "GET", "/api/admin/users", ""))))
                    .containsOnly(refused);
            for (String bad : List.of("revoked", "expired", "stale_cookie")) {
                assertThat(told(send(bad, "GET", items, ""))).as(bad).isEqualTo(refused);
            }
            assertThat(shop.send("GET", items, "", "Authorization", "Basic YTpi").statusCode()).isEqualTo(401);
            assertThat(shop.send("GET", items, "", "Idempotency-Key", "k").statusCode()).isEqualTo(400);
            assertThat(send("root", "GET", "/api/admin/public", "").body())
                    .contains("\"object_ref\":\"shop.records.item\"", "\"permissions\":[\"view\"]")
                    .doesNotContain("office");
        } finally {
            shop.rule("remove_grant", Map.of(
                    "group", "public_access", "object_ref", "shop.records.item", "permissions", List.of("view")));
        }
        assertThat(send("anonymous", "GET", "/api/shop/v1/items", "").statusCode()).isEqualTo(401);
    }

    @Test
    void a_stranger_runs_a_rule_that_was_granted_and_nothing_when_the_account_sleeps() {
        grant("shop.rules.twice", "use");
        HttpResponse<String> run = send("anonymous", "POST", "/api/shop/v1/rpc/twice", "{\"number\":4}");
        assertThat(run.statusCode() + run.body()).isEqualTo("2008");
        shop.rule("deactivate_user", Map.of("username", "public_api"));
        assertThat(send("anonymous", "POST", "/api/shop/v1/rpc/twice", "{\"number\":4}").statusCode()).isEqualTo(401);
        shop.rule("reactivate_user", Map.of("username", "public_api"));
        shop.rule("remove_grant", Map.of(
                "group", "public_access", "object_ref", "shop.rules.twice", "permissions", List.of("use")));
        assertThat(send("root", "POST", "/api/admin/users/public_api/api-keys", "{\"name\":\"k\"}").statusCode())
                .isEqualTo(409);
    }

    private static void grant(String ref, String permission) {
        shop.rule("add_grant", Map.of("group", "public_access", "object_ref", ref, "permissions", List.of(permission)));
    }

    /// What a stranger can tell answers apart by.
    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body().replaceAll("\"execution_id\":\"[^\"]*\"", "");
    }

    private static HttpResponse<String> ask(String subject, Row row) {
        boolean ours = row.path().startsWith("/api/{app}");
        String path = documents(row.path())
                .replace("{username}", row.kind().equals("own") ? subject : "somebody")
                .replace("{app}", "shop").replace("{records}", "items").replace("{page}", "items")
                .replace("{rule}", "twice").replace("processes/{name}", "processes/count")
                .replace("constants/{name}", "constants/calculation")
                .replace("{id}", ours ? String.valueOf(shop.item()) : UUID.randomUUID().toString())
                .replaceAll("\\{\\w+}", "nothing");
        String query = row.kind().equals("filter") ? "?name=eq.none" : "";
        if (row.kind().equals("create") && row.path().matches(".*/(documents|attachments|versions)")) {
            query = "?name=a.json";
        }
        if (row.route().equals("GET /api/{app}/v1/rpc/{rule}")) {
            query = "?number=21";
        }
        return send(subject, row.method(), path + query, row.body().replace("{username}", subject));
    }

    /// The path with a document that is there, in the folder or attached to a new item.
    private static String documents(String path) {
        if (!path.contains("/documents") && !path.contains("/attachments")) {
            return path.replace("{folder}", "papers");
        }
        String here = path.replace("{folder}", "papers").replace("{app}", "shop").replace("{records}", "items")
                .replace("{id}", String.valueOf(shop.item()));
        if (!path.contains("{document}")) {
            return here;
        }
        String many = here.substring(0, here.indexOf("/{document}"));
        HttpResponse<String> made = send("root", "POST", many + "?name=a.json", "{\"a\":0}");
        String id = String.valueOf(Json.object(Json.read(made.body()), made.body()).get("id"));
        return here.replace("{document}", id).replace("{version}", "1");
    }

    private static HttpResponse<String> send(String subject, String method, String path, String body) {
        return shop.send(method, path, body, CREDENTIALS.get(subject));
    }

    private static String[] key(String key) {
        return new String[] {Authentication.KEY_HEADER, key};
    }

    private static String written(Route route) {
        return route.method() + " " + route.path().replace('<', '{').replace('>', '}');
    }

    private static List<String> expected(Row row) {
        if (HERE.containsKey(row.route())) {
            return List.of(HERE.get(row.route()).split(" "));
        }
        List<String> kind = KINDS.lines()
                .map(line -> List.of(line.split(" +")))
                .filter(cells -> cells.getFirst().equals(row.kind()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no kind " + row.kind()));
        return kind.subList(1, kind.size());
    }

    private static List<Row> rows() {
        return ROUTES.lines()
                .map(line -> line.split(" +", 4))
                .map(cells -> new Row(
                        cells[0], cells[1], cells[2], Arrays.stream(cells).skip(3).findFirst().orElse("")))
                .toList();
    }
}

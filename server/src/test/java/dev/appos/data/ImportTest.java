package dev.appos.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What imports and exports over HTTP promise.
class ImportTest {

    private static final String ITEMS = "/api/store/v1/items";

    @TempDir
    private static Path home;

    private static Warehouse store;

    @BeforeAll
    static void open() {
        store = new Warehouse(home);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void empty() {
        for (String records : List.of("items", "makers", "notes")) {
            store.send(store.admin, "DELETE", "/api/store/v1/" + records + "?id=not.is.null", new byte[0]);
        }
    }

    private static List<String> errors(Map<String, Object> job) {
        return ((List<?>) job.get("errors")).stream()
                .<String>map(error -> ((Map<?, ?>) error).get("line") + " " + ((Map<?, ?>) error).get("field") + ": "
                        + ((Map<?, ?>) error).get("message"))
                .toList();
    }

    private Map<String, Object> refused(String key, String options, byte[] file, String... headers) {
        String path = ITEMS + "/import" + (options.isEmpty() ? "" : "?" + options);
        HttpResponse<byte[]> response = headers.length == 0
                ? store.send(key, "POST", path, file, "Content-Type", "text/csv")
                : store.send(key, "POST", path, file, headers);
        Map<String, Object> problem = Json.object(Json.read(response.body()), "The answer");
        assertThat(response.statusCode()).as(String.valueOf(problem)).isBetween(400, 499);
        return problem;
    }

    private Map<String, Object> refused(String file) {
        return refused(store.clerk, "", file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rows_that_fit_go_in_and_the_others_are_told_by_line_and_column() {
        Map<String, Object> job = store.load(store.clerk, "items", "", """
                code,name,price,kind
                a,Cup,1.50,CUP
                b,"Pot
                of iron",two,POT
                ,Nameless,1,CUP
                a,Twice,1,CUP
                e,Short
                f,Good,,
                """);

        assertThat(job).containsEntry("status", "completed").containsEntry("total", 6).containsEntry("done", 6)
                .containsEntry("created", 2).containsEntry("failed", 4).containsEntry("started_by", "clerk");
        assertThat(errors(job)).hasSize(4);
        assertThat(errors(job).get(0)).isEqualTo("3 price: must be a number");
        assertThat(String.valueOf(errors(job).get(1))).startsWith("5 code: must");
        assertThat(String.valueOf(errors(job).get(2))).contains("6 ", "exists already");
        assertThat(errors(job).get(3)).isEqualTo("7 : has 2 cells instead of 4");
        assertThat(store.get(store.clerk, ITEMS + "?select=code,created_by&order=code"))
                .isEqualTo("[{\"code\":\"a\",\"created_by\":\"clerk\"},{\"code\":\"f\",\"created_by\":\"clerk\"}]");
        // As any creation: with history, under the id of the job.
        assertThat(store.count("store.item_audit_log where execution_id = '" + job.get("execution_id") + "'"))
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void what_is_exported_goes_in_again_unchanged() {
        store.load(store.admin, "makers", "", "id,name,country\n7,\"Ana, \"\"B\"\"\",\n8,Bo,NO\n");
        String rows = """
                {"id":5,"code":"a","name":"","stock":null,"views":9007199254740993,"price":1234567890123.123456789,\
                "open":true,"since":"2026-02-28","seen":"2026-11-20T09:30:00.123456Z","kind":"CUP",\
                "tags":["x","y, \\"z\\""],"more":{"a":[1,null,"\\\\N"],"b":{"c":0.10}},"maker_id":7,"packing":null}
                {"id":6,"code":"=1+1","name":"\\\\N","stock":-3,"views":null,"price":null,"open":null,"since":null,\
                "seen":null,"kind":null,"tags":null,"more":null,"maker_id":null,"packing":""}
                {"id":9,"code":"\\u00e9\\n\\r\\t\\\\ \\ud83d\\ude00;,\\"","name":null,"stock":0,"views":-1,"price":0,\
                "open":false,"since":"0001-01-01","seen":"1969-12-31T23:59:59Z","kind":"POT","tags":[],"more":{},\
                "maker_id":8,"packing":"'"}
                """;
        Map<String, Object> first = store.ended(store.admin, String.valueOf(store.post(
                store.admin, ITEMS + "/import", rows.getBytes(StandardCharsets.UTF_8), "application/x-ndjson")
                .get("poll_url")));
        assertThat(first).as(String.valueOf(first)).containsEntry("created", 3).containsEntry("failed", 0);
        String columns = "id,code,name,stock,views,price,open,since,seen,kind,tags,more,maker_id,packing";
        String before = store.get(store.admin, ITEMS + "?order=id&select=" + columns);

        for (String format : List.of("csv", "jsonl")) {
            for (String mode : List.of("checked", "fast")) {
                String file = store.get(store.admin, ITEMS + "/export?format=" + format);
                store.send(store.admin, "DELETE", ITEMS + "?id=not.is.null", new byte[0]);
                Map<String, Object> job = store.load(
                        store.admin, "items", "format=" + format + "&mode=" + mode, file);
                assertThat(job).as(job + "\n" + file).containsEntry("created", 3).containsEntry("failed", 0);
                assertThat(store.get(store.admin, ITEMS + "?order=id&select=" + columns))
                        .as(format + " " + mode).isEqualTo(before);
            }
        }
        assertThat(before).contains("\"name\":\"\"", "\"stock\":null", "1234567890123.123456789");
        // The ids of the file are taken, so a new one comes after them.
        store.load(store.clerk, "items", "", "code\nnew\n");
        assertThat(store.get(store.clerk, ITEMS + "?code=eq.new&id=gt.9&select=code"))
                .isEqualTo("[{\"code\":\"new\"}]");
    }

    @Test
    void a_spreadsheet_meets_no_formulas_where_it_is_asked_to() {
        store.load(store.clerk, "items", "", "code,name\n=1+1,@x\n");

        assertThat(store.get(store.clerk, ITEMS + "/export?select=code,name&spreadsheet=true"))
                .isEqualTo("\uFEFFcode,name\r\n'=1+1,'@x\r\n");
        assertThat(store.get(store.clerk, ITEMS + "/export?select=code,name")).isEqualTo("code,name\r\n=1+1,@x\r\n");
    }

    @Test
    void a_dry_run_tells_the_same_and_leaves_nothing() {
        String file = "code,price\na,1\nb,x\na,2\n";

        Map<String, Object> dry = store.load(store.clerk, "items", "dry_run=true", file);

        assertThat(dry).containsEntry("created", 1).containsEntry("failed", 2);
        assertThat(store.count("store.items")).isZero();
        assertThat(errors(store.load(store.clerk, "items", "", file))).isEqualTo(errors(dry));
    }

    @Test
    void columns_go_where_they_are_sent_and_references_are_found_by_what_names_them() {
        store.load(store.clerk, "makers", "", "name,country\nAna,BR\nBo,NO\nCy,NO\n");

        Map<String, Object> job = store.load(store.clerk, "items",
                "map=Article no%3Dcode&map=Remark%3D&map=Land%3Dmaker.country", """
                Article no;Remark;maker.name;Price
                a;x;Bo;1.5
                b;x;Nobody;2
                c;x;;3
                """.replace("Remark;maker.name", "Remark;Land").replace("Bo;", "BR;").replace("Nobody", "NO"));
        Map<String, Object> named = store.load(store.clerk, "items", "", "code,maker.name\nd,Bo\ne,Nobody\n");

        assertThat(errors(job)).containsExactly("3 Land: leads to more than one maker with this country");
        assertThat(errors(named)).containsExactly("3 maker.name: leads nowhere: there is no maker with this name");
        assertThat(store.get(store.clerk, ITEMS + "?select=code,price,maker(name)&order=code")).isEqualTo(
                "[{\"code\":\"a\",\"price\":1.5,\"maker\":{\"name\":\"Ana\"}},"
                        + "{\"code\":\"c\",\"price\":3,\"maker\":null},"
                        + "{\"code\":\"d\",\"price\":null,\"maker\":{\"name\":\"Bo\"}}]");
    }

    @Test
    void a_conflict_updates_or_is_ignored_as_asked() {
        for (String mode : List.of("checked", "fast")) {
            empty();
            String key = mode.equals("fast") ? store.admin : store.clerk;
            store.load(key, "items", "mode=" + mode, "code,name,stock\na,Old,5\nb,Old,6\n");

            Map<String, Object> ignored = store.load(
                    key, "items", "on_conflict=ignore&mode=" + mode, "code,name\na,New\nc,New\n");
            Map<String, Object> updated = store.load(
                    key, "items", "on_conflict=update&mode=" + mode, "code,name\nb,\nd,New\nd,Newer\n");

            assertThat(ignored).as(mode).containsEntry("created", 1).containsEntry("ignored", 1);
            assertThat(updated).as(mode + updated).containsEntry("failed", 0);
            assertThat(store.get(key, ITEMS + "?select=code,name,stock,version&order=code")).as(mode).startsWith(
                    "[{\"code\":\"a\",\"name\":\"Old\",\"stock\":5,\"version\":1},"
                            + "{\"code\":\"b\",\"name\":null,\"stock\":6,\"version\":2},"
                            + "{\"code\":\"c\",\"name\":\"New\",\"stock\":1,\"version\":1},"
                            + "{\"code\":\"d\",\"name\":\"Newer\"");
        }
    }

    @Test
    void nobody_brings_in_or_takes_out_more_than_he_may() {
        assertThat(refused(store.guest, "", "code\na\n".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("status", 403);
        assertThat(refused(store.clerk, "mode=fast", "code\na\n".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("status", 403);
        assertThat(String.valueOf(refused("id,code\n1,a\n").get("detail"))).contains("administrators");
        Map<String, Object> notes = store.load(
                store.clerk, "notes", "", "text,owner\nmine,clerk\nhers,ana\n");
        assertThat(notes).containsEntry("created", 1).containsEntry("failed", 1);
        store.load(store.admin, "notes", "", "text,owner,secret\nadmin's,ana,s\n");
        HttpResponse<byte[]> secret = store.send(store.clerk, "POST", "/api/store/v1/notes/import",
                "text,secret\na,b\n".getBytes(StandardCharsets.UTF_8));
        assertThat(secret.statusCode()).isEqualTo(422);

        assertThat(store.get(store.clerk, "/api/store/v1/notes/export?select=text,owner"))
                .isEqualTo("text,owner\r\nmine,clerk\r\n");
        assertThat(store.get(store.clerk, "/api/store/v1/notes/export")).doesNotContain("secret", "ana");
        assertThat(store.send(store.guest, "GET", "/api/store/v1/notes/export", new byte[0]).statusCode())
                .isEqualTo(404);
        assertThat(store.get(store.admin, "/api/store/v1/notes/export")).contains("secret", "ana");
        assertThat(store.send(store.guest, "GET", String.valueOf(notes.get("poll_url")), new byte[0]).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_is_no_file_of_this_record_is_refused_before_anything_is_written() throws IOException {
        long kept = files();
        assertThat(refused("")).containsEntry("status", 422);
        assertThat(String.valueOf(refused("cod\na\n").get("detail"))).contains("code");
        assertThat(String.valueOf(refused("code,code\na,b\n").get("detail"))).contains("twice");
        assertThat(String.valueOf(refused("code,version\na,1\n").get("detail"))).contains("platform alone");
        assertThat(refused(store.clerk, "delimitre=x", "code\n".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("status", 422);
        assertThat(refused(store.clerk, "encoding=latin-77", "code\n".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("status", 422);
        assertThat(refused(store.clerk, "on_conflict=update", "name\nx\n".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("status", 422);
        assertThat(refused(store.clerk, "", "no gzip".getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip"))
                .containsEntry("status", 400);
        assertThat(files()).as("files left behind").isEqualTo(kept);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(".appos/imports"))) {
            return files.count();
        }
    }

    @Test
    void a_broken_file_is_told_by_its_line_and_nothing_of_it_is_kept() {
        Map<String, Object> quote = store.load(store.clerk, "items", "", "code,name\na,b\nc,\"d\ne,f\n");
        Map<String, Object> after = store.load(store.clerk, "items", "", "code,name\na,b\nc,\"d\"x\n");
        String good = IntStream.range(0, 2000).mapToObj(i -> "r" + i + ",x").collect(Collectors.joining("\n"));
        byte[] latin = ("code,name\n" + good + "\nz,Ren\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Object> bytes = refused(store.clerk, "", latin);

        assertThat(quote).containsEntry("status", "failed");
        assertThat(String.valueOf(quote.get("message"))).containsIgnoringCase("quote").contains("3");
        assertThat(after).containsEntry("status", "failed");
        assertThat(String.valueOf(bytes.get("detail"))).contains("Line 2002", "UTF-8");
        assertThat(store.count("store.items")).isZero();
        Map<String, Object> said = store.ended(store.clerk, String.valueOf(store.post(
                store.clerk, ITEMS + "/import?encoding=windows-1252", latin, "text/csv").get("poll_url")));
        assertThat(said).containsEntry("created", 2001);
        assertThat(store.get(store.clerk, ITEMS + "?code=eq.z&select=name")).contains("Ren\u00e9");
    }

    @Test
    void marks_delimiters_and_packed_files_are_understood_and_odd_values_refused() throws IOException {
        for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE")) {
            empty();
            byte[] text = "\uFEFFcode\tname\r\na\t\u017diga\r\n".getBytes(Charset.forName(charset));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(text);
            }
            HttpResponse<byte[]> sent = store.send(store.clerk, "POST", ITEMS + "/import", packed.toByteArray(),
                    "Content-Encoding", "gzip");
            Map<String, Object> job = Json.object(Json.read(sent.body()), "The answer");
            assertThat(store.ended(store.clerk, String.valueOf(job.get("poll_url"))))
                    .as(charset).containsEntry("created", 1);
            assertThat(store.get(store.clerk, ITEMS + "?select=name")).contains("\u017diga");
        }
        Map<String, Object> odd = store.load(store.admin, "items", "", """
                id,code,name,more
                99999999999999999999,x,a,
                9223372036854775807,y,a,
                3,nul\u0000l,a,
                4,z,a,{broken
                -5,w,a,
                """);
        assertThat(odd).containsEntry("created", 0).containsEntry("failed", 5);
        assertThat(store.load(store.clerk, "items", "", "code\nafter\n")).containsEntry("created", 1);
        Map<String, Object> huge = store.load(store.clerk, "items", "", "code,name\nx," + "y".repeat(2_000_000) + "\n");
        assertThat(huge).containsEntry("status", "failed");
    }

    @Test
    void a_job_goes_on_from_its_place_and_without_it_rows_would_be_there_twice() {
        String rows = IntStream.range(0, 1999).mapToObj(i -> "n" + i + ",clerk").collect(Collectors.joining("\n"));
        Map<String, Object> job = store.load(store.clerk, "notes", "", "text,owner\n,clerk\n" + rows + "\n");
        assertThat(job).containsEntry("created", 1999).containsEntry("failed", 1).containsEntry("done", 2000);
        String poll = String.valueOf(job.get("poll_url"));

        // As after a crash: its rows are in, its end is not written.
        again(job, "");
        assertThat(store.send(store.clerk, "POST", poll + "/resume", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(store.ended(store.clerk, poll)).containsEntry("status", "completed");
        assertThat(store.count("store.notes")).isEqualTo(1999);

        // The control: a place that was not written with its rows.
        again(job, ", place = 500");
        store.send(store.clerk, "POST", poll + "/resume", new byte[0]);
        assertThat(store.ended(store.clerk, poll)).containsEntry("status", "completed");
        assertThat(store.count("store.notes")).isEqualTo(1999 + 1500);
    }

    private static void again(Map<String, Object> job, String change) {
        store.platform.database().write(sql -> sql.execute(
                "update appos.jobs set status = 'failed'" + change + " where id = cast(? as uuid)", job.get("id")));
    }

    @Test
    void wrong_rows_come_back_as_a_file_that_goes_in_once_it_is_mended() {
        Map<String, Object> job = store.load(store.clerk, "items", "map=Mail%3Dname", """
                code,Mail,price
                a,x,1
                b,"two
                lines",many
                c,"",1,2
                """);
        String file = store.get(store.clerk, job.get("poll_url") + "/errors.csv");

        assertThat(file).isEqualTo("code,Mail,price,_line,_error\r\n"
                + "b,\"two\nlines\",many,3,price must be a number\r\n"
                + "c,\"\",1,5,has 4 cells instead of 3\r\n");
        assertThat(store.send(store.guest, "GET", job.get("poll_url") + "/errors.csv", new byte[0]).statusCode())
                .isEqualTo(404);
        Map<String, Object> mended =
                store.load(store.clerk, "items", "map=Mail%3Dname", file.replace("many", "2"));
        assertThat(mended).as(String.valueOf(mended)).containsEntry("created", 2).containsEntry("failed", 0);
    }

    @Test
    void the_same_file_sent_again_under_the_same_key_is_one_job() {
        byte[] file = "code\nonce\n".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> first = store.send(
                store.clerk, "POST", ITEMS + "/import", file, "Content-Type", "text/csv", "Idempotency-Key", "k1");
        HttpResponse<byte[]> second = store.send(
                store.clerk, "POST", ITEMS + "/import", file, "Content-Type", "text/csv", "Idempotency-Key", "k1");

        Object job = Json.object(Json.read(first.body()), "The job").get("id");
        assertThat(Json.object(Json.read(second.body()), "The job").get("id")).isEqualTo(job);
        assertThat(store.ended(store.clerk, "/api/v1/jobs/" + job)).containsEntry("created", 1);
    }
}

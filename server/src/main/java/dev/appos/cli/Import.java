package dev.appos.cli;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.boot.Platform;
import dev.appos.dispatch.Context;
import dev.appos.record.CsvImport;
import dev.appos.record.CsvImport.Report;
import dev.appos.secure.Principal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos import`: a file into a record. By the running platform, if it is said who asks: a job, whose progress is
/// shown. Otherwise by this process, a CSV file, all of it or nothing.
@Command(name = "import", description = "Imports a CSV or JSON lines file into a record.")
final class Import implements Callable<Integer> {

    private static final long LOOK_NANOS = 250_000_000;
    private static final int SHOWN_ERRORS = 20;

    private final Clock clock;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Mixin
    private Remote remote;

    @Parameters(index = "0", paramLabel = "APP.RECORD", description = "The record, such as crm.customer.")
    private String record;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file: .csv, or .jsonl with an object a line.")
    private Path file;

    @Option(names = "--map", paramLabel = "COLUMN=FIELD",
            description = "Where a column goes; nothing after = leaves it out. Can be given several times.")
    private List<String> map = new ArrayList<>();

    @Option(names = "--dry-run", description = "Tells what would happen, and changes nothing.")
    private boolean dryRun;

    @Option(names = "--on-conflict", paramLabel = "refuse|ignore|update",
            description = "What becomes of a row whose record is there.")
    private String onConflict = "refuse";

    @Option(names = "--key", paramLabel = "COLUMNS", description = "The unique columns by which it is found.")
    private @Nullable String key;

    @Option(names = "--fast", description = "Copies the rows in, without events and history; for administrators.")
    private boolean fast;

    @Option(names = "--encoding", paramLabel = "NAME", description = "The character set, if not UTF-8.")
    private @Nullable String encoding;

    @Option(names = "--errors", paramLabel = "FILE", description = "Where errors are written, as CSV.")
    private @Nullable Path errors;

    @Spec
    private CommandSpec spec;

    Import(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Ref ref = Export.record(record);
        if (!Files.isRegularFile(file)) {
            throw Refusal.notFound("file " + file);
        }
        return remote.known() ? job(ref) : here(ref);
    }

    private int here(Ref ref) {
        boolean more = !map.isEmpty() || dryRun || fast || key != null || encoding != null || errors != null
                || !onConflict.equals("refuse") || !file.toString().endsWith(".csv");
        if (more) {
            throw Refusal.malformed(
                    "Only the running platform can do this, and it must know who asks.",
                    "Start it, and set " + Remote.KEY + " to an API key or say who you are with --as.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Platform platform = new Platform(where.settings(home.folder()), clock)) {
            Context context = new Context(
                    new Principal.Platform("import"), platform.ids().execution(), clock.instant());
            Report report =
                    new CsvImport(platform.dispatcher(), platform.registry()).importCsv(context, ref, file);
            out.println(report.rows() + " rows of " + report.file() + " are in " + report.record() + ".");
            out.flush();
        }
        return 0;
    }

    private int job(Ref ref) {
        StringBuilder path = new StringBuilder(Export.resource(ref)).append("/import?on_conflict=").append(onConflict);
        path.append("&dry_run=").append(dryRun).append(fast ? "&mode=fast" : "");
        path.append("&file_name=").append(Remote.part(String.valueOf(file.getFileName())));
        map.forEach(each -> path.append("&map=").append(Remote.part(each)));
        Optional.ofNullable(key).ifPresent(each -> path.append("&key=").append(Remote.part(each)));
        Optional.ofNullable(encoding).ifPresent(each -> path.append("&encoding=").append(Remote.part(each)));
        String type = file.toString().endsWith(".csv") ? "text/csv" : "application/x-ndjson";
        Map<String, Object> job = Json.object(remote.upload(path.toString(), file, type), "The job");
        String poll = String.valueOf(job.get("poll_url"));
        PrintWriter err = spec.commandLine().getErr();
        boolean terminal = System.console() != null && System.console().isTerminal();
        while (job.get("finished_at") == null) {
            if (terminal) {
                err.print("\r" + progress(job));
                err.flush();
            }
            LockSupport.parkNanos(LOOK_NANOS);
            job = Json.object(remote.get(poll).orElseThrow(), "The job");
        }
        if (terminal) {
            err.println("\r" + progress(job));
            err.flush();
        }
        return told(job, poll);
    }

    private static String progress(Map<String, Object> job) {
        Object total = job.get("total");
        return job.get("done") + (total == null ? "" : " of " + total) + " rows, " + job.get("failed") + " wrong  ";
    }

    private int told(Map<String, Object> job, String poll) {
        PrintWriter out = spec.commandLine().getOut();
        if (remote.format() == Format.json) {
            out.println(Json.write(job));
        } else {
            out.println((dryRun ? "Tried: " : "") + job.get("created") + " new, " + job.get("updated") + " changed, "
                    + job.get("ignored") + " left alone, " + job.get("failed") + " wrong, of " + job.get("done")
                    + " rows. Job " + job.get("id") + " " + job.get("status") + ".");
            if (job.get("message") != null) {
                out.println(job.get("message") + " " + job.get("remedy"));
            }
            Json.array(job.get("errors"), "errors").stream().limit(SHOWN_ERRORS).forEach(error -> {
                Map<String, Object> each = Json.object(error, "The error");
                out.println("line " + each.get("line") + " " + each.get("field") + ": " + each.get("message"));
            });
        }
        out.flush();
        if (errors != null) {
            write(errors, poll);
        }
        boolean good = "completed".equals(job.get("status")) && Integer.valueOf(0).equals(job.get("failed"));
        return good ? 0 : 1;
    }

    private void write(Path to, String poll) {
        try (Writer text = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            remote.download(poll + "/errors.csv", text);
        } catch (IOException e) {
            throw Refusal.unavailable("The errors could not be written: " + e.getMessage(), "Name another file.");
        }
    }
}

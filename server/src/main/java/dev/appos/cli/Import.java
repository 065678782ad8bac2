package dev.appos.cli;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.boot.Platform;
import dev.appos.dispatch.Context;
import dev.appos.record.CsvImport;
import dev.appos.record.CsvImport.Report;
import dev.appos.secure.Principal;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos import`: a CSV file into a record, all of it or nothing.
@Command(name = "import", description = "Imports a CSV file with a header into a record; keys in it are kept.")
final class Import implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Parameters(index = "0", paramLabel = "APP.RECORD", description = "The record, such as crm.customer.")
    private String record;

    @Parameters(index = "1", paramLabel = "FILE.csv", description = "The file.")
    private Path file;

    @Spec
    private CommandSpec spec;

    Import(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        String[] parts = record.replace(".records.", ".").split("\\.", -1);
        Ref ref = Ref.parse(parts.length == 2 ? parts[0] + ".records." + parts[1] : record)
                .orElseThrow(() -> Refusal.malformed(
                        record + " is no record.", "Write the app and the record, such as crm.customer."));
        if (!Files.isRegularFile(file)) {
            throw Refusal.notFound("file " + file);
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
}

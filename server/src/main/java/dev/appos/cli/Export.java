package dev.appos.cli;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `appos export`: the records that one may see out of the running platform, however many there are.
@Command(name = "export", description = "Exports records of the running platform as CSV or JSON lines.")
final class Export implements Callable<Integer> {

    @Mixin
    private Remote remote;

    @Parameters(index = "0", paramLabel = "APP.RECORD", description = "The record, such as crm.customer.")
    private String record;

    @Option(names = "--file-format", paramLabel = "csv|jsonl",
            description = "The form of the file; by its name if left out.")
    private @Nullable String form;

    @Option(names = "--where", paramLabel = "FILTER",
            description = "Which records, as in the address: status=eq.ACTIVE. Can be given several times.")
    private List<String> filters = new ArrayList<>();

    @Option(names = "--select", paramLabel = "COLUMNS", description = "Which columns: id,name.")
    private @Nullable String select;

    @Option(names = "--spreadsheet", description = "With ' before what a spreadsheet would take for a formula.")
    private boolean spreadsheet;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where to; the terminal if left out.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        StringBuilder path = new StringBuilder(resource(record(record)));
        path.append("/export?format=").append(Remote.part(form()));
        filters.forEach(filter -> path.append('&').append(encoded(filter)));
        if (select != null) {
            path.append("&select=").append(Remote.part(select));
        }
        if (spreadsheet) {
            path.append("&spreadsheet=true");
        }
        try {
            if (output == null) {
                PrintWriter out = spec.commandLine().getOut();
                remote.download(path.toString(), out);
                out.flush();
            } else {
                try (Writer text = Files.newBufferedWriter(output, StandardCharsets.UTF_8)) {
                    remote.download(path.toString(), text);
                }
            }
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "The export broke off: " + e.getMessage() + ". The file is not whole.", "Export it again.");
        }
        return 0;
    }

    private String form() {
        if (form != null) {
            return form;
        }
        return output != null && output.toString().endsWith(".jsonl") ? "jsonl" : "csv";
    }

    private static String encoded(String filter) {
        int equals = filter.indexOf('=');
        if (equals < 1) {
            throw Refusal.malformed("--where " + filter + " is not understood.", "Write --where status=eq.ACTIVE.");
        }
        return Remote.part(filter.substring(0, equals)) + "=" + Remote.part(filter.substring(equals + 1));
    }

    /// The record that `crm.customer` or `crm.records.customer` means.
    static Ref record(String written) {
        String[] parts = written.replace(".records.", ".").split("\\.", -1);
        return Ref.parse(parts.length == 2 ? parts[0] + ".records." + parts[1] : written)
                .orElseThrow(() -> Refusal.malformed(
                        written + " is no record.", "Write the app and the record, such as crm.customer."));
    }

    /// Its address.
    static String resource(Ref record) {
        return "/api/" + record.app() + "/v1/" + Names.plural(record.name());
    }
}

package dev.appos.boot;

import dev.appos.dispatch.Context;
import dev.appos.record.CsvImport;
import dev.appos.record.CsvImport.Report;
import dev.appos.secure.Principal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Fills the example apps with their data, through the platform's own import. Records that have rows are left alone.
public final class DemoData {

    private final Platform platform;
    private final Path folder;

    public DemoData(Platform platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
    }

    /// Loads what is missing and says what it did.
    public void load(PrintWriter out) {
        if (!platform.registry().problems().isEmpty()) {
            return;
        }
        Context context = new Context(
                new Principal.Platform("demo"), platform.ids().execution(), platform.clock().instant());
        List<Report> reports =
                new CsvImport(platform.dispatcher(), platform.registry()).load(context, folder);
        int rows = reports.stream().mapToInt(Report::rows).sum();
        if (rows > 0) {
            out.println("Loaded " + rows + " rows of example data into " + reports.size() + " records.");
            out.flush();
        }
    }
}

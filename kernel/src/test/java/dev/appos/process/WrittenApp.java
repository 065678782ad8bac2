package dev.appos.process;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An app as its author writes it, in files that change while instances of its processes live.
final class WrittenApp extends TestApp {

    private static final AppCompiler COMPILER = new AppCompiler();

    private final Path folder;

    WrittenApp(Path folder) {
        this.folder = folder;
        write("crm/app.yaml", "groups: [crm]\n");
        write("crm/records/Effect.java", """
                @Record(view = "crm", create = "crm")
                record Effect(String name) { enum Grade { GOOD, BEST } }
                """);
    }

    WrittenApp write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WrittenApp remove(String path) {
        try {
            Files.delete(folder.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The body of `crm.processes.onboard`.
    WrittenApp onboard(String body) {
        return write("crm/processes/Onboard.java", "@Process(use = \"crm\") void onboard(long customerId) {\n"
                + body + "\n}");
    }

    @Override
    Snapshot snapshot() {
        return switch (COMPILER.compile(folder)) {
            case Compilation.Success(Snapshot snapshot) -> snapshot;
            case Compilation.Failure failure -> throw new AssertionError(failure.problems().toString());
        };
    }
}

package dev.appos.generate;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Puts drafts where they belong, each whole or not at all.
public final class DraftFiles {

    private final Path apps;

    /// @param apps the folder of apps
    public DraftFiles(Path apps) {
        this.apps = apps;
    }

    /// Those of them that would stand where something else stands.
    public List<Path> there(List<Draft> drafts) {
        return drafts.stream().map(this::path).filter(Files::exists).toList();
    }

    /// Writes them over whatever is there: see [#there] first.
    ///
    /// @return the files
    /// @throws Refusal if one cannot be written; those before it are
    public List<Path> write(List<Draft> drafts) {
        List<Path> written = new ArrayList<>();
        for (Draft draft : drafts) {
            Path file = path(draft);
            try {
                Files.createDirectories(file.getParent());
                Path whole = Files.createTempFile(file.getParent(), ".draft", ".tmp");
                Files.writeString(whole, draft.text());
                written.add(Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE));
            } catch (IOException e) {
                throw Refusal.unavailable(file + " cannot be written: " + e.getMessage() + ".",
                        "Check its permissions.");
            }
        }
        return written;
    }

    /// What stands there now, before an edit.
    ///
    /// @throws Refusal if it cannot be read
    public String text(String path) {
        try {
            return Files.readString(apps.resolve(path));
        } catch (IOException e) {
            throw Refusal.unavailable(path + " cannot be read: " + e.getMessage() + ".", "Check its permissions.");
        }
    }

    private Path path(Draft draft) {
        return apps.resolve(draft.path());
    }
}

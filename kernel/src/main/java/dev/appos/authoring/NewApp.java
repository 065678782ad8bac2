package dev.appos.authoring;

import dev.appos.base.Names;
import dev.appos.base.Refusal;
import dev.appos.registry.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes the first files of an app: its settings, its folders, and one record with a page, which compile.
public final class NewApp {

    private static final int LONGEST_TITLE = 100;

    private static final String RECORD = """
            /* A record is a table, a resource, a form and tools for agents. It says who may do what. */
            @Record(attachments = true, view = {"APP_users", "APP_admins"}, create = {"APP_users", "APP_admins"},
                    update = {"APP_users", "APP_admins"}, delete = "APP_admins", display = "title", search = "title")
            record Note(
                    @NotBlank @Size(max = 120) String title,
                    @Size(max = 2000) String text,
                    boolean done) {}
            """;

    private static final String RULE = """
            @ExpressionRule(description = "How many notes are still to do")
            long openNotes() {
                return records.note.where(n -> n.done().eq(false)).count();
            }
            """;

    private static final String INTERFACE = """
            @Interface(record = "note", type = LIST)
            Ui notes() {
                return page("Notes",
                        stats(metric("To do", rules.openNotes())),
                        table(records.note).columns("title", "done").searchable());
            }
            """;

    private static final String PAGE = """
            @Page(route = "/notes", title = "Notes", icon = "list")
            Ui notesPage() {
                return interfaces.notes();
            }
            """;

    private static final String FOLDER = """
            /* A folder keeps documents: PDF files here, at most 500 MiB of them. */
            @Folder(documentTypes = "application/pdf", maxSizeMb = 500, view = {"APP_users", "APP_admins"},
                    create = {"APP_users", "APP_admins"}, update = "APP_admins", delete = "APP_admins",
                    admin = "APP_admins")
            interface Documents {}
            """;

    private NewApp() {}

    /// Makes the app in the folder of apps, which is made too if it is missing.
    ///
    /// @return the files that were written
    /// @throws Refusal if the name cannot be that of an app, or if there is such a folder: nothing is overwritten
    public static List<Path> write(Path apps, String name, String title) {
        SourceTree.fault(name).ifPresent(problem -> {
            throw Refusal.malformed(problem.message() + ".", problem.remedy().replace("Rename the folder", "Write it"));
        });
        if (title.isBlank() || title.length() > LONGEST_TITLE || title.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.malformed(
                    "The display name must have 1 to " + LONGEST_TITLE + " characters.", "Write a shorter one.");
        }
        Path app = apps.resolve(name);
        if (Files.exists(app)) {
            throw Refusal.conflict(app + " is there already; nothing was changed.", "Choose another name.");
        }
        Map<Path, String> files = new TreeMap<>();
        files.put(app.resolve(SourceTree.SETTINGS), settings(name, title));
        files.put(app.resolve("records/Note.java"), RECORD.replace("APP", name));
        files.put(app.resolve("rules/Notes.java"), RULE);
        files.put(app.resolve("interfaces/Notes.java"), INTERFACE);
        files.put(app.resolve("pages/Pages.java"), PAGE);
        files.put(app.resolve("folders/Documents.java"), FOLDER.replace("APP", name));
        try {
            for (String folder : SourceTree.FOLDERS) {
                Files.createDirectories(app.resolve(folder));
            }
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw Refusal.unavailable(app + " cannot be written: " + e.getMessage() + ".", "Check its permissions.");
        }
        return List.copyOf(files.keySet());
    }

    /// What people call an app of this name when nobody says.
    public static String title(String name) {
        return name.isEmpty() ? name : Names.capital(name);
    }

    private static String settings(String name, String title) {
        return """
                # What this app is, and who may enter it. The keys: docs/reference/settings.md
                title: "%s"
                short_name: %s
                version: "0.1"
                description: ""

                # The groups whose members may enter; they are made when they are missing.
                groups: [%s_users, %s_admins]

                # Who may use rules, and see screens, that name no groups themselves.
                security:
                  defaults:
                    logic: [%s_users, %s_admins]
                    ui: [%s_users, %s_admins]

                theme:
                  primary_color: "#3B82F6"
                """.formatted(title.replace("\\", "\\\\").replace("\"", "\\\""), name, name, name, name, name, name,
                        name);
    }
}

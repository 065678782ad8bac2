package dev.appos.trace;

import static dev.appos.trace.JsonLog.Category.EXECUTION;
import static dev.appos.trace.JsonLog.Category.PERFORMANCE;
import static dev.appos.trace.JsonLog.Category.SECURITY;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.trace.JsonLog.Category;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What an entry is about, and which categories there are of it: the one table of what is written where.
///
/// Steps have no security folder, because what they do is judged and logged where it is done; nothing whose look-up
/// takes less than a millisecond has a performance folder.
public enum LogType {
    RULES("rule", EXECUTION, PERFORMANCE, SECURITY),
    PROCESSES("process", EXECUTION, PERFORMANCE, SECURITY),
    INTEGRATIONS("integration", EXECUTION, PERFORMANCE, SECURITY),
    WEB_APIS("web_api", EXECUTION, PERFORMANCE, SECURITY),
    RECORDS("record", EXECUTION, PERFORMANCE, SECURITY),
    STEPS("step", EXECUTION, PERFORMANCE),
    INTERFACES("interface", EXECUTION, PERFORMANCE, SECURITY),
    PAGES("page", EXECUTION, PERFORMANCE, SECURITY),
    CONSTANTS("constant", EXECUTION, SECURITY),
    TRANSLATION_SETS("translation_set", EXECUTION, SECURITY),
    DOCUMENTS("document", EXECUTION, SECURITY),
    FOLDERS("folder", EXECUTION, SECURITY),
    CONNECTED_SYSTEMS("connected_system", EXECUTION, SECURITY),
    SYSTEM("system", EXECUTION, SECURITY),
    ADMIN("admin", EXECUTION, SECURITY);

    private final String singular;
    private final Set<Category> categories;

    LogType(String singular, Category first, Category... more) {
        this.singular = singular;
        this.categories = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    /// The folder, which is also the shelf in a reference: `rules`.
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What is written of it.
    public Set<Category> categories() {
        return categories;
    }

    /// The type of objects on a shelf; [#SYSTEM] for a shelf that has no folder.
    public static LogType ofShelf(String shelf) {
        return Arrays.stream(values()).filter(type -> type.folder().equals(shelf)).findFirst().orElse(SYSTEM);
    }

    /// The type a person names: `rules`, `rule`, `expression_rule`.
    ///
    /// @throws Refusal naming the nearest one
    public static LogType of(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceFirst("^expression_", "");
        List<String> folders = Arrays.stream(values()).map(LogType::folder).toList();
        return Arrays.stream(values())
                .filter(type -> type.folder().equals(plain) || type.singular.equals(plain))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("The log", "/type", "unknown",
                        "there is no log of \"" + word + "\". " + Nearest.remedy(plain, folders)));
    }
}

package dev.appos.authoring;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The one line before an author's first: the package, the platform's words, and the nested names of the own app that
/// the file mentions.
final class Prelude {

    private static final String WORDS = words();

    private Prelude() {}

    /// A nested name is imported only while one type of the app has it; else the fault lists the choices.
    static String of(SourceFile file, Shape shape) {
        Shape.App app = shape.app(file.app());
        Set<String> mentioned = file.words();
        SortedSet<String> imports = new TreeSet<>();
        app.nested().keySet().stream().filter(mentioned::contains).forEach(name ->
                shape.holder(file.app(), name).ifPresent(holder -> imports.add(holder + "." + name)));
        StringBuilder out = new StringBuilder("package " + file.app() + "; " + WORDS);
        if (mentioned.contains("Interface")) {
            out.append("import static dev.appos.api.InterfaceType.*; ");
        }
        if (mentioned.contains("onDelete")) {
            out.append("import static dev.appos.api.ReferentialAction.*; ");
        }
        if (mentioned.contains("Schedule")) {
            out.append("import static dev.appos.api.Schedule.Missed.*; ");
        }
        imports.forEach(name ->
                out.append("import static ").append(file.app()).append('.').append(name).append("; "));
        return out.toString();
    }

    private static String words() {
        StringBuilder out = new StringBuilder("import module java.base; import dev.appos.api.*; "
                + "import static dev.appos.api.Words.*; import static dev.appos.api.Screen.*; ");
        new TreeSet<>(ApiNames.SHARED_WITH_JAVA_LANG)
                .forEach(name -> out.append("import dev.appos.api.").append(name).append("; "));
        return out.toString();
    }
}

package dev.appos.authoring;

import dev.appos.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// Tells javac's faults in the author's words.
final class Remedies {

    private static final Pattern SYMBOL = Pattern.compile("symbol: +(\\w+) (\\w+)");
    private static final Pattern HIDDEN = Pattern.compile("location: variable (\\w+) of type");
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+) does not exist");
    private static final Pattern INSIDE_CLASS = Pattern.compile("location: class ([\\w.]+)");
    private static final Set<String> SHELVES = Set.of("records", "rules", "constants", "processes", "interfaces");

    private final Shape shape;
    private final Faults faults;

    Remedies(Shape shape, Faults faults) {
        this.shape = shape;
        this.faults = faults;
    }

    void explain(Diagnostic<? extends JavaFileObject> fault, SourceFile file, Edits edits) {
        String text = fault.getMessage(Locale.ROOT);
        int offset = edits.toOriginal(fault.getPosition());
        Matcher symbol = SYMBOL.matcher(text);
        if (fault.getCode().startsWith("compiler.err.cant.resolve") && symbol.find()) {
            unknown(text, symbol.group(1), symbol.group(2), file, offset);
        } else if (fault.getCode().equals("compiler.err.doesnt.exist")) {
            noPackage(text, file, edits.toOriginal(fault.getStartPosition()));
        } else {
            String plain = text.lines().map(String::strip).collect(Collectors.joining(" "))
                    .replaceAll("\\b(?:java|dev\\.appos)(?:\\.[a-z]\\w*)+\\.(?=[A-Z])", "");
            faults.add(file, offset, plain, remedy(fault.getCode(), plain));
        }
    }

    private static String remedy(String code, String text) {
        if (text.contains("int cannot be converted to Long")) {
            return "Write the number with an L, such as 5L.";
        }
        return switch (code) {
            case "compiler.err.prob.found.req", "compiler.err.incomparable.types",
                    "compiler.err.operator.cant.be.applied", "compiler.err.operator.cant.be.applied.1" ->
                "Change the type on one of the two sides.";
            case "compiler.err.cant.apply.symbol", "compiler.err.cant.apply.symbols" ->
                    "Give the arguments it asks for, in their order and of their types.";
            case "compiler.err.ref.ambiguous" -> "Say which one is meant: write the full name, or cast the argument.";
            case "compiler.err.missing.ret.stmt" -> "Return a value on every way through the method.";
            case "compiler.err.unreported.exception.need.to.catch.or.throw" ->
                    "Catch it, or declare it: throws Exception.";
            case "compiler.err.already.defined" -> "Rename one of the two.";
            case "compiler.err.var.might.not.have.been.initialized" -> "Give it a value first.";
            case "compiler.err.local.variables.must.be.final", "compiler.err.cant.ref.non.effectively.final.var" ->
                    "Copy it into a variable that is assigned once.";
            case "compiler.err.report.access", "compiler.err.not.def.public.cant.access" ->
                    "Use what its owner made public, or a rule of that app.";
            default -> "Correct it at this place.";
        };
    }

    /// `package bilding.records does not exist`: most often a misspelt app.
    private void noPackage(String text, SourceFile file, int offset) {
        Matcher written = PACKAGE.matcher(text);
        String name = written.find() ? written.group(1) : "";
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (first.equals("dev")) {
            faults.add(file, offset, "there is no " + name + " for apps", "Apps see dev.appos.api and java.base.");
        } else {
            faults.add(file, offset, "there is no app " + first, Nearest.remedy(first, shape.apps().keySet()));
        }
    }

    private void unknown(String text, String kind, String name, SourceFile file, int written) {
        if (shape.withheld().contains(name)) {
            return;
        }
        int offset = file.text().startsWith("." + name, written) ? written + 1 : written;
        Matcher hidden = HIDDEN.matcher(text);
        if (hidden.find() && (shape.apps().containsKey(hidden.group(1)) || SHELVES.contains(hidden.group(1)))) {
            String variable = hidden.group(1);
            faults.add(file, offset, "the local variable " + variable + " hides the platform's " + variable,
                    "Rename the variable.");
            return;
        }
        List<String> owners = owners(name, file.app());
        if (kind.equals("class") && !owners.isEmpty()) {
            String owner = owners.getFirst();
            faults.add(file, offset, name + " is a record of app " + owner,
                    "Write " + owner + "." + name + ": the prefix is the declaration.");
            return;
        }
        Set<String> holders = shape.app(file.app()).nested().getOrDefault(name, Set.of());
        if (holders.size() > 1) {
            faults.add(file, offset, name + " means several things in app " + file.app(), "Write one of "
                    + holders.stream().map(holder -> holder + "." + name)
                            .map(path -> path.replace(file.wrapper() + ".", "")).collect(Collectors.joining(", "))
                    + ".");
            return;
        }
        faults.add(file, offset, "there is no " + name + " here", nearest(text, kind, name, file.app()));
    }

    private List<String> owners(String type, String own) {
        return shape.apps().entrySet().stream()
                .filter(app -> !app.getKey().equals(own))
                .filter(app -> app.getValue().records().stream().anyMatch(r -> r.name().equals(type)))
                .map(Map.Entry::getKey).toList();
    }

    private String nearest(String text, String kind, String name, String app) {
        List<String> known = candidates(text, kind, app);
        return Nearest.of(name, known)
                .map(word -> "Did you mean " + word + "?")
                .orElse(known.isEmpty() ? "Declare it, or correct the name."
                        : "Known: " + String.join(", ", known.subList(0, Math.min(known.size(), 20))) + ".");
    }

    /// What the author could have meant: by where javac looked.
    private List<String> candidates(String text, String kind, String app) {
        SortedSet<String> known = new TreeSet<>();
        Matcher within = INSIDE_CLASS.matcher(text);
        if (within.find() && shape.constants(within.group(1)).isPresent()) {
            return shape.constants(within.group(1)).get();
        }
        Optional<String> fields = inside(text, "(\\w+)\\.(\\w+)Records\\.(?:Fields|Change)");
        for (String name : shape.apps().keySet()) {
            Shape.App other = shape.app(name);
            boolean looked = name.equals(app) || text.contains(name + ".");
            if (looked && text.matches("(?s).*location: (?:package|class) \\S*\\b(rules|processes|interfaces)\\b.*")) {
                other.methods().forEach(m -> known.add(m.name()));
            } else if (looked && text.matches("(?s).*location: (?:package|class) \\S*\\brecords\\b.*")) {
                other.records().forEach(r -> known.add(r.accessor()));
            } else if (fields.isEmpty() && kind.equals("class")) {
                known.addAll(name.equals(app) ? other.types() : Set.of());
                other.records().stream().filter(_ -> !name.equals(app)).forEach(r -> known.add(name + "." + r.name()));
            }
            if (fields.isPresent()) {
                other.records().stream().filter(r -> (name + "." + r.name()).equals(fields.get()))
                        .forEach(r -> known.addAll(fields(r)));
            }
        }
        return new ArrayList<>(known);
    }

    private static List<String> fields(Shape.RecordShape record) {
        List<String> names = new ArrayList<>();
        for (Shape.ComponentShape component : record.components()) {
            names.add(component.name());
            if (component.belongsTo()) {
                names.add(component.name() + "Id");
            }
        }
        return names;
    }

    /// The record whose fields javac looked through: `crm.Customer`.
    private static Optional<String> inside(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1) + "." + matcher.group(2)) : Optional.empty();
    }
}

package dev.appos.authoring;

import dev.appos.api.AppCode;
import dev.appos.config.Environment;
import dev.appos.config.Finding;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.RecordDefinition;
import dev.appos.registry.CodeLoader;
import dev.appos.registry.Compiled;
import dev.appos.registry.Reference;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// Turns a folder of apps into a snapshot, in process: scan, generate, one javac task, analysis, definitions, one class
/// loader.
///
/// Keep one for the life of the process: it holds the last good result, and where only bodies of methods changed it
/// compiles only their files. One compilation runs at a time; others wait.
public final class AppCompiler {

    private final JavaCompiler javac;
    private final StandardJavaFileManager files;
    private Optional<Generation> last = Optional.empty();
    private final Environment environment;
    private Optional<SourceTree> read = Optional.empty();
    private List<Finding> warnings = List.of();

    /// One for sources on a developer's machine.
    public AppCompiler() {
        this(Environment.DEV);
    }

    /// @param environment whose values of `app.yaml` are taken
    /// @throws IllegalStateException where Java has no compiler (a JRE without `jdk.compiler`)
    public AppCompiler(Environment environment) {
        this.environment = environment;
        this.javac = Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).orElseThrow(
                () -> new IllegalStateException("This Java has no compiler; run the platform on a JDK."));
        this.files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        try {
            // Authors see the API and nothing else of the platform.
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(
                    Path.of(AppCode.class.getProtectionDomain().getCodeSource().getLocation().toURI())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Compiles every app in the folder together.
    ///
    /// @throws UncheckedIOException if the folder cannot be read
    public synchronized Compilation compile(Path appsFolder) {
        return compile(SourceTree.read(appsFolder));
    }

    /// Compiles the folder as if these files stood in it too, and forgets that.
    ///
    /// @param drafts texts by their paths below the folder: `crm/records/Task.java`
    /// @throws UncheckedIOException if the folder cannot be read
    public synchronized Compilation compile(Path appsFolder, Map<String, String> drafts) {
        SourceTree tree = SourceTree.read(appsFolder);
        drafts.forEach((path, text) -> tree.sources().put(path, new SourceFile(path, text)));
        Optional<Generation> kept = last;
        try {
            return compile(tree, Optional.empty());
        } finally {
            last = kept;
        }
    }

    synchronized Compilation compile(SourceTree tree) {
        read = Optional.of(tree);
        return compile(tree, last);
    }

    /// What the writers of each `app.yaml` should know, since the last compilation.
    public synchronized List<Finding> warnings() {
        return warnings;
    }

    /// The sources of the last compilation, good or not.
    synchronized Optional<SourceTree> lastRead() {
        return read;
    }

    /// Compiles everything and forgets it, so that the next compilation finds the compiler warm.
    synchronized void warm(SourceTree tree) {
        Optional<Generation> kept = last;
        compile(tree, Optional.empty());
        last = kept;
    }

    private Compilation compile(SourceTree tree, Optional<Generation> previous) {
        Faults faults = new Faults();
        faults.addAll(tree.problems());
        AppSettings settings = new AppSettings(faults, environment);
        Map<String, AppDefinition> apps = settings.read(tree);
        warnings = List.copyOf(settings.warnings());
        Scan scan = Scan.of(tree, javac, files, faults);
        if (!scan.readable()) {
            return new Compilation.Failure(faults.sorted());
        }
        new ShapeCheck(scan.shape(), faults).run();
        scan.addPreludes(tree.sources());

        Optional<Generation> base = previous.filter(g -> g.surfaces().equals(scan.surfaces()));
        Map<String, SourceFile> known = base.<Map<String, SourceFile>>map(Generation::sources).orElse(Map.of());
        List<SourceFile> changed =
                tree.sources().values().stream().filter(f -> !f.equals(known.get(f.path()))).toList();
        Set<String> paths = changed.stream().map(SourceFile::path).collect(Collectors.toSet());
        Map<String, CompiledClass> classes = new TreeMap<>(base.map(Generation::classes).orElse(Map.of()));
        classes.values().removeIf(c -> paths.contains(c.source()));

        JavacRun run = new JavacRun(javac, scan, tree.sources(), faults);
        Map<String, String> generated = base.isPresent() ? Map.of() : Generator.generate(scan.shape());
        Map<String, CompiledClass> compiled = run.compile(changed, generated, files, classes);
        classes.putAll(compiled);

        Map<String, FileFacts> facts = new TreeMap<>(base.map(Generation::facts).orElse(Map.of()));
        facts.putAll(run.facts());
        Assembly assembly = new Assembly(facts.values());
        assembly.check(apps.values(), faults);
        RequiredCircles.check(assembly.definitions(), faults);
        if (faults.none()) {
            Policy policy = new Policy(scan.shape().apps().keySet());
            faults.addAll(BytecodeCheck.check(written(compiled.values(), tree), policy));
        }
        if (!faults.none()) {
            return new Compilation.Failure(faults.sorted());
        }
        Bundling bundling = new Bundling(classes, assembly.processes());
        Map<String, AppCode> code = code(apps, new CodeLoader(bundling.bytes()));
        List<Definition> drafts = assembly.definitions().stream()
                .map(definition -> definition instanceof RecordDefinition record && audited(apps, record)
                        ? record.audited()
                        : definition)
                .toList();
        ConstantValues constants = new ConstantValues(drafts, code::get, faults);
        List<Definition> definitions = new ComputedFields(code::get, faults).definitions(constants.definitions());
        if (!faults.none()) {
            return new Compilation.Failure(faults.sorted());
        }
        last = Optional.of(new Generation(scan.surfaces(), tree.sources(), classes, facts, paths));
        List<Reference> references = new ArrayList<>(assembly.references());
        references.addAll(constants.references());
        return new Compilation.Success(new Snapshot(
                apps, definitions, code, references, sources(tree),
                new Compiled(assembly.hashes(), bundling::of)));
    }

    /// The authors' files that the last good compilation handed to javac.
    synchronized Set<String> lastCompiled() {
        return last.map(Generation::compiled).orElse(Set.of());
    }

    private static List<CompiledClass> written(Collection<CompiledClass> classes, SourceTree tree) {
        return classes.stream().filter(c -> tree.sources().containsKey(c.source())).toList();
    }

    private static Map<String, AppCode> code(Map<String, AppDefinition> apps, CodeLoader loader) {
        return apps.keySet().stream().collect(Collectors.toMap(app -> app, loader::code));
    }

    private static Map<String, String> sources(SourceTree tree) {
        Map<String, String> sources = new TreeMap<>();
        tree.sources().forEach((path, file) -> sources.put(path, file.text()));
        tree.settings().values().forEach(file -> sources.put(file.path(), file.text()));
        return sources;
    }

    private static boolean audited(Map<String, AppDefinition> apps, RecordDefinition record) {
        return Boolean.TRUE.equals(apps.get(record.ref().app()).settings().get("features.audit"));
    }
}

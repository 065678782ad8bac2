package dev.appos.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.appos.tidy.Sources.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/// Keeps the shape of the house: which package may know which, who may write, and how long a file may grow.
class TidyTest {

    /// From the ground up. A package may import those before it, and itself.
    private static final List<String> SPINE =
            List.of("api", "base", "object", "store", "config", "trace",
                    "registry", "secure", "identity", "govern", "cache", "dispatch");

    /// Above the spine and side by side: they import the spine and never each other.
    private static final List<String> ENGINES =
            List.of("authoring", "generate", "record", "data", "rule", "constant", "process", "schedule", "ui",
                    "documents", "insight", "operations");

    /// On top, in this order.
    private static final List<String> SERVER = List.of("temporal", "openapi", "mcp", "web", "boot", "cli", "");

    /// Whose files may name a table of the platform in SQL: invariants have one owner.
    private static final Pattern TABLE = Pattern.compile("name\\(\"appos\", \"(\\w+)\"\\)|\\bappos\\.([a-z_]{3,})\\b");

    /// What changes a table; whatever else names one reads it.
    private static final Pattern CHANGE = Pattern.compile("(?:insert into|update|delete from) appos\\.([a-z_]{3,})\\b");

    /// Accounts and rights are one subject on two floors: they read each other's tables, and write their own only.
    private static final Set<String> READ_EACH_OTHER = Set.of("secure", "identity");

    /// The files of engines that reach the database without a permit, and no others.
    private static final Set<String> MACHINERY = new TreeSet<>(
            Set.of(
            "AppSchema.java", "Archive.java", "EventRunner.java", "Handover.java", "ImportParts.java", "Journal.java",
            "Keeper.java", "Lease.java", "LiveFeed.java", "LiveTables.java", "Partitions.java", "Payloads.java",
            "ProcessParts.java", "ProcessTables.java", "Ready.java", "ScheduleTable.java", "Scheduler.java",
            "SmallTables.java", "Versions.java"));

    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_TEST = 600;
    private static final int LONGEST_LINE = 120;
    private static final int LONGEST_METHOD = 60;
    private static final int MOST_PARAMETERS = 7;
    private static final int MOST_COMPONENTS = 10;

    /// Files and lines per package: a package that outgrows its number is split, or the number is argued for in review.
    private static final Map<String, int[]> BUDGETS = new TreeMap<>(Map.ofEntries(
            Map.entry("api", new int[] {112, 4_400}),
            Map.entry("base", new int[] {20, 1_600}),
            Map.entry("object", new int[] {48, 3_000}),
            Map.entry("store", new int[] {24, 2_400}),
            Map.entry("config", new int[] {25, 1_800}),
            Map.entry("trace", new int[] {25, 2_600}),
            Map.entry("registry", new int[] {12, 800}),
            Map.entry("secure", new int[] {30, 3_100}),
            Map.entry("identity", new int[] {35, 3_500}),
            Map.entry("govern", new int[] {35, 3_500}),
            Map.entry("cache", new int[] {10, 600}),
            Map.entry("dispatch", new int[] {40, 3_400}),
            Map.entry("authoring", new int[] {80, 9_500}),
            Map.entry("generate", new int[] {16, 1_400}),
            Map.entry("record", new int[] {105, 13_000}),
            Map.entry("data", new int[] {24, 2_600}),
            Map.entry("rule", new int[] {5, 200}),
            Map.entry("constant", new int[] {6, 400}),
            Map.entry("process", new int[] {85, 8_200}),
            Map.entry("schedule", new int[] {10, 800}),
            Map.entry("documents", new int[] {20, 1_800}),
            Map.entry("ui", new int[] {12, 900}),
            Map.entry("insight", new int[] {30, 2_600}),
            Map.entry("operations", new int[] {30, 3_500}),
            Map.entry("openapi", new int[] {14, 1_400}),
            Map.entry("mcp", new int[] {15, 1_200}),
            Map.entry("web", new int[] {66, 6_700}),
            Map.entry("boot", new int[] {20, 1_900}),
            Map.entry("cli", new int[] {42, 2_800}),
            Map.entry("temporal", new int[] {12, 800}),
            Map.entry("bench", new int[] {32, 3_400}),
            Map.entry("", new int[] {5, 500})));

    private static final Map<Pattern, String> BANNED = Map.of(
            Pattern.compile("(?<![\\w.])var \\w+ ="), "name the type: the code is read without an IDE",
            Pattern.compile("Instant\\.now\\(|System\\.currentTimeMillis|LocalDate\\.now\\("), "take a Clock",
            Pattern.compile("System\\.(out|err)\\."), "return it, or log it",
            Pattern.compile("TODO(?! #\\d)|FIXME"), "finish it, or name the issue",
            Pattern.compile("@SuppressWarnings(?!\\(.*\\) // )"), "say why, behind it");

    private static final Sources SOURCES = new Sources();

    @Test
    void packages_know_only_those_beneath_them() {
        List<String> wrong = new ArrayList<>();
        for (Source source : SOURCES.main()) {
            for (String known : imported(source)) {
                if (!mayKnow(source.pkg(), known)) {
                    wrong.add(source + " must not know dev.appos." + known);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_rule_about_packages_can_fail() {
        assertThat(mayKnow("record", "process")).isFalse();
        assertThat(mayKnow("base", "dispatch")).isFalse();
        assertThat(mayKnow("dispatch", "record")).isFalse();
        assertThat(mayKnow("web", "dispatch")).isTrue();
    }

    @Test
    void only_the_door_makes_a_permit() {
        assertThat(SOURCES.main().stream()
                        .filter(source -> source.text().contains("new Permit("))
                        .map(Source::pkg))
                .containsOnly("dispatch");
    }

    @Test
    void an_engine_reaches_the_database_only_through_a_permit_or_as_its_own_machinery() {
        Set<String> openers = new TreeSet<>();
        for (Source source : SOURCES.main()) {
            if (ENGINES.contains(source.pkg()) && source.text().contains("import dev.appos.store.Database;")) {
                openers.add(source.path().getFileName().toString());
            }
        }
        // The schema is changed before there are calls; instances are claimed and journalled between calls.
        assertThat(openers).isEqualTo(MACHINERY);
    }

    @Test
    void every_table_of_the_platform_has_one_owner() {
        Map<String, Set<String>> writers = new TreeMap<>();
        Map<String, Set<String>> owners = new TreeMap<>();
        for (Source source : SOURCES.main()) {
            if (source.pkg().equals("bench")) {
                // Measurements fill tables and look into them, whoever owns them.
                continue;
            }
            String code = source.text().replaceAll("(?m)^\\s*(///|//|import|package).*$", "");
            Matcher change = CHANGE.matcher(code);
            while (change.find()) {
                writers.computeIfAbsent(change.group(1), _ -> new TreeSet<>()).add(source.pkg());
            }
            Matcher table = TABLE.matcher(code);
            while (table.find()) {
                String name = table.group(1) != null ? table.group(1) : table.group(2);
                String owner = READ_EACH_OTHER.contains(source.pkg()) ? READ_EACH_OTHER.toString() : source.pkg();
                owners.computeIfAbsent(name, _ -> new TreeSet<>()).add(owner);
            }
        }
        owners.keySet().retainAll(tables());
        assertThat(owners).isNotEmpty();
        owners.forEach((table, packages) -> assertThat(packages).as("owners of appos." + table).hasSize(1));
        writers.forEach((table, packages) -> assertThat(packages).as("writers of appos." + table).hasSize(1));
    }

    @Test
    void no_file_outgrows_a_reader() {
        List<String> wrong = new ArrayList<>();
        SOURCES.main().stream()
                .filter(source -> source.lines().size() > LONGEST_FILE)
                .forEach(source -> wrong.add(source + ": " + source.lines().size()));
        SOURCES.tests().stream()
                .filter(source -> source.lines().size() > LONGEST_TEST)
                .forEach(source -> wrong.add(source + ": " + source.lines().size()));
        assertThat(wrong).isEmpty();
    }

    @Test
    void no_line_runs_out_of_the_window() {
        List<String> wrong = new ArrayList<>();
        List<Source> all = new ArrayList<>(SOURCES.main());
        all.addAll(SOURCES.tests());
        for (Source source : all) {
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LONGEST_LINE) {
                    wrong.add(source + ":" + (i + 1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void packages_stay_within_their_budgets() {
        Map<String, int[]> sizes = new HashMap<>();
        for (Source source : SOURCES.main()) {
            int[] size = sizes.computeIfAbsent(source.pkg(), _ -> new int[2]);
            size[0]++;
            size[1] += source.lines().size();
        }
        assertThat(BUDGETS.keySet()).containsAll(sizes.keySet());
        sizes.forEach((pkg, size) -> {
            assertThat(size[0]).as("files of " + pkg).isLessThanOrEqualTo(BUDGETS.get(pkg)[0]);
            assertThat(size[1]).as("lines of " + pkg).isLessThanOrEqualTo(BUDGETS.get(pkg)[1]);
        });
    }

    @Test
    void methods_and_records_fit_in_a_head() {
        List<String> wrong = new ArrayList<>();
        for (Source source : SOURCES.main()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void unused) {
                    long length = SOURCES.line(source, method, true) - SOURCES.line(source, method, false);
                    if (length > LONGEST_METHOD) {
                        wrong.add(source + " " + method.getName() + ": " + length + " lines");
                    }
                    boolean canonical = method.getName().contentEquals("<init>");
                    if (method.getParameters().size() > MOST_PARAMETERS && !canonical) {
                        wrong.add(source + " " + method.getName() + ": too many parameters");
                    }
                    return super.visitMethod(method, null);
                }

                @Override
                public Void visitClass(ClassTree type, Void unused) {
                    if (type.getKind() == Tree.Kind.RECORD && components(type) > MOST_COMPONENTS) {
                        wrong.add(source + " " + type.getSimpleName() + ": too many components");
                    }
                    return super.visitClass(type, null);
                }
            }.scan(source.tree(), null);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_public_type_says_what_it_promises() {
        List<String> wrong = new ArrayList<>();
        for (Source source : SOURCES.main()) {
            for (Tree tree : source.tree().getTypeDecls()) {
                if (tree instanceof ClassTree type && isPublic(type) && !documented(source, type)) {
                    wrong.add(source + " " + type.getSimpleName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_package_has_a_front_door() {
        Set<String> packages = new TreeSet<>();
        Set<String> doors = new TreeSet<>();
        for (Source source : SOURCES.main()) {
            packages.add(source.pkg());
            if (source.path().getFileName().toString().equals("package-info.java")) {
                doors.add(source.pkg());
            }
        }
        assertThat(doors).isEqualTo(packages);
    }

    @Test
    void what_is_banned_is_not_there() {
        List<String> wrong = new ArrayList<>();
        for (Source source : SOURCES.main()) {
            boolean talks = Set.of("cli", "bench", "").contains(source.pkg());
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\"");
                for (Map.Entry<Pattern, String> ban : BANNED.entrySet()) {
                    boolean spoken = ban.getKey().pattern().startsWith("System") && talks;
                    if (!spoken && !line.strip().startsWith("//") && ban.getKey().matcher(line).find()) {
                        wrong.add(source + ":" + (i + 1) + " " + ban.getValue());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void tests_wait_for_something_and_not_for_time() {
        assertThat(SOURCES.tests().stream()
                        .filter(source -> !source.pkg().equals("tidy"))
                        .filter(source -> source.text().contains("Thread." + "sleep("))
                        .map(Source::toString))
                .isEmpty();
    }

    private static boolean mayKnow(String from, String to) {
        if (from.equals(to) || from.equals("bench")) {
            return true;
        }
        List<String> order = new ArrayList<>(SPINE);
        if (SPINE.contains(from)) {
            return SPINE.contains(to) && SPINE.indexOf(to) < SPINE.indexOf(from);
        }
        if (ENGINES.contains(from)) {
            return SPINE.contains(to);
        }
        order.addAll(ENGINES);
        order.addAll(SERVER);
        return order.contains(to) && order.indexOf(to) < order.indexOf(from);
    }

    private static Set<String> imported(Source source) {
        Set<String> packages = new TreeSet<>();
        // A qualified name in the code is an import by another spelling.
        Matcher named = Pattern.compile("\\bdev\\.appos\\.(?:([a-z]+)\\.)?[A-Z]").matcher(
                source.text().replaceAll("(?m)^\\s*///.*$", ""));
        while (named.find()) {
            packages.add(named.group(1) == null ? "" : named.group(1));
        }
        return packages;
    }

    private static Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.list(Sources.ROOT.resolve(
                "kernel/src/main/resources/dev/appos/store/migrations"))) {
            for (Path file : files.toList()) {
                Matcher created = Pattern.compile("create table (?:if not exists )?appos\\.(\\w+)")
                        .matcher(Files.readString(file));
                while (created.find()) {
                    tables.add(created.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tables;
    }

    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }

    private static boolean isPublic(ClassTree type) {
        return type.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean documented(Source source, ClassTree type) {
        int line = (int) SOURCES.line(source, type, false) - 2;
        List<String> lines = source.lines();
        return line >= 0 && lines.get(line).strip().startsWith("///");
    }
}

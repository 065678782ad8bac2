package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.registry.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The allow-list, and its second reading in class files.
class PolicyTest {

    private static final Policy POLICY = new Policy(Set.of("crm"));

    @ParameterizedTest
    @ValueSource(strings = {
        "java.io.File", "java.io.PrintStream", "java.nio.file.Files", "java.net.Socket", "java.net.URI",
        "java.lang.Thread", "java.lang.Thread$Builder", "java.lang.Runtime", "java.lang.ProcessBuilder",
        "java.lang.ClassLoader", "java.lang.Module", "java.lang.ScopedValue", "java.lang.StackWalker",
        "java.lang.reflect.Method", "java.lang.invoke.MethodHandles$Lookup", "java.util.ServiceLoader",
        "java.util.Timer", "java.util.Formatter", "java.util.Scanner", "java.util.Properties",
        "java.util.concurrent.Executors", "java.util.concurrent.CompletableFuture", "java.util.stream.StreamSupport",
        "java.util.logging.Logger", "java.security.SecureRandom", "javax.crypto.Cipher", "sun.misc.Unsafe",
        "jdk.internal.misc.Unsafe", "java.time.zone.ZoneRulesProvider", "dev.appos.api.Door", "dev.appos.api.Flow",
        "dev.appos.api.AppCode", "dev.appos.registry.Snapshot", "crm.bodies", "org.slf4j.Logger"})
    void is_refused(String type) {
        assertThat(POLICY.refuseClass(type)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "java.lang.String", "java.util.Map$Entry", "java.math.BigDecimal", "java.time.LocalDate",
        "java.util.stream.Collectors", "java.util.regex.Pattern", "java.text.NumberFormat", "java.util.UUID",
        "dev.appos.api.Words", "dev.appos.api.Cond$Compare", "crm.Customer", "crm.Customer$Status"})
    void is_allowed(String type) {
        assertThat(POLICY.refuseClass(type)).isEmpty();
    }

    @Test
    void every_safe_class_exists_and_is_public() {
        Set<String> wrong = SafeClasses.all().stream().filter(name -> !isPublic(name)).collect(Collectors.toSet());

        assertThat(wrong).isEmpty();
    }

    private static boolean isPublic(String name) {
        try {
            return java.lang.reflect.Modifier.isPublic(Class.forName(name, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void a_class_file_is_judged_like_its_source() throws IOException {
        List<String> told = check(Hostile.class).stream().map(Problem::message).toList();

        assertThat(told).contains(
                "java.lang.System.exit is outside what an app may use",
                "java.lang.Thread.ofVirtual is outside what an app may use",
                "java.io.File is outside what an app may use",
                "java.util.List.parallelStream is outside what an app may use",
                "java.lang.reflect.Method is outside what an app may use");
    }

    @Test
    void the_language_s_own_bootstraps_are_no_fault() throws IOException {
        assertThat(check(Harmless.class)).isEmpty();
    }

    private static List<Problem> check(Class<?> type) throws IOException {
        try (InputStream bytes = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            return BytecodeCheck.check(List.of(new CompiledClass(type.getName(), "x.java", bytes.readAllBytes())),
                    new Policy(Set.of(PolicyTest.class.getPackageName())));
        }
    }

    /// Never run, only read.
    static final class Hostile {

        Object file;

        void act(Runnable then) throws Exception {
            Runnable stop = () -> System.exit(1);
            Thread.ofVirtual().start(stop);
            file = new java.io.File("x");
            List.of(1).parallelStream();
            java.lang.reflect.Method[] methods = String.class.getDeclaredMethods();
            then.run();
        }
    }

    static final class Harmless {

        enum Colour { RED, GREEN }

        record Pair(int a, Object b) {}

        String act(Object o, Colour colour, String text) {
            assert text != null;
            Runnable none = () -> text.strip();
            none.run();
            String named = switch (text) {
                case "a" -> "b";
                default -> text + colour + 1;
            };
            return switch (o) {
                case Pair(int a, String b) when a > 0 -> b;
                case Colour c -> switch (c) {
                    case RED -> named;
                    case GREEN -> String.format("%s", new Pair(1, c));
                };
                case null, default -> Stream.of(text).map(String::length).toList().toString();
            };
        }
    }

    @Test
    void the_words_of_the_api_are_known() throws IOException {
        Set<String> known = new TreeSet<>(ApiNames.TYPES);
        known.addAll(ApiNames.ANNOTATIONS);
        Set<String> found = new TreeSet<>();
        Path sources = Path.of("..", "api", "src", "main", "java", "dev", "appos", "api");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("\npublic ")) {
                    found.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        assertThat(known).isEqualTo(found);
        assertThat(ApiNames.SHARED_WITH_JAVA_LANG)
                .isEqualTo(found.stream().filter(name -> isPublic("java.lang." + name)).collect(Collectors.toSet()));
    }
}

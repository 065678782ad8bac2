package dev.appos.bench;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.boot.DemoData;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A platform of one's own for the length of a measurement: the example apps and their data in a temporary folder.
final class Workshop implements AutoCloseable {

    private final Path home;

    Workshop() throws IOException {
        home = Files.createTempDirectory("appos-bench-");
        Path examples = Path.of(System.getProperty("appos.home")).resolve("examples");
        for (String part : List.of("apps", "data", "migrations")) {
            copy(examples.resolve(part), home.resolve(part));
        }
    }

    Path home() {
        return home;
    }

    Settings settings() {
        return Settings.of(home);
    }

    /// Loads the data and makes a user who may read and write in billing, neither of them an administrator's doing.
    ///
    /// @return the API key of the user
    String prepare() {
        try (Platform platform = new Platform(settings(), Clock.systemUTC())) {
            new DemoData(platform, home.resolve("data")).load(new PrintWriter(System.out));
            platform.bootstrap(Optional.empty());
            return key(platform, "bench", "service_account", List.of("billing_users", "billing_admins", "crm_users"));
        }
    }

    /// Makes an administrator besides; to be called after [#prepare].
    ///
    /// @return the API key of the administrator
    String administrator() {
        try (Platform platform = new Platform(settings(), Clock.systemUTC())) {
            return key(platform, "boss", "system_admin", List.of());
        }
    }

    private static String key(Platform platform, String name, String type, List<String> groups) {
        call(platform, "create_user", Map.of(
                "username", name, "email", name + "@example.test", "user_type", type, "groups", groups));
        Object key = call(platform, "create_api_key", Map.of("username", name, "name", "bench"));
        return String.valueOf(Json.object(key, "the key").get("api_key"));
    }

    private static Object call(Platform platform, String rule, Map<String, Object> inputs) {
        Context context = new Context(
                new Principal.Platform("bench"), platform.ids().execution(), platform.clock().instant());
        Ref ref = new Ref(Ref.PLATFORM, "rules", rule);
        return platform.dispatcher().dispatch(context, Call.of(ref, new Input.Run(inputs)));
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}

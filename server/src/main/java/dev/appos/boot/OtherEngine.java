package dev.appos.boot;

import dev.appos.base.Refusal;
import dev.appos.config.SettingValues;
import dev.appos.identity.ServerSecret;
import dev.appos.process.Elsewhere;
import dev.appos.process.ElsewhereSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The engine that runs processes instead of the platform's own, where the settings name one.
///
/// Its jars stand in a folder of their own and are loaded by a class loader of their own: a platform without it is not
/// larger, starts no later, and meets none of its libraries.
final class OtherEngine {

    /// What is derived for it from the secret of the servers.
    private static final String PURPOSE = "process engine";

    private OtherEngine() {}

    /// Connects to the engine, if one is named.
    ///
    /// @throws Refusal in one sentence, if it is not there or does not answer
    static Optional<Elsewhere> of(Settings settings, ServerSecret secret) {
        SettingValues values = settings.live().current();
        if (!values.text("process.engine").equals("temporal")) {
            return Optional.empty();
        }
        ElsewhereSettings where = new ElsewhereSettings(
                values.text("process.temporal.target"),
                values.text("process.temporal.namespace"),
                values.text("process.temporal.task_queue"),
                values.flag("process.temporal.tls"),
                values.optional("process.temporal.api_key"),
                values.flag("process.temporal.seal")
                        ? Optional.of(secret.key(PURPOSE))
                        : Optional.empty(),
                settings.processes().atOnce(),
                settings.processes().closeWait());
        return Optional.of(factory().connect(where));
    }

    private static ElsewhereSettings.Factory factory() {
        Path folder = Path.of(System.getProperty("appos.home", ".")).resolve("temporal").resolve("target");
        ClassLoader loader = new URLClassLoader("temporal", urls(folder), OtherEngine.class.getClassLoader());
        return ServiceLoader.load(ElsewhereSettings.Factory.class, loader).findFirst()
                .orElseThrow(() -> Refusal.malformed(
                        "process.engine is temporal, and its jars are not in " + folder + ".",
                        "Build the module temporal, or leave process.engine out."));
    }

    private static URL[] urls(Path folder) {
        List<URL> urls = new ArrayList<>();
        for (Path each : List.of(folder, folder.resolve("lib"))) {
            if (!Files.isDirectory(each)) {
                continue;
            }
            try (Stream<Path> files = Files.list(each)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".jar")).sorted().toList()) {
                    urls.add(file.toUri().toURL());
                }
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return urls.toArray(URL[]::new);
    }
}

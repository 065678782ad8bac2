package dev.appos.schedule;

import dev.appos.base.Ref;
import dev.appos.boot.Platform;
import dev.appos.boot.Settings;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.object.Input;
import dev.appos.secure.Principal;
import dev.appos.secure.SettableClock;
import dev.appos.store.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A platform with an app whose sources a test gives, on a database that others may use too.
final class Nightly implements AutoCloseable {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final Platform platform;

    Nightly(Path home, DatabaseSettings database, SettableClock clock, Map<String, String> sources) {
        write(home, "appos.yaml", """
                database:
                  url: "%s"
                  user: "%s"
                  password: "%s"
                """.formatted(database.jdbcUrl(), database.user(), database.password()));
        sources.forEach((file, text) -> write(home, "apps/" + file, text));
        platform = new Platform(Settings.of(home).withPort(0), clock);
        platform.bootstrap(Optional.of("a long enough secret"));
        if (!platform.registry().problems().isEmpty()) {
            throw new AssertionError(platform.registry().problems().toString());
        }
    }

    Nightly run() {
        platform.serve();
        return this;
    }

    static void write(Path home, String file, String text) {
        try {
            Path path = home.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Object rule(String name, Map<String, Object> inputs) {
        return call(new Principal.Platform("test"), "platform.rules." + name, new Input.Run(inputs));
    }

    Object call(Principal principal, String ref, Input input) {
        Context context = new Context(principal, platform.ids().execution(), platform.clock().instant());
        return platform.dispatcher().dispatch(context, Call.of(Ref.of(ref), input));
    }

    /// A user that is in these groups.
    Principal user(String name, Principal.Type type, List<String> groups) {
        rule("create_user", Map.of("username", name, "user_type", type.word(), "groups", groups));
        return new Principal.User(name, type, java.util.Set.copyOf(groups));
    }

    /// The newest first.
    List<Map<String, Object>> instances() {
        return items(rule("list_processes", Map.of("limit", 500)));
    }

    Map<String, Object> schedule(String id) {
        return items(rule("list_schedules", Map.of())).stream()
                .filter(each -> each.get("id").equals(id)).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked") // the shape of a page
    static List<Map<String, Object>> items(Object page) {
        return new ArrayList<>((List<Map<String, Object>>) ((Map<String, Object>) page).get("items"));
    }

    /// Waits for it, and fails if it does not come.
    void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s; instances " + instances() + ", schedules "
                        + rule("list_schedules", Map.of()));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        platform.close();
    }
}

package dev.appos.operations;

import static dev.appos.operations.Given.body;
import static dev.appos.operations.Given.maybe;
import static dev.appos.operations.Given.text;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.config.AdminValue;
import dev.appos.config.LiveSettings;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.object.AppDefinition;
import dev.appos.object.Permission;
import dev.appos.secure.GroupGuard;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the platform tells about settings, and what administrators may change while it runs.
public final class SettingRules {

    private final LiveSettings settings;
    private final GroupGuard guard;
    private final Runnable look;
    private final Clock clock;

    /// @param guard says who may enter which app
    /// @param look  takes up at once what was committed
    public SettingRules(LiveSettings settings, GroupGuard guard, Runnable look, Clock clock) {
        this.settings = settings;
        this.guard = guard;
        this.look = look;
        this.clock = clock;
    }

    public List<PlatformRule> all() {
        return List.of(
                PlatformRule.reads(
                        "list_settings", "Every key of appos.yaml: its value, where that comes from, what it means.",
                        Permission.ADMIN, List.of(), body((_, _) -> list())),
                PlatformRule.writes(
                        "set_setting", "Says something instead of the files, at once and on every server.",
                        Permission.ADMIN, List.of(text("key"), text("value")), body(this::set)),
                PlatformRule.writes(
                        "reset_setting", "Lets the files speak again.",
                        Permission.ADMIN, List.of(text("key")), body(this::reset)),
                PlatformRule.reads(
                        "get_environment", "Which environment this is: dev, staging or prod.",
                        Permission.VIEW, List.of(), body((_, _) -> settings.current().environment().word())),
                PlatformRule.reads(
                        "get_app_config", "What an app.yaml says, or one key of it: theme.primary_color.",
                        Permission.VIEW, List.of(text("app"), maybe(text("key"))), body(this::appConfig)));
    }

    private Object list() {
        Map<String, Object> answer = new LinkedHashMap<>(Pages.of(settings.described(), null));
        answer.put("environment", settings.current().environment().word());
        answer.put("findings", settings.findings());
        return answer;
    }

    private @Nullable Object set(Permit permit, Given given) {
        permit.afterCommit(look);
        settings.override(
                permit.sql(),
                given.required("key"),
                new AdminValue(given.required("value"), permit.principal().name()),
                clock.instant());
        return null;
    }

    private @Nullable Object reset(Permit permit, Given given) {
        permit.afterCommit(look);
        settings.reset(permit.sql(), given.required("key"));
        return null;
    }

    /// An app that the caller may not enter is, to them, not there.
    private Object appConfig(Permit permit, Given given) {
        String name = given.required("app");
        AppDefinition app = permit.snapshot().app(name)
                .filter(_ -> Delegation.administers(permit)
                        || guard.enters(permit.principal(), permit.snapshot(), name))
                .orElseThrow(() -> Refusal.notFound("app called " + name));
        String key = given.text("key", "");
        if (key.isEmpty()) {
            return app.settings();
        }
        Object value = app.settings().get(key);
        if (value == null) {
            throw Refusal.malformed(
                    "There is no key " + key + " in app.yaml.", Nearest.remedy(key, app.settings().keySet()));
        }
        return value;
    }
}

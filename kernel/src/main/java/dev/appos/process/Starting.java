package dev.appos.process;

import dev.appos.api.Ctx;
import dev.appos.base.Json;
import dev.appos.dispatch.EventChain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who started an instance and in which app, as its body sees it: kept at the start, so that each run sees the same.
///
/// @param agent  the name of the agent, if one started it
/// @param chain  the events it follows from
/// @param parent the instance that waits for it, if one does
/// @param depth  how many wait for each other above it
record Starting(
        Ctx.User user, Optional<String> agent, Ctx.App app, List<String> chain, Optional<UUID> parent, int depth) {

    /// For one that nobody waits for.
    Starting(Ctx.User user, Optional<String> agent, Ctx.App app, List<String> chain) {
        this(user, agent, app, chain, Optional.empty(), 0);
    }

    static Starting of(Ctx ctx) {
        return new Starting(ctx.user(), ctx.agent(), ctx.app(), EventChain.current());
    }

    /// What was kept of an instance, or what is known of one of an earlier release.
    static Starting of(Instance instance) {
        Instance.Starter starter = instance.starter();
        String app = instance.process().app();
        return starter.kept().map(Starting::read).orElseGet(() -> new Starting(
                new Ctx.User(starter.name(), "", Ctx.User.Type.BASIC, Set.of(), "en", "UTC"),
                Optional.empty(), new Ctx.App(app, app), List.of()));
    }

    /// The same for one that another waits for.
    Starting below(UUID waiting, int deep) {
        return new Starting(user, agent, app, chain, Optional.of(waiting), deep);
    }

    String json() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", user.name());
        values.put("id", user.id());
        values.put("type", user.type().name());
        values.put("groups", user.groups().stream().sorted().toList());
        values.put("language", user.language());
        values.put("time_zone", user.timeZone());
        values.put("agent", agent.orElse(null));
        values.put("app", app.name());
        values.put("app_title", app.title());
        if (!chain.isEmpty()) {
            values.put("chain", chain);
        }
        parent.ifPresent(id -> {
            values.put("parent", id.toString());
            values.put("depth", depth);
        });
        return Json.write(values);
    }

    static Starting read(String json) {
        Map<String, Object> values = Json.object(Json.read(json), "the starter");
        Ctx.User user = new Ctx.User(
                text(values, "name"),
                text(values, "id"),
                Ctx.User.Type.valueOf(text(values, "type")),
                Set.copyOf(((List<?>) values.get("groups")).stream().map(String::valueOf).toList()),
                text(values, "language"),
                text(values, "time_zone"));
        return new Starting(
                user,
                Optional.ofNullable((String) values.get("agent")),
                new Ctx.App(text(values, "app"), text(values, "app_title")),
                ((List<?>) values.getOrDefault("chain", List.of())).stream().map(String::valueOf).toList(),
                Optional.ofNullable((String) values.get("parent")).map(UUID::fromString),
                values.get("depth") instanceof Number deep ? deep.intValue() : 0);
    }

    private static String text(Map<String, Object> values, String key) {
        return (String) values.get(key);
    }
}

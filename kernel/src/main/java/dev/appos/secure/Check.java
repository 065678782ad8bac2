package dev.appos.secure;

import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Decision.Allow;
import dev.appos.secure.Decision.Deny;
import dev.appos.secure.GrantIndex.Grant;
import dev.appos.secure.GroupGuard.Case;
import dev.appos.secure.GroupGuard.Holder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The questions of [GroupGuard], in their order.
enum Check {

    /// Is it an agent that would change who may do what? The account it acts for does not matter.
    PERSONS("persons only") {
        @Override
        @Nullable Decision decide(Case asked) {
            return asked.holder().agent() && asked.definition() instanceof PlatformDefinition rule && rule.personsOnly()
                    ? new Deny(asked.holder().name() + " is an agent, and this takes a person", false)
                    : null;
        }
    },

    /// Is there an active account, and is it one that may do everything?
    ACCOUNT("account") {
        @Override
        @Nullable Decision decide(Case asked) {
            Holder holder = asked.holder();
            if (holder.platform()) {
                return new Allow(holder.name() + " is the platform itself");
            }
            if (holder.account() == null) {
                return new Deny("there is no active account of " + holder.name(), true);
            }
            return holder.admin() ? new Allow(holder.account().name() + " is a system_admin") : null;
        }
    },

    /// Is it something every caller may use?
    OF_PLATFORM("platform") {
        @Override
        @Nullable Decision decide(Case asked) {
            return concerns(asked.definition())
                            && asked.permission() == Permission.VIEW
                            && !asked.holder().stranger()
                    ? new Allow("everyone who is logged in may use " + asked.definition().ref())
                    : null;
        }
    },

    /// Does one of the groups open the app?
    APP("app") {
        @Override
        @Nullable Decision decide(Case asked) {
            String app = asked.definition().ref().app();
            if (OF_PLATFORM.concerns(asked.definition())
                    || door(asked.roster(), asked.snapshot(), app, asked.holder().groups()) != null) {
                return null;
            }
            return new Deny("no group of %s is linked to app %s".formatted(asked.holder().name(), app), true);
        }
    },

    /// Does the object's own declaration name one of the groups?
    DECLARATION("declaration") {
        @Override
        @Nullable Decision decide(Case asked) {
            Access access = asked.definition().access();
            for (Map.Entry<Permission, Set<String>> stated : access.groups().entrySet()) {
                String group = stated.getKey().covers(asked.permission())
                        ? member(stated.getValue(), asked.holder())
                        : null;
                if (group != null) {
                    return allow(asked, group, "stated by the object");
                }
            }
            return null;
        }
    },

    /// Did an administrator grant it?
    GRANTS("grants") {
        @Override
        @Nullable Decision decide(Case asked) {
            Grant grant = asked.roster().grants().find(
                    asked.holder().groups(), asked.definition().ref(), asked.permission());
            return grant == null ? null : new Allow(grant.rule(asked.permission(), asked.definition().ref()));
        }
    },

    /// Is it a rule or a screen that states nothing, in an app with defaults for those?
    DEFAULTS("defaults of the app") {
        @Override
        @Nullable Decision decide(Case asked) {
            Definition definition = asked.definition();
            AppDefinition app = asked.snapshot().app(definition.ref().app()).orElse(null);
            if (app == null || definition.access().stated() || !Permission.USE.covers(asked.permission())) {
                return null;
            }
            String group = member(defaults(app, definition), asked.holder());
            return group == null ? null : allow(asked, group, "default of app " + app.name());
        }
    };

    /// In a list of groups: everyone who may enter the app.
    static final String EVERYONE = "*";

    private final String title;

    Check(String title) {
        this.title = title;
    }

    /// What decides, or null if this question says nothing.
    abstract @Nullable Decision decide(Case asked);

    String title() {
        return title;
    }

    /// Whether an object is the platform's own, which has no app around it.
    boolean concerns(Definition definition) {
        return definition instanceof PlatformDefinition;
    }

    /// The groups an app names for objects of this kind that state nothing.
    static Set<String> defaults(AppDefinition app, Definition definition) {
        return switch (definition) {
            case RuleDefinition _, ConstantDefinition _ -> app.logic();
            case InterfaceDefinition _, PageDefinition _ -> app.ui();
            case RecordDefinition _, FolderDefinition _, ProcessDefinition _, PlatformDefinition _ -> Set.of();
        };
    }

    /// The group that opens an app, or null.
    static @Nullable String door(Roster roster, Snapshot snapshot, String app, Set<String> groups) {
        for (String group : roster.appGroups().getOrDefault(app, Set.of())) {
            if (groups.contains(group)) {
                return group;
            }
        }
        AppDefinition definition = snapshot.app(app).orElse(null);
        if (definition == null) {
            return null;
        }
        for (String group : definition.groups()) {
            if (groups.contains(group)) {
                return group;
            }
        }
        return null;
    }

    /// The group that is named, or everyone: which is everyone with an account, never a stranger.
    private static @Nullable String member(Set<String> named, Holder holder) {
        for (String group : named) {
            if (group.equals(EVERYONE) ? !holder.stranger() : holder.groups().contains(group)) {
                return group;
            }
        }
        return null;
    }

    private static Allow allow(Case asked, String group, String because) {
        String who = group.equals(EVERYONE) ? "everyone in the app" : "group " + group;
        return new Allow(who + " may " + asked.permission().word() + " " + asked.definition().ref() + " (" + because
                + ")");
    }
}

package dev.appos.govern;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The policies that come with the platform.
enum BuiltInPolicy implements Policy {

    /// Denies everything that changes anything.
    READ_ONLY {
        @Override
        public Verdict judge(Deed deed) {
            return switch (deed.effect()) {
                case READ -> allow();
                case WRITE, BULK_UPDATE, DELETE -> deny("writes", deed.action() + " may change something");
                case SHELL -> deny("shell", "a shell command may change something");
                case SQL -> SqlText.of(statement(deed.values())).pureSelect()
                        ? allow()
                        : deny("sql", "the SQL is not one query that only reads");
            };
        }
    },

    /// Denies personal data in arguments.
    NO_PII {
        @Override
        public Verdict judge(Deed deed) {
            return PersonalData.in(deed.values())
                    .map(found -> deny("personal_data", "the arguments hold " + found))
                    .orElseGet(this::allow);
        }
    },

    /// Wants a person's approval for everything that changes anything.
    STRICT {
        @Override
        public Verdict judge(Deed deed) {
            return switch (deed.effect()) {
                case READ -> allow();
                case WRITE, BULK_UPDATE, DELETE -> ask("writes", deed.action() + " may change something");
                case SHELL -> deny("shell", "nobody can tell what a shell command does");
                case SQL -> SqlText.of(statement(deed.values())).pureSelect()
                        ? allow()
                        : ask("sql", "the SQL is not one query that only reads");
            };
        }
    },

    /// Denies what destroys, and wants approval for what removes or changes many things at once.
    PRODUCTION_SAFETY {
        @Override
        public Verdict judge(Deed deed) {
            return switch (deed.effect()) {
                case READ, WRITE -> allow();
                case BULK_UPDATE -> ask("bulk_update", deed.action() + " changes everything that fits");
                case DELETE -> ask("delete", deed.action() + " deletes");
                case SHELL -> ShellText.destroyer(text(deed.values(), List.of("command", "cmd", "script")))
                        .map(found -> deny("shell", "the command has " + found + " in it"))
                        .orElseGet(this::allow);
                case SQL -> sql(SqlText.of(statement(deed.values())));
            };
        }

        private Verdict sql(SqlText text) {
            if (text.hidesCode()) {
                return deny("sql", "nobody can tell what the SQL does");
            } else if (text.changesSchema()) {
                return deny("schema", "the SQL changes or drops tables");
            }
            return text.changesRows() ? ask("sql", "the SQL changes or deletes rows that are there") : allow();
        }
    };

    @Override
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int version() {
        return 1;
    }

    /// The built-in policy of this name.
    static Optional<Policy> of(String title) {
        for (BuiltInPolicy policy : values()) {
            if (policy.title().equals(title)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    Verdict allow() {
        return new Verdict(Verdict.Kind.ALLOW, title(), version(), "default", "policy " + title() + " allows it");
    }

    Verdict ask(String rule, String reason) {
        return new Verdict(Verdict.Kind.ASK, title(), version(), rule, reason);
    }

    Verdict deny(String rule, String reason) {
        return new Verdict(Verdict.Kind.DENY, title(), version(), rule, reason);
    }

    private static String statement(Map<String, ?> values) {
        return text(values, Effect.STATEMENTS);
    }

    /// All of them, if there are several: what is looked at must be what is run.
    private static String text(Map<String, ?> values, List<String> names) {
        return String.join("\n", names.stream()
                .filter(values::containsKey)
                .map(name -> String.valueOf(values.get(name)))
                .toList());
    }
}

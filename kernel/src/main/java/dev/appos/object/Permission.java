package dev.appos.object;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.util.Arrays;
import java.util.Locale;

/// The six things one can be allowed to do with an object.
public enum Permission {
    VIEW,
    USE,
    CREATE,
    UPDATE,
    DELETE,
    ADMIN;

    /// Whether holding this one is enough for `wanted`: admin covers all, everything covers view.
    public boolean covers(Permission wanted) {
        return this == ADMIN || this == wanted || wanted == VIEW;
    }

    /// Whether it means anything on objects of a kind: create, update and delete are for what has content.
    public boolean appliesTo(String kind) {
        return switch (this) {
            case CREATE, UPDATE, DELETE -> kind.equals("records") || kind.equals("folders");
            case VIEW, USE, ADMIN -> true;
        };
    }

    /// The word in JSON and YAML.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the word.
    ///
    /// @throws Refusal naming the nearest one
    public static Permission of(String word) {
        return Arrays.stream(values())
                .filter(permission -> permission.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "The permission",
                        "/permissions",
                        "unknown",
                        "\"" + word + "\" is not a permission. "
                                + Nearest.remedy(word, Arrays.stream(values()).map(Permission::word).toList())));
    }
}

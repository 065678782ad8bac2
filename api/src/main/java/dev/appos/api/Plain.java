package dev.appos.api;

import java.util.Collection;

/// Values as the door takes them: an enum by its name, so that no class of an app is left in them.
final class Plain {

    private Plain() {}

    static Object of(Object value) {
        return switch (value) {
            case Enum<?> choice -> choice.name();
            case Collection<?> many -> many.stream().map(Plain::of).toList();
            case null -> null;
            default -> value;
        };
    }
}

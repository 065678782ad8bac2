package dev.appos.authoring;

import java.util.Optional;

/// The kinds of object that are methods: the annotation, the shelf in a reference, and how a direct call is mended.
enum ObjectKind {
    RULE("ExpressionRule", "rules"),
    CONSTANT("Constant", "constants"),
    PROCESS("Process", "processes"),
    INTERFACE("Interface", "interfaces"),
    PAGE("Page", "pages");

    private final String annotation;
    private final String shelf;

    ObjectKind(String annotation, String shelf) {
        this.annotation = annotation;
        this.shelf = shelf;
    }

    /// The simple name of the annotation that makes a method one of these.
    String annotation() {
        return annotation;
    }

    /// The middle part of a reference.
    String shelf() {
        return shelf;
    }

    /// What to write in place of calling the method `name` past the door.
    String remedy(String name) {
        return switch (this) {
            case RULE -> "Write rules." + name + "(...).";
            case CONSTANT -> "Write constants." + name + "().";
            case PROCESS -> "Write processes." + name + ".start(...).";
            case INTERFACE -> "Write interfaces." + name + "().";
            case PAGE -> "Call the interface it shows: a page is only an address.";
        };
    }

    static Optional<ObjectKind> ofAnnotation(String name) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        for (ObjectKind kind : values()) {
            if (kind.annotation.equals(simple)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

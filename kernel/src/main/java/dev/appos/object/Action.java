package dev.appos.object;

import java.util.Locale;

/// What one can do with an object: the word in policies, skills and the audit, and the permission it takes.
public enum Action {
    LIST(Permission.VIEW, false),
    GET(Permission.VIEW, false),
    CREATE(Permission.CREATE, true),
    UPDATE(Permission.UPDATE, true),
    DELETE(Permission.DELETE, true),
    /// A rule, of an app or of the platform; it may write.
    RUN(Permission.USE, true),
    /// The value of a constant.
    READ(Permission.USE, false),
    /// A process.
    START(Permission.USE, true),
    /// A step of a process, which its starter was let into.
    STEP(Permission.USE, true),
    /// An interface or a page.
    RENDER(Permission.VIEW, false);

    private final Permission permission;
    private final boolean writes;

    Action(Permission permission, boolean writes) {
        this.permission = permission;
        this.writes = writes;
    }

    /// The permission it takes.
    public Permission permission() {
        return permission;
    }

    /// Whether it may change anything.
    public boolean writes() {
        return writes;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

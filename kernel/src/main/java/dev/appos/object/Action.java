package dev.appos.object;

import java.util.Locale;

/// What one can do with an object: the word in policies, skills and the audit, and the permission it takes.
public enum Action {
    LIST(Permission.VIEW, "read"),
    GET(Permission.VIEW, "read"),
    CREATE(Permission.CREATE, "write"),
    UPDATE(Permission.UPDATE, "write"),
    DELETE(Permission.DELETE, "write"),
    /// What is in the trash: for those who may put it there.
    TRASH(Permission.DELETE, "read"),
    RESTORE(Permission.DELETE, "write"),
    /// Removing for good.
    PURGE(Permission.ADMIN, "write"),
    /// What follows a change after it is kept, in the name of whoever made it.
    FOLLOW(Permission.VIEW, "execute"),
    /// A rule, of an app or of the platform; it may write.
    RUN(Permission.USE, "execute"),
    /// The value of a constant.
    READ(Permission.USE, "read"),
    /// A process.
    START(Permission.USE, "execute"),
    /// A step of a process, which its starter was let into.
    STEP(Permission.USE, "execute"),
    /// An interface or a page.
    RENDER(Permission.VIEW, "render");

    private final Permission permission;
    private final String access;

    Action(Permission permission, String access) {
        this.permission = permission;
        this.access = access;
    }

    /// The permission it takes.
    public Permission permission() {
        return permission;
    }

    /// Whether it may change anything.
    public boolean writes() {
        return access.equals("write") || access.equals("execute");
    }

    /// What it does with the object, as dependencies say it: `read`, `write`, `execute` or `render`.
    public String access() {
        return access;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

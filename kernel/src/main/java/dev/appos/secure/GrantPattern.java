package dev.appos.secure;

import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a grant is about: one object, or many by their names.
///
/// | written | means |
/// |---|---|
/// | `crm.records.customer` | that object |
/// | `crm.records.*` | every record type of the app |
/// | `crm.*` | every object of the app |
/// | `*` | every object |
/// | `crm.customer*` | every object of the app whose name begins with `customer`, of any kind |
/// | `crm.records.cust*` | the same within one kind |
///
/// @param app    empty for any
/// @param kind   empty for any
/// @param name   the whole name, or its beginning where `prefix` is set
/// @param prefix whether more may follow the name
public record GrantPattern(Optional<String> app, Optional<String> kind, String name, boolean prefix) {

    private static final String WORD = "([a-z][a-z0-9_]*)";
    private static final Pattern EXACT = Pattern.compile(WORD + "\\." + WORD + "\\." + WORD);
    private static final Pattern IN_KIND = Pattern.compile(WORD + "\\." + WORD + "\\." + WORD + "?\\*");
    private static final Pattern IN_APP = Pattern.compile(WORD + "\\." + WORD + "?\\*");

    /// One object.
    public static GrantPattern of(Ref ref) {
        return new GrantPattern(Optional.of(ref.app()), Optional.of(ref.kind()), ref.name(), false);
    }

    /// Reads the written form.
    ///
    /// @throws Refusal if it is none of the six
    public static GrantPattern of(String written) {
        Matcher exact = EXACT.matcher(written);
        Matcher inKind = IN_KIND.matcher(written);
        Matcher inApp = IN_APP.matcher(written);
        if (written.length() > Ref.LONGEST) {
            throw unreadable(written);
        } else if (written.equals("*")) {
            return new GrantPattern(Optional.empty(), Optional.empty(), "", true);
        } else if (exact.matches()) {
            return new GrantPattern(Optional.of(exact.group(1)), Optional.of(exact.group(2)), exact.group(3), false);
        } else if (inKind.matches()) {
            return new GrantPattern(
                    Optional.of(inKind.group(1)), Optional.of(inKind.group(2)), beginning(inKind.group(3)), true);
        } else if (inApp.matches()) {
            return new GrantPattern(Optional.of(inApp.group(1)), Optional.empty(), beginning(inApp.group(2)), true);
        }
        throw unreadable(written);
    }

    private static String beginning(@Nullable String group) {
        return group == null ? "" : group;
    }

    private static Refusal unreadable(String written) {
        return Refusal.invalid(
                "The grant",
                "/object_ref",
                "form",
                "\"" + written + "\" is not an object or a wildcard;"
                        + " write app.kind.name, app.kind.*, app.*, app.name* or *");
    }

    /// The one object it names, if it is no wildcard.
    public Optional<Ref> exact() {
        return prefix ? Optional.empty() : Optional.of(new Ref(app.orElseThrow(), kind.orElseThrow(), name));
    }

    /// Whether every object the other one means is meant by this one too.
    public boolean covers(GrantPattern other) {
        boolean apps = app.isEmpty() || app.equals(other.app);
        boolean kinds = kind.isEmpty() || kind.equals(other.kind);
        boolean names = prefix ? other.name.startsWith(name) : !other.prefix && other.name.equals(name);
        return apps && kinds && names;
    }

    /// Whether this is one of the wildcards that only a look at each name decides.
    boolean byBeginning() {
        return prefix && !name.isEmpty();
    }

    @Override
    public String toString() {
        String object = name + (prefix ? "*" : "");
        return app.map(a -> a + "." + kind.map(k -> k + ".").orElse("") + object).orElse(object);
    }
}

package dev.appos.object;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Which groups an object's own declaration allows what. Grants made by administrators come on top.
public record Access(Map<Permission, Set<String>> groups) {

    /// Nothing stated: rules, interfaces and pages take the defaults of their app, everything else denies.
    public static final Access UNSTATED = new Access(Map.of());

    public Access {
        Map<Permission, Set<String>> copy = new EnumMap<>(Permission.class);
        groups.forEach((permission, names) -> {
            if (!names.isEmpty()) {
                copy.put(permission, Set.copyOf(names));
            }
        });
        groups = Map.copyOf(copy);
    }

    public boolean stated() {
        return !groups.isEmpty();
    }

    /// The groups named for this very permission.
    public Set<String> of(Permission permission) {
        return groups.getOrDefault(permission, Set.of());
    }
}

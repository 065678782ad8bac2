package dev.appos.secure;

import dev.appos.base.Ref;
import dev.appos.object.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every grant, laid out for the question asked most: do these groups hold this permission on this object.
final class GrantIndex {

    /// One row of the grants table.
    record Grant(String group, GrantPattern pattern, Permission permission) {

        /// What it allows, in words.
        String rule(Permission wanted, Object ref) {
            return "group " + group + " may " + wanted.word() + " " + ref + " (grant " + permission.word() + " on "
                    + pattern + ")";
        }
    }

    private final Map<String, Map<String, List<Grant>>> byName = new HashMap<>();
    private final List<Grant> byBeginning = new ArrayList<>();
    private final List<Grant> all;

    GrantIndex(List<Grant> grants) {
        all = List.copyOf(grants);
        for (Grant grant : grants) {
            if (grant.pattern().byBeginning()) {
                byBeginning.add(grant);
            } else {
                byName.computeIfAbsent(grant.pattern().toString(), _ -> new HashMap<>())
                        .computeIfAbsent(grant.group(), _ -> new ArrayList<>())
                        .add(grant);
            }
        }
    }

    /// The grant that lets one of the groups do it, from the exact name to the widest, or nothing.
    @Nullable Grant find(Set<String> groups, Ref ref, Permission wanted) {
        String app = ref.app() + ".";
        String kind = app + ref.kind() + ".";
        Grant found = named(groups, kind + ref.name(), wanted);
        found = found != null ? found : beginning(groups, ref, wanted);
        found = found != null ? found : named(groups, kind + "*", wanted);
        found = found != null ? found : named(groups, app + "*", wanted);
        return found != null ? found : named(groups, "*", wanted);
    }

    /// Whether one grant of the groups is at least as wide as what is asked.
    boolean holds(Set<String> groups, GrantPattern pattern, Permission wanted) {
        return all.stream().anyMatch(grant -> groups.contains(grant.group())
                && grant.permission().covers(wanted)
                && grant.pattern().covers(pattern));
    }

    /// The groups that were granted at least this.
    Set<String> groups(GrantPattern pattern, Permission wanted) {
        return all.stream()
                .filter(grant -> grant.permission().covers(wanted) && grant.pattern().covers(pattern))
                .map(Grant::group)
                .collect(Collectors.toSet());
    }

    /// What a group was granted.
    List<Grant> of(String group) {
        return all.stream().filter(grant -> grant.group().equals(group)).toList();
    }

    private @Nullable Grant named(Set<String> groups, String name, Permission wanted) {
        Map<String, List<Grant>> granted = byName.get(name);
        if (granted == null) {
            return null;
        }
        for (String group : groups) {
            for (Grant grant : granted.getOrDefault(group, List.of())) {
                if (grant.permission().covers(wanted)) {
                    return grant;
                }
            }
        }
        return null;
    }

    private @Nullable Grant beginning(Set<String> groups, Ref ref, Permission wanted) {
        if (byBeginning.isEmpty()) {
            return null;
        }
        GrantPattern exact = GrantPattern.of(ref);
        for (Grant grant : byBeginning) {
            if (groups.contains(grant.group())
                    && grant.permission().covers(wanted)
                    && grant.pattern().covers(exact)) {
                return grant;
            }
        }
        return null;
    }
}

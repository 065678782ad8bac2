package dev.appos.openapi;

/// An address as it is served, for all apps and objects alike.
///
/// @param path    with named parts in braces: `/api/{app}/v1/{records}/{id}`
/// @param summary what it is for, one sentence
public record Address(String method, String path, String summary) {

    /// What follows the prefix, if the path begins with it and goes on there or ends.
    boolean below(String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    /// The same with a named part filled in.
    Address naming(String part, String value) {
        return new Address(method, path.replace("{" + part + "}", value), summary);
    }
}

package dev.appos.insight;

/// The other end of a use.
///
/// @param ref      an object, an agent, or an address
/// @param type     `record`, `rule`, `process`, `interface`, `page`, `api` or `agent`
/// @param access   `read`, `write`, `execute`, `render`, or `type` where one record is made of another
/// @param stated   whether the sources, or the skills of an agent, say it
/// @param observed whether a call showed it
public record Dependency(String ref, String type, String access, boolean stated, boolean observed) {}

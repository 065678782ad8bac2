package dev.appos.secure;

import java.util.List;

/// How a decision came about.
///
/// @param rule  what decided
/// @param chain what was looked at, in order, and what it said
public record Explanation(boolean allowed, String rule, List<String> chain) {}

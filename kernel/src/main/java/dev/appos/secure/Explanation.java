package dev.appos.secure;

import java.util.List;

/// How a decision came about.
///
/// @param rule   what decided, also where it was a denial
/// @param chain  what was looked at, in order, and what it said
/// @param needed what would make it an allowance, any one of them; empty when it is one
public record Explanation(boolean allowed, String rule, List<String> chain, List<String> needed) {}

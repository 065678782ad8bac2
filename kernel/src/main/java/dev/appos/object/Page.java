package dev.appos.object;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The answer to a list: rows by column, and how many there are in all where that was asked.
public record Page(List<Map<String, Object>> rows, OptionalLong total) {}

package dev.appos.api;

import java.time.Instant;

/// A record with what the platform knows of it.
///
/// @param id      the record's number, unique in its type
/// @param version how often it was written, from 1
/// @param value   the author's fields
public record Row<R>(long id, int version, R value, Instant createdAt, Instant updatedAt) {}

package dev.appos.api;

/// What happens to a record when the record it belongs to is deleted.
public enum ReferentialAction {
    /// The other record cannot be deleted while this one exists.
    RESTRICT,
    /// This record is deleted too.
    CASCADE,
    /// This record stays and loses the reference.
    SET_NULL
}

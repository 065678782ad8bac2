package dev.appos.api;

/// What an interface is for.
public enum InterfaceType {
    /// Many records in a table.
    LIST,
    /// One record to fill in.
    FORM,
    /// One record to read.
    DETAIL,
    /// Figures and charts.
    DASHBOARD
}

package dev.appos.api;

import java.util.List;
import java.util.Map;

/// A table over all records of one type that the viewer may see; the browser reads them page by page.
///
/// @param ref        the record type
/// @param columns    the fields shown, by accessor name; empty shows what the record's display says
/// @param search   whether it has a search box over the record's search fields
/// @param order      the column it is ordered by at first, or an empty text
/// @param pageSize   rows on a page; 0 leaves it to the platform
public record TableUi(String ref, List<String> columns, boolean search, String order, int pageSize) implements Ui {

    private static final int LARGEST_PAGE = 200;

    public TableUi {
        columns = List.copyOf(columns);
        if (pageSize < 0 || pageSize > LARGEST_PAGE) {
            throw new IllegalArgumentException("pageSize must be between 1 and " + LARGEST_PAGE + ": " + pageSize);
        }
    }

    static TableUi of(String ref) {
        return new TableUi(ref, List.of(), false, "", 0);
    }

    /// Shows these fields, in this order: `columns("lastName", "email", "supportRep")`.
    public TableUi columns(String... names) {
        return new TableUi(ref, List.of(names), search, order, pageSize);
    }

    /// Adds a search box.
    public TableUi searchable() {
        return new TableUi(ref, columns, true, order, pageSize);
    }

    /// Orders by a field at first.
    public TableUi orderBy(String field) {
        return new TableUi(ref, columns, search, field, pageSize);
    }

    /// Shows so many rows at a time.
    public TableUi pageSize(int rows) {
        return new TableUi(ref, columns, search, order, rows);
    }

    @Override
    public Node node() {
        return new Node(
                "DataTable",
                Map.of(
                        "record", ref,
                        "columns", columns,
                        "searchable", search,
                        "order", order,
                        "page_size", pageSize),
                List.of());
    }
}

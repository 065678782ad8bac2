/// Records: tables made from definitions, rows read and written, changes kept, files imported.
///
/// Read [RecordEngine] first for calls, [AppSchema] for tables and [CsvImport] for files. An engine: may import the
/// spine, never another engine, and reaches rows only through a permit.
@NullMarked
package dev.appos.record;

import org.jspecify.annotations.NullMarked;

/// PostgreSQL for the platform: a server of its own, the pool, transactions and migrations.
///
/// Read [Database] first; it is what everything above uses. [EmbeddedPostgres] runs the server for those who bring
/// none, [Migrations] brings its tables up to date, and [SqlFault] says what the server objected to.
///
/// This package knows nothing of objects, users or calls, and never decides who may do what. It imports `base` only.
@NullMarked
package dev.appos.store;

import org.jspecify.annotations.NullMarked;

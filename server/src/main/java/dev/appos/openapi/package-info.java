/// What can be sent to an app and what comes back, as JSON Schema and as OpenAPI 3.1 documents.
///
/// Read [AppDocument] first. Knows neither HTTP nor the database: it describes definitions, as one caller sees them.
@NullMarked
package dev.appos.openapi;

import org.jspecify.annotations.NullMarked;

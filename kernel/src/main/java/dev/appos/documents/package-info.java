/// Documents: those in folders and those attached to records. What is known of a document is rows; its content is kept
/// once for all versions that have it, under the name that its digest gives it.
///
/// Read [DocumentEngine] first for calls, [ContentStore] for contents. An engine: may import the spine, never another
/// engine; whether a record may be seen it asks at the door.
@NullMarked
package dev.appos.documents;

import org.jspecify.annotations.NullMarked;

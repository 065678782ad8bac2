/// Files into records and records into files: what a file holds, the jobs that bring it in, what is written out.
///
/// Read [Importing] first, then [ImportRun]. Files are read here; records are reached through the door only. An engine:
/// imports the spine, and no other engine.
@NullMarked
package dev.appos.data;

import org.jspecify.annotations.NullMarked;

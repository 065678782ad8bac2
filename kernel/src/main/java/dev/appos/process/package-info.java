/// Runs processes so that they survive: an ordinary method whose steps are journalled.
///
/// After a crash the method runs again from the top, and every step that had finished answers from the journal. Read
/// [ProcessRunner] first: how an instance comes to a node and leaves it. Then [Scope], which is what an author's words
/// do, and [Journal], which is what is kept. [ProcessEngine] starts instances through the door; [ProcessQueries] shows
/// them.
///
/// Every step is an outermost call through the door under the key `instance/path`, so its work and its answer are kept
/// together or not at all. An engine: may import the spine, never another engine.
@NullMarked
package dev.appos.process;

import org.jspecify.annotations.NullMarked;

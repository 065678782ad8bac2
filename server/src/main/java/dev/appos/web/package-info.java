/// The platform over HTTP: addresses, bodies and headers in, calls through the door, documents out.
///
/// Read [Server] first, then [Routes]: the list of every address there is. A route reads the request, makes one call
/// and writes its answer; it decides nothing and reaches no database.
@NullMarked
package dev.appos.web;

import org.jspecify.annotations.NullMarked;

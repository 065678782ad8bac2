/// The platform to AI agents: every object the caller may use, as a tool of the Model Context Protocol.
///
/// Read [Endpoint] first. Knows neither HTTP nor the database; each tool is one call through the door.
@NullMarked
package dev.appos.mcp;

import org.jspecify.annotations.NullMarked;

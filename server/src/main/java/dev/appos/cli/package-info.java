/// The command line: `appos demo`, `appos check` and their siblings.
///
/// Read [Appos] first: the list of commands. Exit codes: 0 done, 1 refused or findings, 2 wrong usage.
@NullMarked
package dev.appos.cli;

import org.jspecify.annotations.NullMarked;

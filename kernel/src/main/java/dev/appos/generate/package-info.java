/// Sources for authors to go on from: records, rules and screens, from a few words, a CSV file or a table.
@NullMarked
package dev.appos.generate;

import org.jspecify.annotations.NullMarked;

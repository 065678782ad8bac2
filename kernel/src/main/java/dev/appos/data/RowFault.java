package dev.appos.data;

import dev.appos.base.Refusal.Fault;
import org.jspecify.annotations.Nullable;

/// What is wrong with a row of a file.
///
/// @param place the row's number, from 0
/// @param line  on which it begins
/// @param field the column as the file names it, or empty
/// @param value what stands there, shortened
record RowFault(long place, long line, String field, @Nullable String value, String code, String message) {

    private static final int LONGEST_VALUE = 100;

    static RowFault of(long place, FileRow row, Fault fault) {
        String field = fault.path().startsWith("/") ? fault.path().substring(1) : fault.path();
        Object value = row.values().get(field);
        return new RowFault(
                place, row.line(), field, value == null ? null : shortened(value.toString()), fault.code(),
                fault.message());
    }

    private static String shortened(String value) {
        String shown = value.replace('\0', ' ');
        if (shown.length() <= LONGEST_VALUE) {
            return shown;
        }
        int end = Character.isHighSurrogate(shown.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
        return shown.substring(0, end) + "…";
    }
}

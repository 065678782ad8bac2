package dev.appos.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is logged of an exception: its type, where it was thrown, and the same of what caused it. Its words may quote
/// whatever app code was given, so they stand in a field that [Redaction] leaves out.
public final class Faults {

    private static final int MOST_FRAMES = 40;
    private static final int MOST_CAUSES = 5;

    private Faults() {}

    /// `error_type`, `fault_message` and `stack`, to be put into an entry.
    public static Map<String, Object> of(Throwable fault) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error_type", fault.getClass().getName());
        fields.put(Redaction.WORDS, words(fault));
        List<String> stack = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = fault; each != null && seen.add(each) && seen.size() <= MOST_CAUSES; each = cause(each)) {
            if (each != fault) {
                stack.add("caused by " + each.getClass().getName());
            }
            StackTraceElement[] frames = each.getStackTrace();
            for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
                stack.add(frames[i].toString());
            }
        }
        fields.put("stack", stack);
        return fields;
    }

    private static String words(Throwable fault) {
        StringBuilder words = new StringBuilder(String.valueOf(fault.getMessage()));
        Throwable cause = cause(fault);
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            words.append(" | ").append(cause.getMessage());
            cause = cause(cause);
        }
        return words.toString();
    }

    private static @Nullable Throwable cause(Throwable fault) {
        return fault.getCause();
    }
}

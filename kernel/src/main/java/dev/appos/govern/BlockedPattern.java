package dev.appos.govern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that may not occur in the arguments of a call. Case does not matter.
sealed interface BlockedPattern {

    /// As it was written.
    String written();

    /// Whether it occurs in this text, which is a [Texts#plain] one.
    boolean occursIn(String text);

    /// Occurs anywhere.
    record Part(String written) implements BlockedPattern {

        @Override
        public boolean occursIn(String text) {
            return Texts.normal(text).contains(Texts.normal(written));
        }
    }

    /// Fits the whole text, with `*` for anything.
    record Wildcard(String written) implements BlockedPattern {

        @Override
        public boolean occursIn(String text) {
            return Glob.matches(written, text);
        }
    }

    /// Is found anywhere. A search that takes too long counts as found: what cannot be judged is not let through.
    record Expression(String written, Pattern pattern) implements BlockedPattern {

        private static final int STEPS_MAX = 2_000_000;

        @Override
        public boolean occursIn(String text) {
            Matcher matcher = pattern.matcher(new Counted(text, new int[1]));
            try {
                return matcher.find();
            } catch (TooLong | StackOverflowError _) {
                return true;
            }
        }

        /// The search took more steps than it may.
        private static final class TooLong extends RuntimeException {

            private static final long serialVersionUID = 1;

            TooLong() {
                super(null, null, false, false);
            }
        }

        /// A text that counts how often it is looked at, which is how a search without end is noticed.
        private record Counted(CharSequence text, int[] steps) implements CharSequence {

            @Override
            public int length() {
                return text.length();
            }

            @Override
            public char charAt(int index) {
                if (++steps[0] > STEPS_MAX) {
                    throw new TooLong();
                }
                return text.charAt(index);
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return new Counted(text.subSequence(start, end), steps);
            }

            @Override
            public String toString() {
                return text.toString();
            }
        }
    }
}

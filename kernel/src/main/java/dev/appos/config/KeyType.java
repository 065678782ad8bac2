package dev.appos.config;

import java.util.List;
import java.util.regex.Pattern;

/// What a key holds.
public sealed interface KeyType {

    /// For people: `a whole number, 1 to 500`.
    String words();

    /// Any text, up to so many characters.
    record Text(int most) implements KeyType {

        @Override
        public String words() {
            return "a text";
        }
    }

    /// A text of one form.
    ///
    /// @param what    for people: `a colour`
    /// @param example one that fits
    record Form(Pattern pattern, String what, String example) implements KeyType {

        @Override
        public String words() {
            return what + " such as " + example;
        }
    }

    /// A whole number, both bounds included.
    record Whole(long least, long most) implements KeyType {

        @Override
        public String words() {
            return "a whole number, " + least + " to " + most;
        }
    }

    /// A number, both bounds included.
    record Decimal(double least, double most) implements KeyType {

        @Override
        public String words() {
            return "a number, " + Scalars.plain(least) + " to " + Scalars.plain(most);
        }
    }

    /// `true` or `false`.
    record Flag() implements KeyType {

        @Override
        public String words() {
            return "true or false";
        }
    }

    /// One of a few words.
    record Choice(List<String> of) implements KeyType {

        public Choice {
            of = List.copyOf(of);
        }

        @Override
        public String words() {
            return "one of " + String.join(", ", of);
        }
    }

    /// A list of names of groups, or one name.
    record Groups() implements KeyType {

        @Override
        public String words() {
            return "a list of groups";
        }
    }

    /// A list of groups, `*` among them, or such a list for each permission.
    record Access() implements KeyType {

        @Override
        public String words() {
            return "a list of groups, or one for each permission";
        }
    }

    /// Whatever it is: nothing is done with it.
    record Anything() implements KeyType {

        @Override
        public String words() {
            return "anything";
        }
    }
}

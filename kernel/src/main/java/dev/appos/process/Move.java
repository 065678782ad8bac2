package dev.appos.process;

import dev.appos.base.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// What a person may do to an instance, by the status it has.
enum Move {
    PAUSE("running", "waiting", "interrupted"),
    RESUME("paused", "interrupted"),
    RETRY("failed"),
    CANCEL("running", "waiting", "paused", "interrupted");

    private final Set<String> from;

    Move(String... from) {
        this.from = Set.of(from);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What is possible with an instance of this status, by name.
    static List<String> of(String status) {
        return Arrays.stream(values()).filter(move -> move.from.contains(status)).map(Move::word).toList();
    }

    /// @throws Refusal if this is not possible now, with what is
    void check(UUID id, String status) {
        if (!from.contains(status)) {
            List<String> possible = of(status);
            throw possible.isEmpty()
                    ? Refusal.conflict(
                            "Process instance " + id + " is over: " + status + ".",
                            "Start it anew if that is what you want.")
                    : Refusal.conflict(
                            "Process instance " + id + " is " + status + "; " + word() + " is not possible.",
                            "Possible now: " + String.join(", ", possible) + ".");
        }
    }
}

package dev.appos.record;

import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import dev.appos.base.Refusal.Fault;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong with an input, so that a caller hears of everything at once.
final class Faults {

    /// What a condition, a selection and an order are part of, in a message.
    static final String QUERY = "The query";

    /// More faults than this help nobody.
    private static final int MOST = 100;

    private final List<Fault> found = new ArrayList<>();

    void add(String path, String code, String message) {
        add(new Fault(path, code, message));
    }

    void add(Fault fault) {
        if (found.size() < MOST) {
            found.add(fault);
        }
    }

    boolean full() {
        return found.size() >= MOST;
    }

    /// @throws Refusal if anything is wrong
    void refuse(String what) {
        if (!found.isEmpty()) {
            throw Refusal.invalid(what, found);
        }
    }

    /// The fault of a name that is no column of a record, or not the caller's to know.
    ///
    /// @param path the whole name as written: `support_rep.nmae`
    /// @param part the part of it that is not known
    static Fault unknown(RecordTable table, String path, String part) {
        return new Fault(
                pointer(path),
                "unknown",
                "is not a column of " + table.word() + ". " + Nearest.remedy(part, table.names()));
    }

    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}

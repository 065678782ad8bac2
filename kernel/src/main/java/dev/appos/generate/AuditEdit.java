package dev.appos.generate;

import dev.appos.base.Refusal;
import dev.appos.object.RecordDefinition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Switches the history of a record on in the source its author wrote: nothing else in the file changes.
final class AuditEdit {

    private AuditEdit() {}

    /// @throws Refusal if it is on already, or the annotation is not where it can be found
    static String edit(RecordDefinition record, String source) {
        String type = new RuleText(record).type();
        if (record.audit()) {
            throw Refusal.conflict(record.ref() + " keeps its history already; nothing was changed.",
                    "Nothing is to be done.");
        }
        Matcher head = Pattern.compile("@Record\\((?=[^@]*?\\)\\s*(?:@[^\\n]*\\s*)*record\\s+" + type + "\\b)")
                .matcher(source);
        if (!head.find()) {
            throw Refusal.conflict("The @Record(…) of " + type + " was not found in " + record.source().file() + ".",
                    "Write audit = true into it.");
        }
        String off = source.substring(head.end()).replaceFirst("^audit\\s*=\\s*false\\s*,\\s*", "");
        return source.substring(0, head.end()) + "audit = true, " + off;
    }
}

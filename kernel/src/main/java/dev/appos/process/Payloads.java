package dev.appos.process;

import dev.appos.base.Digest;
import dev.appos.base.Json;
import dev.appos.store.Database;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps what is large beside the journal, once for each content of an instance, so that claiming an instance does not
/// read megabytes that its run may never ask for.
///
/// In the journal stands what is there instead: `{"beside": sha256, "size": characters}` after a space. No value is
/// written with a space in front, so nothing an author answers can be taken for it.
final class Payloads {

    /// Larger texts are kept beside.
    static final int BESIDE_FROM = 256 * 1024;

    /// Nothing larger is kept.
    static final int MOST = 64 * 1024 * 1024;

    private static final String MARK = " ";

    private static final String PUT = """
            insert into appos.process_payload (instance_id, digest, content)
            select ?, ?, ? where exists (
                select from appos.process_ready where id = ? and (owner = ? and epoch = ? or ? < 0))
            on conflict (instance_id, digest) do nothing""";

    private static final String GET = "select content from appos.process_payload where instance_id = ? and digest = ?";

    private final Database database;

    Payloads(Database database) {
        this.database = database;
    }

    /// Puts aside what is large of an entry, and answers what stands in the journal.
    ///
    /// @throws BodyFault naming the step whose inputs are too large
    Entry aside(Instance instance, Entry entry) {
        Entry.Content content = entry.content();
        if (!large(content.inputs()) && !large(content.answer()) && !large(content.outputs())) {
            return entry;
        }
        content.inputs().ifPresent(inputs -> check("Step \"" + entry.path() + "\" is given", inputs));
        Entry.Content small = new Entry.Content(
                aside(instance, content.inputs()), aside(instance, content.answer()),
                aside(instance, content.outputs()), content.error());
        return new Entry(
                entry.path(), entry.digest(), entry.status(), entry.attempt(), small, entry.times(), entry.approval());
    }

    /// Refuses what is too large to be kept.
    ///
    /// @param what the beginning of a sentence: `Step "x" answers`
    static void check(String what, String json) {
        if (json.length() > MOST) {
            throw new BodyFault(String.format(
                    Locale.ROOT, "%s %.1f MB of JSON, more than the %d MB that are kept; put it into a document or into"
                            + " records, and pass on its id.",
                    what, json.length() / 1024.0 / 1024.0, MOST / 1024 / 1024));
        }
    }

    private static boolean large(Optional<String> text) {
        return text.isPresent() && text.get().length() > BESIDE_FROM;
    }

    private Optional<String> aside(Instance instance, Optional<String> text) {
        return large(text) ? text.map(json -> aside(instance, json)) : text;
    }

    private String aside(Instance instance, String json) {
        String digest = Digest.sha256(json);
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(
                PUT, instance.id(), digest, json, instance.id(), claim.owner(), claim.epoch(),
                claim.epoch()));
        return MARK + Json.write(Map.of("beside", digest, "size", json.length()));
    }

    /// The text itself, wherever it is kept.
    ///
    /// @throws BodyFault if it is not there any more
    String whole(UUID instance, String text) {
        if (!text.startsWith(MARK)) {
            return text;
        }
        Object digest = Json.object(Json.read(text), "what is kept beside").get("beside");
        return database.read(sql -> sql.fetch(GET, instance, digest).getValues("content", String.class)).stream()
                .findFirst()
                .orElseThrow(() -> new BodyFault("What a step answered is not there any more: " + digest + "."));
    }
}

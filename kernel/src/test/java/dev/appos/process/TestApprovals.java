package dev.appos.process;

import dev.appos.govern.Approvals;
import dev.appos.govern.Verdict;
import dev.appos.store.Database;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Questions and answers in a table of the tests.
final class TestApprovals implements Approvals {

    static final String TABLE = """
            create table if not exists public.question (
                id uuid primary key default gen_random_uuid(), requested_by text not null, digest text not null,
                title text not null, kind text not null, approved boolean, by text, note text,
                used boolean default false,
                unique (requested_by, digest))""";

    @Override
    public UUID ask(DSLContext sql, Question question) {
        sql.execute("""
                insert into public.question (requested_by, digest, title, kind) values (?, ?, ?, ?)
                on conflict (requested_by, digest) do nothing""",
                question.requestedBy(), question.digest(), question.title(), question.kind().name());
        return sql.fetchSingle("select id from public.question where requested_by = ? and digest = ?",
                question.requestedBy(), question.digest()).into(UUID.class);
    }

    @Override
    public Optional<UUID> claim(DSLContext sql, String requestedBy, String digest, Verdict asks) {
        return sql.fetchOptional("""
                update public.question set used = true
                where requested_by = ? and digest = ? and approved and not used returning id""",
                requestedBy, digest).map(row -> row.get("id", UUID.class));
    }

    @Override
    public Optional<Answer> answer(DSLContext sql, UUID id) {
        Record row = sql.fetchOne("select approved, by, note from public.question where id = ?", id);
        return row == null || row.get("approved") == null
                ? Optional.empty()
                : Optional.of(new Answer(
                        row.get("approved", Boolean.class),
                        row.get("by", String.class),
                        row.get("note", String.class)));
    }

    @Override
    public void withdraw(DSLContext sql, UUID id) {
        sql.execute("delete from public.question where id = ? and approved is null", id);
    }

    /// The question with this title, if it was put.
    static Optional<UUID> find(Database database, String title) {
        return database.read(sql -> sql.fetchOptional("select id from public.question where title = ?", title)
                .map(row -> row.get("id", UUID.class)));
    }

    /// Answers, and says so where engines listen unless told to keep quiet.
    static void decide(Database database, UUID id, boolean approved, boolean quiet) {
        database.write(sql -> {
            sql.execute(
                    "update public.question set approved = ?, by = 'mia', note = 'fine' where id = ?", approved, id);
            return quiet ? 0 : sql.execute("select pg_notify('appos_approval', ?)", id.toString());
        });
    }
}

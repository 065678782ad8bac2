package dev.appos.process;

import dev.appos.base.Ref;
import dev.appos.registry.Snapshot;
import dev.appos.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The instances that are not over: taken, given up, ended.
final class Ready implements AutoCloseable {

    /// `now()` and not `clock_timestamp()`: only the former lets PostgreSQL use the index on the time.
    static final String CLAIM = """
            with due as (
                select d.id from unnest(?::smallint[], ?::integer[]) as l (lane, room) cross join lateral (
                    select r.id from appos.process_ready r
                    where r.lane = l.lane and r.owner is null and r.slot is null and r.paused_at is null
                          and r.wake_at <= now()
                    order by r.priority desc, r.wake_at limit l.room for update skip locked) d)
            update appos.process_ready r set owner = ?, epoch = r.epoch + 1 from due where r.id = due.id
            returning r.id, r.epoch, r.cancel, r.takeovers, r.lane, r.deadline,
                      r.told_at is not null as elsewhere, clock_timestamp() as db_now""";

    static final Short[] LANES = {0, 1, 2};

    private static final String INSTANCES = """
            update appos.process_instance set
                status = case when status in ('waiting', 'interrupted') then 'running' else status end
            where id = any(?)
            returning id, process, code_hash, completed_at is not null as over, display_name, started_by,
                      execution_id, started_at, started_with, arguments, variables""";

    private static final String STEPS = """
            select instance_id, path, digest, status, attempt, answer, error, wake_at, approval_id, started_at,
                   finished_at
            from appos.process_step where instance_id = any(?)""";

    private static final String RELEASE = """
            with fence as (
                update appos.process_ready
                set owner = null, news = false,
                    wake_at = case when cancel or news then now() else coalesce(?::timestamptz, 'infinity') end
                where id = ? and owner = ? and epoch = ? returning id)
            update appos.process_instance set
                variables = ?::json, status = case when status = 'running' then 'waiting' else status end
            where id in (select id from fence)""";

    private static final String END = """
            with over as (
                select * from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::boolean[])
                as u (id, owner, epoch, status, outputs, error, variables, whole)
            ), removed as (
                delete from appos.process_ready r using over u
                where r.id = any(?) and r.id = u.id and u.whole
                      and (r.owner = u.owner and r.epoch = u.epoch or u.epoch < 0))
            update appos.process_instance i set
                status = u.status, outputs = u.outputs::json, error = u.error::json, variables = u.variables::json,
                completed_at = ?::timestamptz
            from over u
            where i.id = any(?) and i.id = u.id and i.completed_at is null and exists (
                select from appos.process_ready r
                where r.id = u.id and (r.owner = u.owner and r.epoch = u.epoch or u.epoch < 0))""";

    private static final String REMOVE =
            "delete from appos.process_ready where id = ? and (owner = ? and epoch = ? or ? < 0)";

    private static final String DROP = """
            update appos.process_ready set owner = null, wake_at = now() + make_interval(secs => ?)
            where id = ? and owner = ? and epoch = ?""";

    private static final String GIVE_BACK =
            "update appos.process_ready set owner = null, wake_at = now() where owner = ?";

    private static final String WAKE_ASKER = """
            update appos.process_ready set wake_at = now()
            where owner is null and wake_at > now() and id in (
                select instance_id from appos.process_step where status = 'waiting' and approval_id = ?)""";

    private static final String QUESTIONS = """
            select s.approval_id from appos.process_step s join appos.process_ready r on r.id = s.instance_id
            where s.status = 'waiting' and s.approval_id > ? and r.owner is null and r.wake_at > now()
                  and (r.told_at is null or r.told_at < now() - interval '1 minute')
            order by s.approval_id limit ?""";

    /// An end on its way.
    private record End(Instance instance, Ending ending, String variables, boolean whole) {}

    private final Database database;
    private final Clock clock;
    private final GroupWriter<End, Boolean> ends;
    private final Slots slots = new Slots();

    Ready(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.ends = new GroupWriter<>("process-ends", this::end);
    }

    /// Takes instances whose time has come, with all that is known of them.
    ///
    /// @param rooms how many of each lane
    List<Instance> claim(UUID owner, Snapshot snapshot, Integer[] rooms) {
        return database.write(sql -> {
            Map<UUID, Instance.Claim> claims = new HashMap<>();
            List<Record> taken = new ArrayList<>(sql.fetch(CLAIM, LANES, rooms, owner));
            if (slots.expected(snapshot)) {
                taken.forEach(row -> rooms[row.get("lane", Integer.class)]--);
                taken.addAll(slots.claim(sql, snapshot, owner, rooms));
            }
            for (Record row : taken) {
                Instant there = row.get("db_now", OffsetDateTime.class).toInstant();
                claims.put(row.get("id", UUID.class), new Instance.Claim(
                        owner,
                        row.get("epoch", Long.class),
                        row.get("cancel", Boolean.class),
                        row.get("takeovers", Integer.class),
                        Lane.values()[row.get("lane", Integer.class)],
                        Journal.instant(row, "deadline"),
                        Duration.between(clock.instant(), there),
                        row.get("elsewhere", Boolean.class)));
            }
            return claims.isEmpty() ? List.of() : load(sql, claims);
        });
    }

    private static List<Instance> load(DSLContext sql, Map<UUID, Instance.Claim> claims) {
        UUID[] ids = claims.keySet().toArray(UUID[]::new);
        Map<UUID, List<Entry>> journals = journals(sql, ids);
        List<Instance> instances = new ArrayList<>();
        for (Record row : sql.fetch(INSTANCES, (Object) ids)) {
            UUID id = row.get("id", UUID.class);
            instances.add(instance(row, claims.get(id), journals.getOrDefault(id, List.of())));
        }
        return instances;
    }

    static Map<UUID, List<Entry>> journals(DSLContext sql, UUID[] ids) {
        Map<UUID, List<Entry>> journals = new HashMap<>();
        for (Record row : sql.fetch(STEPS, (Object) ids)) {
            journals.computeIfAbsent(row.get("instance_id", UUID.class), _ -> new ArrayList<>())
                    .add(Journal.entry(row));
        }
        return journals;
    }

    static Instance instance(Record row, Instance.Claim claim, List<Entry> journal) {
        Instance.Starter starter = new Instance.Starter(
                row.get("started_by", String.class),
                row.get("execution_id", String.class),
                row.get("started_at", OffsetDateTime.class).toInstant(),
                Journal.text(row, "started_with"));
        return new Instance(
                row.get("id", UUID.class),
                Ref.of(row.get("process", String.class)),
                row.get("code_hash", String.class),
                row.get("over", Boolean.class),
                row.get("display_name", String.class),
                starter,
                Journal.text(row, "arguments").orElseThrow(),
                Journal.text(row, "variables").orElseThrow(),
                claim,
                journal);
    }

    /// Gives an instance up until its time comes.
    void release(Instance instance, Instant wake, String variables) {
        Optional<Instant> at = wake.equals(Instant.MAX) ? Optional.empty() : Optional.of(wake);
        Instance.Claim claim = instance.claim();
        database.write(sql -> sql.execute(
                RELEASE,
                Journal.time(at), instance.id(), claim.owner(), claim.epoch(), Journal.json(Optional.of(variables))));
    }

    /// Keeps how the process ended.
    ///
    /// @param whole whether nothing is left to do for it
    void end(Instance instance, Ending ending, String variables, boolean whole) {
        ends.write(new End(instance, ending, variables, whole));
    }

    private List<Boolean> end(List<End> over) {
        Map<UUID, Children.Report> reports = new HashMap<>();
        over.forEach(end -> end.ending().report().ifPresent(said -> reports.put(end.instance().id(), said)));
        if (reports.isEmpty()) {
            database.read(sql -> end(sql, over));
        } else {
            database.write(sql -> {
                int ended = end(sql, over);
                Children.report(sql, reports);
                return ended;
            });
        }
        return over.stream().map(_ -> true).toList();
    }

    private int end(DSLContext sql, List<End> over) {
        UUID[] ids = Journal.array(over, UUID[]::new, end -> end.instance().id());
        return sql.execute(
                END,
                ids,
                Journal.array(over, UUID[]::new, end -> end.instance().claim().owner()),
                Journal.array(over, Long[]::new, end -> end.instance().claim().epoch()),
                Journal.array(over, String[]::new, end -> end.ending().status()),
                Journal.array(over, String[]::new, end -> end.ending().outputs().orElse(null)),
                Journal.array(over, String[]::new, end -> end.ending().error().orElse(null)),
                Journal.array(over, String[]::new, End::variables),
                Journal.array(over, Boolean[]::new, End::whole),
                ids,
                Journal.time(Optional.of(clock.instant())),
                ids);
    }

    /// Forgets an instance that is over.
    void remove(Instance instance) {
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(
                REMOVE, instance.id(), claim.owner(), claim.epoch(), claim.epoch()));
    }

    /// Gives up an instance whose run broke off, if it is still held: somebody takes it and goes by the journal.
    void drop(Instance instance, Duration wait) {
        Instance.Claim claim = instance.claim();
        database.read(sql -> sql.execute(
                DROP, wait.toMillis() / 1000d, instance.id(), claim.owner(), claim.epoch()));
    }

    /// Gives everything of a node that ends in good order to whoever wants it.
    void giveBack(UUID owner) {
        database.read(sql -> sql.execute(GIVE_BACK, owner));
    }

    /// Lets the instance go on that waits for this answer.
    ///
    /// @return how many there were: none while the asker is still on its way to wait
    int wake(UUID question) {
        return database.read(sql -> sql.execute(WAKE_ASKER, question));
    }

    /// Questions that instances wait for, in the order of their ids.
    List<UUID> questions(UUID after, int most) {
        return database.read(sql -> sql.fetch(QUESTIONS, after, most).getValues("approval_id", UUID.class));
    }

    @Override
    public void close() {
        ends.close();
    }
}

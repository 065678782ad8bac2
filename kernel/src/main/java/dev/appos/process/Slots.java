package dev.appos.process;

import dev.appos.base.Digest;
import dev.appos.object.Definition;
import dev.appos.object.Pace;
import dev.appos.object.ProcessDefinition;
import dev.appos.registry.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Takes instances of processes that are limited, over all nodes together: never more at a time, and never more in a
/// span, than their author said.
///
/// Slots are looked at in turn, so that one with much to do keeps no other waiting. Whoever counts a slot holds its
/// lock until what he takes is committed. What waits for a time or a person holds no slot. Belongs to one thread.
final class Slots {

    /// Slots that are looked at in one go.
    private static final int SLOTS_MOST = 64;

    /// Of those that come due, so many are put in line in one go.
    private static final int COMING_MOST = 1_000;

    /// Longer ones are told apart by their digest.
    private static final int LONGEST = 500;

    /// Tells locks of slots from other locks.
    private static final int LOCK = 0x736c6f74;

    /// How often slots are looked at although no live process is limited: one may have been.
    private static final Duration SELDOM = Duration.ofSeconds(1);

    private static final String COME = """
            update appos.process_ready set queued = true where id = any(array(
                select id from appos.process_ready
                where owner is null and slot is not null and not queued and paused_at is null
                      and wake_at <= now()
                order by wake_at limit ? for update skip locked))""";

    /// The next slots that have something in line, one look into the index each.
    private static final String NEXT = """
            with recursive next as (
                (select slot from appos.process_ready
                 where owner is null and queued and paused_at is null and lane = ? and slot > ? order by slot limit 1)
                union all
                select (select r.slot from appos.process_ready r
                        where r.owner is null and r.queued and r.paused_at is null and r.lane = ?
                              and r.slot > next.slot
                        order by r.slot limit 1)
                from next where next.slot is not null)
            select slot from next where slot is not null limit ?""";

    private static final String HOLD = """
            select slot from unnest(?::text[]) as s (slot) where pg_try_advisory_xact_lock(?, hashtext(slot))""";

    private static final String CLAIM = """
            with pace as (
                select * from unnest(?::text[], ?::integer[], ?::integer[], ?::float8[]) as u (slot, most, rate, per)
            ), forgotten as (
                delete from appos.process_taken t using pace p
                where t.slot = p.slot and t.at <= now() - make_interval(secs => p.per)
            ), free as (
                select p.slot, least(
                    p.most - (select count(*) from appos.process_ready h where h.slot = p.slot and h.owner is not null),
                    p.rate - (select count(*) from appos.process_taken t
                              where t.slot = p.slot and t.at > now() - make_interval(secs => p.per))) as room
                from pace p
            ), due as (
                select d.id from free f cross join lateral (
                    select r.id from appos.process_ready r
                    where r.lane = ? and r.slot = f.slot and r.owner is null and r.queued and r.paused_at is null
                    order by r.priority desc, r.wake_at limit greatest(f.room, 0) for update skip locked) d
                limit ?
            ), taken as (
                update appos.process_ready r set owner = ?, epoch = r.epoch + 1, queued = false
                from due where r.id = due.id
                returning r.id, r.epoch, r.cancel, r.takeovers, r.lane, r.deadline, r.slot,
                          r.told_at is not null as elsewhere
            ), noted as (
                insert into appos.process_taken (slot, at)
                select t.slot, now() from taken t join pace p on p.slot = t.slot where p.per > 0)
            select t.*, clock_timestamp() as db_now from taken t""";

    private @Nullable Snapshot known;
    private boolean limited;
    private long seldom = System.nanoTime();
    private final String[] after = {"", "", ""};

    /// The slot an instance of a limited process takes.
    ///
    /// @param key the value of the input that is limited by itself, if one is
    static String of(ProcessDefinition process, Optional<String> key) {
        String slot = process.ref() + key.map(value -> "/" + value).orElse("");
        return slot.length() <= LONGEST ? slot : process.ref() + "/" + Digest.sha256(slot);
    }

    /// Whether it is time to look for instances that are limited.
    boolean expected(Snapshot snapshot) {
        if (snapshot != known) {
            limited = snapshot.ofKind(ProcessDefinition.class).stream().anyMatch(process -> process.pace().limited());
            known = snapshot;
        }
        if (System.nanoTime() - seldom < 0) {
            return limited;
        }
        seldom = System.nanoTime() + SELDOM.toNanos();
        return true;
    }

    /// Takes what is due and has a slot.
    List<Record> claim(DSLContext sql, Snapshot snapshot, UUID owner, Integer[] rooms) {
        sql.execute(COME, COMING_MOST);
        List<Record> taken = new ArrayList<>();
        for (int lane = 0; lane < rooms.length; lane++) {
            List<String> slots = rooms[lane] > 0 ? held(sql, lane) : List.of();
            if (!slots.isEmpty()) {
                List<Pace> paces = slots.stream().map(slot -> pace(snapshot, slot)).toList();
                taken.addAll(sql.fetch(
                        CLAIM,
                        slots.toArray(String[]::new),
                        Journal.array(paces, Integer[]::new, pace -> most(pace.concurrency())),
                        Journal.array(paces, Integer[]::new, pace -> most(pace.rate())),
                        Journal.array(paces, Double[]::new, pace -> pace.per().toMillis() / 1000d),
                        lane, rooms[lane], owner));
            }
        }
        return taken;
    }

    /// The next slots in turn that no other node is counting.
    private List<String> held(DSLContext sql, int lane) {
        List<String> next = sql.fetch(NEXT, lane, after[lane], lane, SLOTS_MOST).getValues("slot", String.class);
        after[lane] = next.size() < SLOTS_MOST ? "" : next.getLast();
        return next.isEmpty()
                ? next
                : sql.fetch(HOLD, next.toArray(String[]::new), LOCK).getValues("slot", String.class);
    }

    private static int most(int limit) {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }

    private static Pace pace(Snapshot snapshot, String slot) {
        int key = slot.indexOf('/');
        Definition definition = snapshot.find(key < 0 ? slot : slot.substring(0, key)).orElse(null);
        return definition instanceof ProcessDefinition process ? process.pace() : Pace.FREE;
    }
}

package dev.appos.object;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.appos.base.Nearest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The times of a cron expression in a time zone.
///
/// The library knows the expression, on a calendar without daylight saving; what a zone makes of its times is decided
/// here. A time that the zone skips is the moment it skips to, and once however many of them there are. A time that
/// comes twice is the first of the two; only where every hour is meant, both are.
public final class Cron {

    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final int FIELDS = 5;
    private static final List<String> FIELD_NAMES =
            List.of("minute", "hour", "day of the month", "month", "day of the week");

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *", "@monthly", "0 0 1 * *", "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *", "@midnight", "0 0 * * *", "@hourly", "0 * * * *");

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime times;
    private final boolean everyHour;

    private Cron(String expression, ZoneId zone, ExecutionTime times) {
        this.expression = expression;
        this.zone = zone;
        this.times = times;
        this.everyHour = expression.split(" ")[1].equals("*");
    }

    /// A fault of an expression or a zone, and what to write instead.
    public static final class Fault extends Exception {

        private static final long serialVersionUID = 1;

        private final String remedy;

        private Fault(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }

        public String remedy() {
            return remedy;
        }
    }

    /// The times of an expression of five fields.
    ///
    /// @throws Fault if it is none, or its time never comes
    public static Cron of(String expression, String zone) throws Fault {
        String written = expression.strip().replaceAll("\\s+", " ");
        String[] fields = written.split(" ");
        if (NICKNAMES.containsKey(written)) {
            throw new Fault(written + " is not a cron expression", "Write " + NICKNAMES.get(written) + ".");
        }
        if (fields.length != FIELDS) {
            throw new Fault("\"" + expression + "\" has " + fields.length + " fields and not five",
                    fields.length == FIELDS + 1
                            ? "There are no seconds: minute hour day month weekday, as in 0 2 * * *."
                            : "Write minute hour day month weekday, as in 0 2 * * *.");
        }
        Cron cron = new Cron(written, zone(zone), times(written, fields));
        if (cron.next(Instant.EPOCH).isEmpty()) {
            throw new Fault("\"" + written + "\" never comes", "That month does not have that day.");
        }
        return cron;
    }

    private static ExecutionTime times(String written, String[] fields) throws Fault {
        try {
            return ExecutionTime.forCron(PARSER.parse(written).validate());
        } catch (IllegalArgumentException refused) {
            for (int i = 0; i < FIELDS; i++) {
                String[] alone = {"*", "*", "*", "*", "*"};
                alone[i] = fields[i];
                try {
                    PARSER.parse(String.join(" ", alone)).validate();
                } catch (IllegalArgumentException wrong) {
                    throw new Fault("\"" + fields[i] + "\" is no " + FIELD_NAMES.get(i), remedy(i, fields[i], wrong));
                }
            }
            throw new Fault("\"" + written + "\" is not a cron expression", String.valueOf(refused.getMessage()));
        }
    }

    private static String remedy(int field, String written, IllegalArgumentException wrong) {
        List<String> names = field == 3 ? MONTHS : field == 4 ? DAYS : List.of();
        for (String word : written.toUpperCase(java.util.Locale.ROOT).split("[^A-Z]+")) {
            if (!word.isEmpty() && !names.isEmpty() && !names.contains(word)) {
                return Nearest.remedy(word, names);
            }
        }
        String said = String.valueOf(wrong.getMessage()).replaceFirst("^Failed to parse cron expression\\. ?", "");
        return (said.isEmpty() ? "Write a number, *, a range or a list" : said.replaceFirst("\\.$", "")) + ".";
    }

    private static ZoneId zone(String zone) throws Fault {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException _) {
            throw new Fault("there is no time zone " + zone,
                    Nearest.remedy(zone, new TreeSet<>(ZoneId.getAvailableZoneIds())).length() > 200
                            ? "Write one such as Europe/Madrid."
                            : Nearest.remedy(zone, ZoneId.getAvailableZoneIds()));
        }
    }

    /// As it was written, with single blanks.
    public String expression() {
        return expression;
    }

    public ZoneId zone() {
        return zone;
    }

    /// The first time after this one; none if there is none within a few decades.
    public Optional<Instant> next(Instant after) {
        ZonedDateTime there = after.atZone(zone);
        // In the second pass of an hour, every hour goes on from where the clock was set back.
        LocalDateTime from = there.toLocalDateTime();
        Optional<LocalDateTime> local = local(from);
        if (everyHour) {
            return everyHour(there, local);
        }
        while (local.isPresent()) {
            Instant found = moment(local.get());
            if (found.isAfter(after)) {
                return Optional.of(found);
            }
            local = local(local.get());
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> local(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    /// By the clock on the wall, through the changes of its offset one stretch after another.
    private Optional<Instant> everyHour(ZonedDateTime there, Optional<LocalDateTime> first) {
        Optional<LocalDateTime> local = first;
        ZonedDateTime from = there;
        while (local.isPresent()) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(from.toInstant());
            Instant found = local.get().toInstant(from.getOffset());
            if (change == null || found.isBefore(change.getInstant())) {
                return Optional.of(found);
            }
            from = change.getInstant().atZone(zone);
            // The moment of the change may itself be a time.
            local = local(from.toLocalDateTime().minusSeconds(1));
        }
        return Optional.empty();
    }

    private Instant moment(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }

    /// The last time that is not after `until`, looking from `after` on; none if there is none.
    public Optional<Instant> last(Instant after, Instant until) {
        Optional<Instant> found = Optional.empty();
        // Far back it is enough to look at the end: no expression of one field a minute has more within the step.
        Instant from = after;
        for (Duration step = Duration.ofMinutes(2); until.minus(step).isAfter(after); step = step.multipliedBy(4)) {
            Instant near = until.minus(step);
            if (next(near).filter(time -> !time.isAfter(until)).isPresent()) {
                from = near;
                break;
            }
        }
        for (Optional<Instant> next = next(from);
                next.filter(time -> !time.isAfter(until)).isPresent();
                next = next(next.get())) {
            found = next;
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && expression.equals(cron.expression) && zone.equals(cron.zone);
    }

    @Override
    public int hashCode() {
        return expression.hashCode() * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
        return expression + " " + zone;
    }
}

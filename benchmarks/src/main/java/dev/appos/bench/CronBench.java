package dev.appos.bench;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.appos.object.Cron;
import it.sauronsoftware.cron4j.Predictor;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import org.quartz.CronExpression;

/// Whether the times of cron expressions are those that other libraries find: generated expressions, each asked from
/// many moments. What differs is told with its reason; what differs without one is told apart.
final class CronBench {

    private static final int EXPRESSIONS = 1_000;
    private static final int MOMENTS = 20;
    private static final long SEED = 20;
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MINUTES = 2 * 365 * 24 * 60;
    private static final int TOLD = 3;

    /// Where clocks are set, and where they are not.
    private static final List<ZoneId> ZONES = List.of(ZoneOffset.UTC, ZoneId.of("Europe/Berlin"));

    private interface Library {
        /// Nothing if it knows none.
        Optional<Instant> next(String[] fields, ZoneId zone, Instant after) throws Exception;
    }

    private static final Map<String, Library> LIBRARIES = new LinkedHashMap<>(Map.of(
            "Quartz 2.5", CronBench::quartz, "Spring 7", CronBench::spring, "cron4j 2.2", CronBench::cron4j,
            "cron-utils 9.2, its own zones", CronBench::cronUtils));

    private CronBench() {}

    static void run() throws Exception {
        List<String[]> expressions = new ArrayList<>();
        Random random = new Random(SEED);
        while (expressions.size() < EXPRESSIONS) {
            String[] fields = {
                field(random, 0, 59), field(random, 0, 23), field(random, 1, 28), field(random, 1, 12),
                field(random, 0, 6)};
            // Both days are rare among people, and all that some libraries can say of them is that they differ.
            if (random.nextInt(10) > 0) {
                fields[random.nextBoolean() ? 2 : 4] = "*";
            }
            try {
                Cron.of(String.join(" ", fields), "UTC");
                expressions.add(fields);
            } catch (Cron.Fault never) {
                System.out.println("not taken: " + String.join(" ", fields) + ": " + never.getMessage());
            }
        }
        for (ZoneId zone : ZONES) {
            for (Map.Entry<String, Library> library : LIBRARIES.entrySet()) {
                // cron4j reads the minute it is asked from in the zone of the machine.
                if (!library.getKey().startsWith("cron4j") || zone.equals(ZoneOffset.UTC)) {
                    compare(library.getKey(), library.getValue(), zone, expressions);
                }
            }
        }
    }

    private static void compare(String name, Library library, ZoneId zone, List<String[]> expressions)
            throws Exception {
        Map<String, List<String>> differing = new LinkedHashMap<>();
        int asked = 0;
        Random random = new Random(SEED);
        for (String[] fields : expressions) {
            Cron ours = Cron.of(String.join(" ", fields), zone.getId());
            for (int i = 0; i < MOMENTS; i++) {
                Instant after = FROM.plusSeconds(60L * random.nextInt(MINUTES));
                Instant expected = ours.next(after).orElseThrow();
                Optional<Instant> found = library.next(fields, zone, after);
                asked++;
                if (!found.equals(Optional.of(expected))) {
                    differing.computeIfAbsent(reason(fields, zone, expected, found), _ -> new ArrayList<>())
                            .add(String.join(" ", fields) + " after " + after + ": " + expected + ", there "
                                    + found.map(Instant::toString).orElse("none"));
                    break;
                }
            }
        }
        int different = differing.values().stream().mapToInt(List::size).sum();
        System.out.printf("%s in %s: %d of %d expressions agree (%d times asked)%n",
                name, zone, expressions.size() - different, expressions.size(), asked);
        differing.forEach((reason, cases) -> {
            System.out.println("  " + cases.size() + ": " + reason);
            boolean unknown = reason.startsWith("unknown");
            cases.stream().limit(unknown ? Integer.MAX_VALUE : TOLD).forEach(each ->
                    System.out.println("     " + each));
        });
    }

    private static String reason(String[] fields, ZoneId zone, Instant expected, Optional<Instant> found) {
        boolean bothDays = !fields[2].equals("*") && !fields[4].equals("*");
        if (bothDays) {
            return "both days are given: either will do (POSIX), there both must be";
        }
        boolean near = changes(zone, expected) || found.map(time -> changes(zone, time)).orElse(false);
        if (near) {
            return "the clock is set that night: a skipped time comes at the end of the gap, a doubled one once";
        }
        if (fields[4].startsWith("*/")) {
            return "steps of weekdays: counted from Sunday as 0 (POSIX), there from Monday as 1";
        }
        if (fields[2].startsWith("*/")) {
            return "steps of days of the month: they begin anew on the 1st, there not after a short month";
        }
        return "unknown";
    }

    private static boolean changes(ZoneId zone, Instant time) {
        return !zone.getRules().getOffset(time.minusSeconds(86_400))
                .equals(zone.getRules().getOffset(time.plusSeconds(86_400)));
    }

    private static String field(Random random, int low, int high) {
        int a = low + random.nextInt(high - low + 1);
        int b = low + random.nextInt(high - low + 1);
        int least = Math.min(a, b);
        int most = Math.max(a, b);
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> "*";
            case 4, 5 -> String.valueOf(a);
            case 6 -> "*/" + (1 + random.nextInt(high - low));
            case 7 -> least + "-" + most;
            case 8 -> least + "-" + most + "/" + (1 + random.nextInt(5));
            default -> least == most ? String.valueOf(a) : least + "," + most;
        };
    }

    /// Quartz counts days of the week from Sunday as one, has seconds in front, and wants one of the days left open.
    private static Optional<Instant> quartz(String[] fields, ZoneId zone, Instant after) throws ParseException {
        boolean week = !fields[4].equals("*");
        if (week && !fields[2].equals("*")) {
            return Optional.empty();
        }
        CronExpression quartz = new CronExpression("0 %s %s %s %s %s".formatted(
                fields[0], fields[1], week ? "?" : fields[2], fields[3], week ? week(fields[4]) : "?"));
        quartz.setTimeZone(TimeZone.getTimeZone(zone));
        return Optional.ofNullable(quartz.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
    }

    private static String week(String field) {
        StringBuilder days = new StringBuilder();
        for (int day = 0; day <= 6; day++) {
            if (in(field, day)) {
                days.append(days.isEmpty() ? "" : ",").append(day + 1);
            }
        }
        return days.toString();
    }

    private static boolean in(String field, int day) {
        for (String part : field.split(",")) {
            String[] step = part.split("/");
            String[] range = step[0].equals("*") ? new String[] {"0", "6"} : step[0].split("-");
            int from = Integer.parseInt(range[0]);
            int to = Integer.parseInt(range[range.length - 1]);
            int every = step.length > 1 ? Integer.parseInt(step[1]) : 1;
            if (day >= from && day <= to && (day - from) % every == 0) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> spring(String[] fields, ZoneId zone, Instant after) {
        ZonedDateTime next = org.springframework.scheduling.support.CronExpression
                .parse("0 " + String.join(" ", fields)).next(after.atZone(zone));
        return Optional.ofNullable(next).map(ZonedDateTime::toInstant);
    }

    private static Optional<Instant> cron4j(String[] fields, ZoneId zone, Instant after) {
        Predictor predictor = new Predictor(String.join(" ", fields), Date.from(after));
        predictor.setTimeZone(TimeZone.getTimeZone(zone));
        return Optional.ofNullable(predictor.nextMatchingDate()).map(Date::toInstant);
    }

    private static Optional<Instant> cronUtils(String[] fields, ZoneId zone, Instant after) {
        return ExecutionTime.forCron(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                        .parse(String.join(" ", fields)))
                .nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }
}

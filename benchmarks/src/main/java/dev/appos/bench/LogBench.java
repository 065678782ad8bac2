package dev.appos.bench;

import dev.appos.base.Ref;
import dev.appos.object.Action;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Category;
import dev.appos.trace.JsonLog.Level;
import dev.appos.trace.LogType;
import dev.appos.trace.Meters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What the log takes: 50,000 entries a second for some seconds, of which none may be dropped; how long an entry is on
/// its way to its file; and what counting a call costs (limit 300 ns).
final class LogBench {

    private static final int A_SECOND = 50_000;
    private static final int SECONDS = 5;
    private static final int COUNTED = 20_000_000;

    private LogBench() {}

    static void run() throws IOException {
        Path folder = Files.createTempDirectory("log-bench");
        try {
            burst(folder.resolve("burst"));
            delay(folder.resolve("delay"));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        count();
    }

    private static void burst(Path folder) throws IOException {
        int offered = A_SECOND * SECONDS;
        Instant at = Clock.systemUTC().instant();
        JsonLog log = new JsonLog(folder);
        long begun = System.nanoTime();
        long busy = 0;
        for (int i = 0; i < offered; i++) {
            long before = System.nanoTime();
            log.add(LogType.RULES, i % 2 == 0 ? Category.EXECUTION : Category.PERFORMANCE, Level.INFO, at, line(i));
            busy += System.nanoTime() - before;
            while (i % 50 == 0 && System.nanoTime() - begun < i * (1_000_000_000L / A_SECOND)) {
                LockSupport.parkNanos(50_000);
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long written = offered - log.waiting() - log.dropped();
        System.out.printf("the writer: %d ns of processor time an entry%n", processorNanos() / Math.max(1, written));
        log.close();
        System.out.printf("offered %,d in %.2f s (%,.0f/s), written %,d, dropped %,d, %d ns for the caller%n",
                offered, seconds, offered / seconds, lines(folder), log.dropped(), busy / offered);
    }

    /// Of the thread that writes: on a busy machine the clock on the wall says little.
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("log"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static Map<String, Object> line(int number) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "rule_executed");
        line.put("execution_id", "exec_01a1f80a793d789d906ac147f51470e8");
        line.put("object_ref", "crm.rules.customer_ltv");
        line.put("app", "crm");
        line.put("user_id", "ana");
        line.put("action", "run");
        line.put("duration_ms", number / 1000.0);
        line.put("success", true);
        line.put("dependencies_accessed", List.of("billing.records.invoice.list"));
        return line;
    }

    private static long lines(Path folder) throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (Stream<String> text = Files.lines(file)) {
                    lines += text.count();
                }
            }
        }
        return lines;
    }

    private static void delay(Path folder) {
        long longest = 0;
        long all = 0;
        int times = 20;
        try (JsonLog log = new JsonLog(folder)) {
            for (int i = 0; i < times; i++) {
                Instant day = Instant.EPOCH.plus(Duration.ofDays(i));
                Path file = folder.resolve("system/execution/1970-01-%02d.jsonl".formatted(i + 1));
                long begun = System.nanoTime();
                log.system(Level.INFO, day, "tried", Map.of());
                while (Files.notExists(file)) {
                    LockSupport.parkNanos(200_000);
                }
                long took = System.nanoTime() - begun;
                longest = Math.max(longest, took);
                all += took;
            }
        }
        System.out.printf("time to file: average %d ms, longest %d ms (limit 1000 ms)%n",
                all / times / 1_000_000, longest / 1_000_000);
    }

    private static void count() {
        Meters meters = new Meters(Clock.systemUTC());
        Ref ref = new Ref("crm", "rules", "customer_ltv");
        for (int round = 0; round < 2; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < COUNTED; i++) {
                meters.called(ref, Action.RUN, i & 0xfffff, true);
            }
            long each = (System.nanoTime() - begun) / COUNTED;
            if (round == 1) {
                System.out.printf("counting a call: %d ns (limit 300 ns)%n", each);
            }
        }
        meters.close();
    }
}

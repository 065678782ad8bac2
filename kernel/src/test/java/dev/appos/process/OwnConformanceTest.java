package dev.appos.process;

import java.time.Duration;

/// The platform's own engine does what a process does on every engine.
final class OwnConformanceTest extends ProcessConformance {

    @Override
    void run(TestNode node) {
        node.run();
    }

    @Override
    void crash(TestNode node) {
        node.crash();
    }

    @Override
    void pass(TestNode node, Duration length) {
        node.database.write(sql -> {
            sql.execute("update appos.process_step set wake_at = now() where status = 'waiting'");
            return sql.execute("update appos.process_ready set wake_at = now() where wake_at <> 'infinity'");
        });
    }
}

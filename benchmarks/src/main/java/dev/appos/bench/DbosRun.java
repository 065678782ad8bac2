package dev.appos.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.appos.process.LoadNode;
import dev.appos.store.Database;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// The same work on DBOS Transact for Java, on the same PostgreSQL and with the same pool.
final class DbosRun {

    private DbosRun() {}

    /// What it runs.
    public interface Work {

        /// Five steps.
        String five(long number);
    }

    /// The workflow.
    public static final class Five implements Work {

        private final DBOS dbos;

        Five(DBOS dbos) {
            this.dbos = dbos;
        }

        @Override
        @Workflow(name = "five")
        public String five(long number) {
            for (int step = 0; step < LoadNode.STEPS; step++) {
                dbos.runStep(() -> "ok", "step" + step);
            }
            return "done";
        }
    }

    /// @return how many seconds it took
    static double seconds(Database database, int instances, int inFlight) throws Exception {
        DBOSConfig config = DBOSConfig.defaults("bench")
                .withDataSource((HikariDataSource) database.dataSource())
                .withAppVersion("v1").withExecutorId("one");
        try (DBOS dbos = new DBOS(config)) {
            Work work = dbos.registerProxy(Work.class, new Five(dbos));
            dbos.launch();
            long begun = System.nanoTime();
            Semaphore room = new Semaphore(inFlight);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < instances; i++) {
                    long number = i;
                    room.acquire();
                    threads.submit(() -> {
                        try {
                            return dbos.startWorkflow(() -> work.five(number)).getResult();
                        } finally {
                            room.release();
                        }
                    });
                }
            }
            return (System.nanoTime() - begun) / 1e9;
        }
    }
}

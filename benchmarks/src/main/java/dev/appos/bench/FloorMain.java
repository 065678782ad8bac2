package dev.appos.bench;

import dev.appos.store.DatabaseSettings;
import java.util.concurrent.CountDownLatch;

/// The bare handler in a process of its own: `floor URL USER PASSWORD POOL CHECKED`. Prints its port.
final class FloorMain {

    private FloorMain() {}

    static void run(String[] arguments) throws InterruptedException {
        DatabaseSettings settings = new DatabaseSettings(
                arguments[1], arguments[2], arguments[3], Integer.parseInt(arguments[4]));
        Floor floor = new Floor(settings, Boolean.parseBoolean(arguments[5]));
        System.out.println("listens on http://127.0.0.1:" + floor.port() + "/");
        System.out.flush();
        new CountDownLatch(1).await();
    }
}

package dev.appos.cache;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;

/// A real Redis that can be killed, frozen and brought back on the same port.
public final class TestRedis implements AutoCloseable {

    private final int port;
    private RedisServer server;
    private ProcessHandle process;

    public TestRedis() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
        server.start();
        process = ProcessHandle.current().children()
                .filter(child -> !before.contains(child))
                .findFirst()
                .orElseThrow();
    }

    public int port() {
        return port;
    }

    RedisSettings settings() {
        return RedisSettings.of("redis://127.0.0.1:" + port);
    }

    public void kill() throws Exception {
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    public void freeze() throws Exception {
        signal("-STOP");
    }

    public void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).inheritIO().start();
        if (!kill.waitFor(Duration.ofSeconds(10)) || kill.exitValue() != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        server.stop();
    }
}

package dev.appos.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Ten thousand logins at once, half of them right: what each is answered, and how much memory the server takes. One
/// password costs 19 MiB to verify; all of them at once would be 186 GiB.
final class LoginsBench {

    private static final int USUAL_LOGINS = 10_000;
    private static final int NAMES = 500;
    private static final int ANSWER_MS = 120_000;
    private static final String PASSWORD = "a password for the benchmark";

    private LoginsBench() {}

    /// @param arguments how many logins, if not ten thousand
    static void run(String[] arguments) throws Exception {
        int logins = arguments.length > 1 ? Integer.parseInt(arguments[1]) : USUAL_LOGINS;
        try (Workshop workshop = new Workshop();
                Child appos = Child.start(
                        Child.PROGRAM,
                        List.of("run", "--home", workshop.home().toString(), "--port", "0"),
                        Map.of("APPOS_ADMIN_PASSWORD", PASSWORD))) {
            login(appos.port(), 1);
            System.out.println("peak memory before: " + peak(appos));
            Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
            long begin = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < logins; i++) {
                    int number = i;
                    threads.submit(() -> answers.computeIfAbsent(
                            login(appos.port(), number), _ -> new AtomicInteger()).incrementAndGet());
                }
            }
            System.out.printf("%d logins at once, %.1f s: %s%n",
                    logins, (System.nanoTime() - begin) / 1e9, new TreeMap<>(answers));
            System.out.println("peak memory after: " + peak(appos));
            System.out.println("a login afterwards: " + login(appos.port(), 1));
        }
    }

    /// The status, or what the connection ended with.
    private static String login(int port, int number) {
        boolean right = number % 2 == 1;
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(
                right ? "admin" : "nobody" + number % NAMES, right ? PASSWORD : "wrong");
        String request = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String first = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
            return first == null ? "closed" : first.split(" ")[1];
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String peak(Child child) throws IOException {
        Path status = Path.of("/proc/" + child.pid() + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM")).findFirst()
                        .map(line -> line.replaceAll("\\D+", "") + " KiB").orElse("unknown")
                : "unknown on this system";
    }
}

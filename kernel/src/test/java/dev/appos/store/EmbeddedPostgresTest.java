package dev.appos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.appos.base.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedPostgresTest {

    private static final Path PROGRAMS = Path.of("target/test-postgres-programs").toAbsolutePath();
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final Duration GONE_MAX = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        PostgresBinaries.unpack(Files.createDirectories(PROGRAMS));
    }

    private Path home() {
        return folder.resolve("a home with spaces");
    }

    private Path data() {
        return home().resolve("postgres/cluster/data");
    }

    private Node node() throws IOException {
        return Node.start(List.of(), CLASS_PATH, home(), PROGRAMS);
    }

    private EmbeddedPostgres here() {
        return EmbeddedPostgres.start(home(), PROGRAMS, PostgresCluster.SETTINGS);
    }

    private static boolean gone(List<ProcessHandle> processes) {
        return Node.soon(GONE_MAX, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void what_was_committed_is_there_after_a_restart() throws IOException {
        List<ProcessHandle> processes;
        try (Node first = node()) {
            assertThat(first.visits()).isEqualTo(1);
            processes = first.processes();
        }
        assertThat(gone(processes)).isTrue();

        try (Node second = node()) {
            // The first wrote once more while it stopped.
            assertThat(second.visits()).isEqualTo(3);
        }
    }

    @Test
    void a_killed_node_leaves_no_process_behind_and_loses_nothing() throws IOException {
        Node first = node();
        List<ProcessHandle> processes = first.processes();
        assertThat(processes).hasSizeGreaterThan(3).allMatch(ProcessHandle::isAlive).contains(first.server());

        first.kill();

        assertThat(gone(processes)).isTrue();
        try (Node second = node()) {
            assertThat(second.visits()).isEqualTo(2);
        }
    }

    @Test
    void a_start_right_after_a_kill_waits_for_the_old_server() throws IOException {
        Node first = node();
        first.kill();

        try (Node second = node()) {
            assertThat(second.visits()).isEqualTo(2);
        }
    }

    @Test
    void a_server_that_lost_its_watchdog_too_is_stopped_by_the_next_start() throws IOException {
        Node first = node();
        ProcessHandle server = first.server();
        List<ProcessHandle> processes = first.processes();
        // Otherwise the node, seeing its watchdog go, stops the server itself before it is killed.
        first.freeze();
        processes.stream()
                .filter(process -> process.info().commandLine().orElse("").contains("watchdog"))
                .forEach(ProcessHandle::destroyForcibly);
        first.kill();
        assertThat(Node.soon(Duration.ofMillis(500), () -> !server.isAlive())).isFalse();

        try (Node second = node()) {
            assertThat(second.visits()).isEqualTo(2);
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void ctrl_c_leaves_time_to_stop_in_good_order() throws IOException {
        assumeThat(Path.of("/usr/bin/setsid")).exists();
        // A test run in the background of a shell inherits SIGINT ignored, and so would the node.
        List<String> prefix = List.of("/usr/bin/setsid", "/usr/bin/env", "--default-signal=INT");
        Node first = Node.start(prefix, CLASS_PATH, home(), PROGRAMS);
        List<ProcessHandle> processes = first.processes();

        first.signalGroup("INT");

        assertThat(first.lastWords()).isEqualTo("stopped");
        assertThat(gone(processes)).isTrue();
        try (Node second = node()) {
            assertThat(second.visits()).isEqualTo(3);
        }
    }

    @Test
    void killing_the_whole_process_group_leaves_no_process_behind() throws IOException {
        assumeThat(Path.of("/usr/bin/setsid")).exists();
        Node node = Node.start(List.of("/usr/bin/setsid"), CLASS_PATH, home(), PROGRAMS);
        List<ProcessHandle> processes = node.processes();

        node.signalGroup("KILL");

        assertThat(gone(processes)).isTrue();
    }

    @Test
    void a_second_start_on_the_same_folder_is_refused_by_every_process() throws IOException {
        try (EmbeddedPostgres first = here()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(this::here)
                        .isInstanceOf(Refusal.class)
                        .hasMessage("Another AppOS is running on %s.".formatted(home().toRealPath()));
            }
            try (Node other = node()) {
                assertThat(other.answer()).startsWith("refused Another AppOS is running").endsWith("--dir elsewhere.");
            }
            assertThat(first.isRunning()).isTrue();
        }
        here().close();
    }

    @Test
    void a_stale_process_id_of_another_program_does_not_block() throws IOException {
        here().close();
        Files.writeString(data().resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data() + "\n");

        here().close();
    }

    @Test
    void the_server_listens_on_this_machine_only_and_wants_the_password() throws IOException {
        try (EmbeddedPostgres postgres = here();
                Database database = new Database(postgres.settings(1))) {
            List<String> settings = List.of("listen_addresses", "unix_socket_directories", "server_encoding",
                    "fsync", "synchronous_commit", "data_checksums");
            List<String> values = settings.stream()
                    .map(name -> database.read(sql ->
                            sql.fetchSingle("select current_setting(?)", name).into(String.class)))
                    .toList();

            assertThat(values).containsExactly("127.0.0.1", "", "UTF8", "on", "on", "on");
            assertThat(database.<String>read(sql -> sql.fetchSingle("select upper('ñandú')").into(String.class)))
                    .isEqualTo("ÑANDÚ");
            DatabaseSettings right = postgres.settings(1);
            assertThatThrownBy(() -> new Database(
                                    new DatabaseSettings(right.jdbcUrl(), right.user(), right.password() + "x", 1))
                            .close())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("password");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data().resolveSibling("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_server_that_died_is_noticed() throws IOException {
        try (EmbeddedPostgres postgres = here()) {
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();

            assertThat(Node.soon(GONE_MAX, () -> !postgres.isRunning())).isTrue();
        }
        here().close();
    }

    @Test
    void a_damaged_folder_is_refused_in_a_sentence_and_left_as_it_is() throws IOException {
        here().close();
        Path version = data().resolve("PG_VERSION");

        Files.writeString(version, "17\n");
        assertThatThrownBy(this::here).isInstanceOf(Refusal.class).hasMessageContaining("made by PostgreSQL 17");

        Files.delete(version);
        assertThatThrownBy(this::here).isInstanceOf(Refusal.class).hasMessageContaining("PG_VERSION is missing");
        Files.writeString(version, "18\n");

        Path control = data().resolve("global/pg_control");
        byte[] whole = Files.readAllBytes(control);
        try (FileChannel channel = FileChannel.open(control, StandardOpenOption.WRITE)) {
            channel.truncate(100);
        }
        assertThatThrownBy(this::here)
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.remedy())
                        .contains("Restore the folder from a backup"))
                .hasMessageContaining("did not start")
                .hasMessageContaining("pg_control");

        Files.write(control, whole);
        here().close();
    }

    @Test
    void an_interrupted_first_start_is_begun_anew() throws IOException {
        Files.createDirectories(home().resolve("postgres/cluster-part/data"));
        Files.writeString(home().resolve("postgres/cluster-part/data/PG_VERSION"), "half");

        here().close();
    }

    @Test
    void an_ordinary_user_runs_it_and_hears_when_the_folder_cannot_be_written() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv")).exists();
        List<String> nobody =
                List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String classPath = readableByAll();
        Path theirs = folder.resolve("theirs");

        try (Node node = Node.start(nobody, classPath, theirs, theirs.resolve("postgres"))) {
            assertThat(node.visits()).isEqualTo(1);
        }
        Path root = Files.createDirectory(folder.resolve("root"));
        try (Node node = Node.start(nobody, classPath, root, root.resolve("postgres"))) {
            assertThat(node.answer()).startsWith("refused AppOS cannot use the folder " + root);
        }
    }

    /// Copies what the child needs out of folders that only root may enter.
    private String readableByAll() throws IOException {
        StringBuilder copy = new StringBuilder();
        for (String entry : CLASS_PATH.split(File.pathSeparator)) {
            Path from = Path.of(entry);
            Path to = folder.resolve("path").resolve(from.getFileName());
            if (from.toString().contains("darwin") || !Files.exists(from)) {
                continue;
            }
            try (var files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, file.equals(from) ? to : target);
                    }
                }
            }
            copy.append(to).append(File.pathSeparator);
        }
        return copy.toString();
    }
}

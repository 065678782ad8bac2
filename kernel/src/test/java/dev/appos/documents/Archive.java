package dev.appos.documents;

import dev.appos.authoring.AppCompiler;
import dev.appos.authoring.Compilation;
import dev.appos.base.Ref;
import dev.appos.cache.Changes;
import dev.appos.cache.LocalCache;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Engine;
import dev.appos.dispatch.Engines;
import dev.appos.dispatch.Judges;
import dev.appos.dispatch.PlatformEngine;
import dev.appos.dispatch.TestOutlets;
import dev.appos.govern.StoredApprovals;
import dev.appos.govern.StoredLedger;
import dev.appos.govern.Verdict;
import dev.appos.object.DocumentRequest;
import dev.appos.object.Input;
import dev.appos.object.Upload;
import dev.appos.record.AppSchema;
import dev.appos.record.RecordEngine;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal.Type;
import dev.appos.secure.World;
import dev.appos.store.Migrations;
import dev.appos.trace.JsonLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// An app with folders and a record that carries documents, behind the real door.
final class Archive implements AutoCloseable {

    static final String PAPERS = "office.folders.papers";
    static final String SCANS = "office.folders.scans";
    static final String CLIENTS = "office.records.client";

    static final long MAX_BYTES = 2 * 1024 * 1024;

    final World world = new World();
    final Dispatcher dispatcher;
    final ContentStore store;
    final Path folder;
    final Snapshot snapshot;
    private final LocalCache cache = new LocalCache(System::nanoTime);
    private final JsonLog log;

    Archive(Path folder) {
        this(folder, store -> store);
    }

    /// @param with makes of the store on disk the one that is used
    Archive(Path folder, UnaryOperator<ContentStore> with) {
        this.folder = folder;
        this.store = with.apply(new DiskStore(folder.resolve("documents"), world.clock));
        write("office/app.yaml", "title: Office\ngroups: [clerks, chiefs, guests]\n");
        write("office/folders/Papers.java", """
                @Folder(maxSizeMb = 4, cleanupDays = 30, view = {"clerks", "guests"}, create = "clerks",
                        update = "clerks", delete = "chiefs", admin = "chiefs")
                interface Papers {}
                """);
        write("office/folders/Scans.java", """
                @Folder(documentTypes = {"application/pdf", "image/*"}, view = "clerks", create = "clerks")
                interface Scans {}
                """);
        write("office/records/Client.java", """
                @Record(attachments = true, view = {"clerks", "guests"}, create = "clerks", update = "clerks",
                        delete = "chiefs")
                record Client(@NotBlank @Size(max = 40) String name, String keeper) {
                    @RowFilter
                    static Cond own(ClientRecords.Fields client) {
                        return client.keeper().in(List.of(ctx.user().name(), "all"));
                    }
                }
                """);
        snapshot = compiled();
        Registry registry = new Registry();
        PlatformEngine platform = new PlatformEngine(List.of(new CleanUp(store).rule()));
        registry.swap(snapshot.with(platform.definitions()));
        new AppSchema(new Migrations(world.database), folder.resolve("migrations")).apply(world.database, snapshot);
        log = new JsonLog(folder.resolve("logs"));
        Engine none = (_, definition, _) -> {
            throw new IllegalStateException(definition.ref() + " is not in this test");
        };
        Engines engines = new Engines(new RecordEngine(new Changes(cache)), none, none, none, none,
                new DocumentEngine(store, () -> MAX_BYTES, world.ids), platform);
        dispatcher = new Dispatcher(
                registry, world.database,
                new Judges(
                        world.guard, (_, _, _, _) -> new Verdict(Verdict.Kind.ALLOW, "none", 0, "test", ""),
                        new StoredApprovals(world.ids, world.clock),
                        new StoredLedger(world.database, world.clock, () -> 1)),
                engines, TestOutlets.of(world.ids, log, world.clock));
        world.user("ana", Type.BASIC, "clerks");
        world.user("bob", Type.BASIC, "clerks");
        world.user("gus", Type.BASIC, "guests");
        world.user("eva", Type.BASIC, "clerks", "chiefs");
        world.user("out", Type.BASIC, "nobody");
        world.user("root", Type.SYSTEM_ADMIN);
        List.of("clerks", "chiefs", "guests").forEach(group -> world.open(group, "office"));
    }

    private Snapshot compiled() {
        Compilation compiled = new AppCompiler().compile(folder.resolve("apps"));
        if (compiled instanceof Compilation.Success success) {
            return success.snapshot();
        }
        throw new AssertionError(compiled);
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve("apps").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object call(String user, String ref, Input input) {
        Context context = new Context(
                world.directory.find(user).orElseThrow(), world.ids.execution(), world.clock.instant());
        return dispatcher.dispatch(context, Call.of(Ref.of(ref), input));
    }

    Object ask(String user, String folder, DocumentRequest request) {
        return call(user, folder, new Input.Documents(OptionalLong.empty(), request));
    }

    Object askOf(String user, long client, DocumentRequest request) {
        return call(user, CLIENTS, new Input.Documents(OptionalLong.of(client), request));
    }

    /// What clean-up did.
    Map<String, Object> clean(boolean strays) {
        return map(call("root", "platform.rules.clean_documents", new Input.Run(Map.of("strays", strays))));
    }

    /// A new client of a keeper.
    long client(String keeper) {
        List<?> rows = (List<?>) call("root", CLIENTS,
                new Input.CreateRecords(List.of(Map.of("name", "Client", "keeper", keeper))));
        return ((Number) ((Map<?, ?>) rows.getFirst()).get("id")).longValue();
    }

    Upload upload(String text) {
        return upload(text.getBytes(StandardCharsets.UTF_8), true);
    }

    Upload upload(byte[] bytes, boolean whole) {
        try {
            Staging staging = store.stage();
            staging.write(bytes, 0, bytes.length);
            return staging.end(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DocumentRequest adding(String name, String text) {
        return new DocumentRequest.AddDocument(name, upload(text), "", List.of());
    }

    /// Adds a text to the papers.
    UUID paper(String user, String text) {
        return id(ask(user, PAPERS, adding("note.txt", text)));
    }

    String text(String user, String folder, UUID id, OptionalInt version) {
        DocumentContent content =
                (DocumentContent) ask(user, folder, new DocumentRequest.ReadContent(id, version));
        try (java.io.InputStream in = content.open(0, content.about().bytes())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static UUID id(Object document) {
        return (UUID) map(document).get("id");
    }

    @SuppressWarnings("unchecked") // as the engine says
    static Map<String, Object> map(Object document) {
        return (Map<String, Object>) document;
    }

    /// How many contents lie in the store.
    long contents() {
        try (Stream<Path> files = Files.walk(folder.resolve("documents"))) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().contains("contents")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        log.close();
        cache.close();
        world.close();
    }
}

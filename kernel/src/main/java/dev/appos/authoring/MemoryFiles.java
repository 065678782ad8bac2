package dev.appos.authoring;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/// Keeps javac off the disk: classes go to memory, and classes kept from the last generation are its class path.
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, CompiledClass> compiled = new TreeMap<>();
    private final Map<String, CompiledClass> kept;

    MemoryFiles(JavaFileManager shared, Map<String, CompiledClass> kept) {
        super(shared);
        this.kept = kept;
    }

    Map<String, CompiledClass> compiled() {
        return compiled;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new Output(name, MemorySource.path(sibling));
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String name, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        Iterable<JavaFileObject> found = super.list(location, name, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH || kept.isEmpty()) {
            return found;
        }
        List<JavaFileObject> all = new ArrayList<>();
        found.forEach(all::add);
        for (CompiledClass c : kept.values()) {
            if (c.name().lastIndexOf('.') == name.length() && c.name().startsWith(name)) {
                all.add(new Kept(c));
            }
        }
        return all;
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Kept kept ? kept.compiled.name() : super.inferBinaryName(location, file);
    }

    /// The shared manager outlives every task.
    @Override
    public void close() {}

    private static URI uri(String name) {
        return URI.create("class:///" + name.replace('.', '/') + ".class");
    }

    private final class Output extends SimpleJavaFileObject {

        private final String name;
        private final String source;

        Output(String name, String source) {
            super(uri(name), Kind.CLASS);
            this.name = name;
            this.source = source;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    compiled.put(name, new CompiledClass(name, source, toByteArray()));
                }
            };
        }
    }

    private static final class Kept extends SimpleJavaFileObject {

        private final CompiledClass compiled;

        Kept(CompiledClass compiled) {
            super(uri(compiled.name()), Kind.CLASS);
            this.compiled = compiled;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(compiled.bytes());
        }
    }
}

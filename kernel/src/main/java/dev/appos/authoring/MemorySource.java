package dev.appos.authoring;

import java.net.URI;
import javax.tools.FileObject;
import javax.tools.SimpleJavaFileObject;

/// A source that javac reads from memory.
final class MemorySource extends SimpleJavaFileObject {

    private final String text;

    MemorySource(String path, String text) {
        super(uri(path), Kind.SOURCE);
        this.text = text;
    }

    /// The path of a file object. By address, not by identity: javac hands back its own wrapper of it.
    static String path(FileObject file) {
        return file.toUri().getPath().substring(1);
    }

    private static URI uri(String path) {
        try {
            return new URI("app", "", "/" + path, null);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /// Any public class may live in any file: an author's file name is not the compiler's business. Except the names
    /// that javac asks for itself, `module-info` and `package-info`: answering yes to them makes it fail.
    @Override
    public boolean isNameCompatible(String name, Kind kind) {
        return kind == Kind.SOURCE && !name.endsWith("-info");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}

package dev.appos.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The compiled classes that the body of one process can reach, so that it runs the same when its app has changed.
///
/// @param classes by binary name; never changed by whoever holds it
public record Bundle(SortedMap<String, byte[]> classes) {

    private static final String ENDING = ".class";

    /// As a jar, the same bytes for the same classes.
    public byte[] packed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (SortedMap.Entry<String, byte[]> each : classes.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey().replace('.', '/') + ENDING);
                entry.setTime(0);
                jar.putNextEntry(entry);
                jar.write(each.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#packed] wrote.
    ///
    /// @throws UncheckedIOException if these bytes are no jar
    public static Bundle unpacked(byte[] jar) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = entry.getName();
                String name = path.substring(0, path.length() - ENDING.length()).replace('/', '.');
                classes.put(name, in.readAllBytes());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new Bundle(classes);
    }
}

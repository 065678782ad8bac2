package dev.appos.registry;

import dev.appos.api.AppCode;
import java.util.Map;

/// Holds compiled classes of apps that belong together: they refer to each other both ways. Beyond them it sees the JDK
/// and the author's API, nothing of the platform. Unloaded as soon as nothing uses its classes.
public final class CodeLoader extends ClassLoader {

    /// The simple name of the class in each app through which the platform calls what its author wrote.
    public static final String BODIES = "bodies";

    private static final ClassLoader PLATFORM = AppCode.class.getClassLoader();
    private static final String API = AppCode.class.getPackageName() + ".";

    private final Map<String, byte[]> classes;

    /// @param classes by binary name
    public CodeLoader(Map<String, byte[]> classes) {
        super("apps", ClassLoader.getPlatformClassLoader());
        this.classes = Map.copyOf(classes);
    }

    /// The bodies of an app's objects.
    ///
    /// @throws IllegalStateException if they cannot be loaded
    public AppCode code(String app) {
        try {
            return (AppCode) loadClass(app + "." + BODIES).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the generated code of app " + app + " cannot be loaded", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(API)) {
            return PLATFORM.loadClass(name);
        }
        byte[] found = classes.get(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, found, 0, found.length);
    }
}

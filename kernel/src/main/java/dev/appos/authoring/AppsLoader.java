package dev.appos.authoring;

import dev.appos.api.AppCode;
import java.util.Map;

/// Holds the classes of all apps of one generation: they refer to each other both ways. Beyond them it sees the JDK and
/// the author's API, nothing of the platform. Unloaded as soon as nothing uses its snapshot.
final class AppsLoader extends ClassLoader {

    private static final ClassLoader PLATFORM = AppCode.class.getClassLoader();

    private final Map<String, CompiledClass> classes;

    AppsLoader(Map<String, CompiledClass> classes) {
        super("apps", ClassLoader.getPlatformClassLoader());
        this.classes = Map.copyOf(classes);
    }

    /// The bodies of an app's objects.
    AppCode code(String app) {
        try {
            return (AppCode) loadClass(app + "." + BodiesWriter.CLASS).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated code of app " + app + " cannot be loaded", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(ApiNames.PACKAGE + ".")) {
            return PLATFORM.loadClass(name);
        }
        CompiledClass found = classes.get(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, found.bytes(), 0, found.bytes().length);
    }
}

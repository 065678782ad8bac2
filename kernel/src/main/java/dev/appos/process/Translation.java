package dev.appos.process;

import dev.appos.dispatch.Typed;
import dev.appos.registry.CodeLoader;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between values of kept code and of today's: the same records and enums, but of other class loaders.
///
/// @param kept  where the classes of the kept code are
/// @param today where those of the live code are
record Translation(ClassLoader kept, ClassLoader today) {

    /// @throws BodyFault if today's code has no such type any more
    @Nullable Object toToday(@Nullable Object value) {
        return translated(value, today, "what the kept code hands over is not known to today's");
    }

    /// @throws BodyFault if the kept code has no such type
    @Nullable Object toKept(@Nullable Object value) {
        return translated(value, kept, "what today's code answers is not known to the kept one");
    }

    private static @Nullable Object translated(@Nullable Object value, ClassLoader to, String wrong) {
        if (!ofApps(value)) {
            return value;
        }
        try {
            return Typed.read(Typed.write(value), to);
        } catch (IllegalArgumentException | IllegalStateException unknown) {
            throw new BodyFault("The process was changed since this instance began, and " + wrong + ": "
                    + unknown.getMessage());
        }
    }

    private static boolean ofApps(@Nullable Object value) {
        return switch (value) {
            case Collection<?> list -> list.stream().anyMatch(Translation::ofApps);
            case Map<?, ?> map -> map.values().stream().anyMatch(Translation::ofApps);
            case Enum<?> constant -> constant.getDeclaringClass().getClassLoader() instanceof CodeLoader;
            case Record record -> record.getClass().getClassLoader() instanceof CodeLoader;
            case null, default -> false;
        };
    }
}

package dev.appos.object;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An app as its `app.yaml` describes it.
///
/// @param name        the folder and the first part of every reference: `crm`
/// @param title       what people call it
/// @param groups      the groups whose members may enter it
/// @param logic       the groups that may view and use rules which state nothing; `*` is everyone in the app
/// @param ui          the groups that may see interfaces and pages which state nothing
/// @param theme       the two numbers its colours come from
/// @param settings    every key of `app.yaml` with its value, by path: a text, a number, a truth value or a list
public record AppDefinition(
        String name,
        String title,
        String description,
        List<String> groups,
        Set<String> logic,
        Set<String> ui,
        Optional<Theme> theme,
        Map<String, Object> settings) {

    /// An app about which nothing else is said.
    public AppDefinition(
            String name, String title, String description, List<String> groups, Set<String> logic, Set<String> ui,
            Optional<Theme> theme) {
        this(name, title, description, groups, logic, ui, theme, Map.of());
    }

    /// Hue in degrees and chroma of the accent colour in OKLCH; lightness is the platform's: every choice is legible.
    public record Theme(double hue, double chroma) {}

    public AppDefinition {
        groups = List.copyOf(groups);
        logic = Set.copyOf(logic);
        ui = Set.copyOf(ui);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}

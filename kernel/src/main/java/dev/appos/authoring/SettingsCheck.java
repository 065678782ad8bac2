package dev.appos.authoring;

import dev.appos.config.Environment;
import dev.appos.config.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at every `app.yaml` without compiling anything.
public final class SettingsCheck {

    private SettingsCheck() {}

    /// Every fault and warning, by file and line.
    ///
    /// @param apps the folder with one folder an app
    /// @throws java.io.UncheckedIOException if the folder cannot be read
    public static List<Finding> of(Path apps, Environment environment) {
        SourceTree tree = SourceTree.read(apps);
        Faults faults = new Faults();
        tree.problems().stream().filter(problem -> problem.file().endsWith(".yaml")).forEach(faults::add);
        AppSettings settings = new AppSettings(faults, environment);
        settings.read(tree);
        List<Finding> findings = new ArrayList<>(settings.warnings());
        faults.sorted().forEach(problem -> findings.add(new Finding(
                problem.file(), problem.line(), problem.column(), false, problem.message(), problem.remedy())));
        return findings;
    }
}

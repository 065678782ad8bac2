package dev.appos.cli;

import dev.appos.authoring.SettingsCheck;
import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.config.AppKeys;
import dev.appos.config.Finding;
import dev.appos.config.PlatformKeys;
import dev.appos.config.SettingsReader;
import dev.appos.config.SettingsReader.Reading;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos validate`: every fault of the settings at once, of the platform and of the apps.
@Command(name = "validate", description = "Finds every fault of appos.yaml and the app.yaml files; runs nothing.")
final class Validate implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--env", paramLabel = "NAME", description = "The environment; APPOS_ENV wins over it.")
    private String env;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print them.")
    private Format format = Format.text;

    @Option(names = "--keys", description = "Prints every key there is, as tables in Markdown.")
    private boolean keys;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (keys) {
            out.println("`appos.yaml`\n\n" + PlatformKeys.TABLE.markdown());
            out.println("`app.yaml`\n\n" + AppKeys.TABLE.markdown());
            out.flush();
            return 0;
        }
        SettingsReader reader = new SettingsReader(home.folder(), Optional.ofNullable(env), System.getenv());
        Reading reading = reader.read(reader.files(), Optional.empty(), Map.of());
        List<Finding> findings = new ArrayList<>(reading.findings());
        findings.addAll(SettingsCheck.of(home.apps(), reading.values().environment()));
        List<Finding> faults = Finding.faults(findings);
        List<Finding> warnings = findings.stream().filter(Finding::warning).toList();
        switch (format) {
            case json -> {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("environment", reading.values().environment().word());
                answer.put("problems", faults);
                answer.put("warnings", warnings);
                out.println(Json.write(Plain.of(answer)));
            }
            case text -> {
                findings.forEach(out::println);
                out.println((faults.isEmpty() ? "No faults" : faults.size() + " faults")
                        + (warnings.isEmpty() ? "" : ", " + warnings.size() + " warnings")
                        + " in environment " + reading.values().environment().word() + ".");
            }
        }
        out.flush();
        return faults.isEmpty() ? 0 : 1;
    }
}

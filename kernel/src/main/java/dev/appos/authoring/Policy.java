package dev.appos.authoring;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What app code may name. Closed: what is not listed is refused. One policy for source and for bytecode.
final class Policy {

    private static final String THREADS = "Use parallel(branch(...)) in a process; the platform owns threads.";
    private static final String REFLECTION = "Apps do not reflect; name the object: rules.x, records.y.";
    private static final String FILES = "Keep the data in a record: files are out of reach of apps.";
    private static final String NETWORK = "Data comes in through the REST API; apps open no connections.";
    private static final String PROGRAMS = "Programs of the operating system are out of reach of apps.";
    private static final String LOADING = "Apps do not load classes; share code as a rule.";
    private static final String PRINTING = "Return it: what a call answers is what its caller sees.";
    private static final String DOOR = "Use the accessors: records.x, rules.y(...), processes.z.start(...).";
    private static final String OTHERWISE = "Use the platform's words or the safe part of java.base.";

    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("java.lang.Thread", THREADS),
            Map.entry("java.lang.ThreadLocal", "Pass the value as an argument."),
            Map.entry("java.lang.InheritableThreadLocal", "Pass the value as an argument."),
            Map.entry("java.lang.ScopedValue", "Pass the value as an argument."),
            Map.entry("java.lang.ProcessBuilder", PROGRAMS),
            Map.entry("java.lang.Process", PROGRAMS),
            Map.entry("java.lang.Runtime", PROGRAMS),
            Map.entry("java.lang.ProcessHandle", PROGRAMS),
            Map.entry("java.lang.ClassLoader", LOADING),
            Map.entry("java.util.ServiceLoader", LOADING),
            Map.entry("java.util.ResourceBundle", LOADING),
            Map.entry("java.lang.Module", REFLECTION),
            Map.entry("java.lang.ClassValue", REFLECTION),
            Map.entry("java.lang.StackWalker", REFLECTION),
            Map.entry("java.lang.IO", PRINTING),
            Map.entry("java.util.Timer", "Use sleep in a process."),
            Map.entry("java.util.Formatter", "Use String.format: a Formatter can open files."),
            Map.entry("java.util.Scanner", "Use split or a regular expression: a Scanner can open files."),
            Map.entry("dev.appos.api.Door", DOOR),
            Map.entry("dev.appos.api.Flow", "Use the words step, parallel, approval, task, signal and sleep."),
            Map.entry("dev.appos.api.AppCode", DOOR),
            Map.entry("dev.appos.api.ObjectRef", "Leave it to the platform: it writes the accessors."),
            Map.entry("dev.appos.api.Writes", "Leave it to the platform: it writes the accessors."));

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("java.io", FILES),
            Map.entry("java.nio", FILES),
            Map.entry("java.nio.file", FILES),
            Map.entry("java.nio.channels", FILES),
            Map.entry("java.util.zip", FILES),
            Map.entry("java.util.jar", FILES),
            Map.entry("java.net", NETWORK),
            Map.entry("java.net.http", NETWORK),
            Map.entry("java.sql", "Use records: records.x.where(...)."),
            Map.entry("java.lang.reflect", REFLECTION),
            Map.entry("java.lang.invoke", REFLECTION),
            Map.entry("java.util.concurrent", THREADS),
            Map.entry("java.util.concurrent.atomic", THREADS),
            Map.entry("java.util.concurrent.locks", THREADS));

    private static final Set<String> SYSTEM =
            Set.of("currentTimeMillis", "nanoTime", "lineSeparator", "identityHashCode");
    private static final Set<String> CLASS = Set.of(
            "getName", "getSimpleName", "isInstance", "cast", "hashCode", "equals", "toString",
            "desiredAssertionStatus");
    private static final Set<String> PROPERTIES = Set.of(
            "java.lang.Integer.getInteger", "java.lang.Long.getLong", "java.lang.Boolean.getBoolean");
    private static final Set<String> OBJECT = Set.of("wait", "notify", "notifyAll");

    /// By name alone: a class file names the receiver's type as owner, the source's symbol the declaring one.
    private static final Map<String, String> MEMBERS = Map.of(
            "parallelStream", "Use stream(); the platform owns threads.",
            "parallel", "Use stream() as it is; the platform owns threads.",
            "parallelSort", "Use sort; the platform owns threads.",
            "parallelPrefix", "Use a loop; the platform owns threads.",
            "parallelSetAll", "Use setAll; the platform owns threads.",
            "mapConcurrent", "Use stream().map(...); the platform owns threads.",
            "setDefault", "Pass the locale or time zone as an argument.");

    /// Values that only generated code may make: a reference made by hand could not be found in the sources.
    private static final Set<String> MADE_BY_THE_PLATFORM = Set.of(
            "dev.appos.api.Rule0", "dev.appos.api.Rule1", "dev.appos.api.Rule2", "dev.appos.api.Rule3",
            "dev.appos.api.Rule4", "dev.appos.api.RecordSet", "dev.appos.api.TableUi", "dev.appos.api.Change",
            "dev.appos.api.Field", "dev.appos.api.OrderedField", "dev.appos.api.TextField",
            "dev.appos.api.DecimalField", "dev.appos.api.LongField", "dev.appos.api.NumberField",
            "dev.appos.api.BooleanField", "dev.appos.api.ChoiceField", "dev.appos.api.DateField",
            "dev.appos.api.InstantField", "dev.appos.api.Many", "dev.appos.api.Cond$Compare",
            "dev.appos.api.Cond$Fields", "dev.appos.api.Cond$Some", "dev.appos.api.Selection",
            "dev.appos.api.Tabulation", "dev.appos.api.Term",
            "dev.appos.api.Node", "dev.appos.api.Const", "dev.appos.api.AppOsException$About",
            "dev.appos.api.AppOsException$Security", "dev.appos.api.AppOsException$Dispatch",
            "dev.appos.api.AppOsException$Validation", "dev.appos.api.AppOsException$Record",
            "dev.appos.api.AppOsException$ObjectNotFound", "dev.appos.api.AppOsException$Session");

    private final Set<String> apps;

    Policy(Set<String> apps) {
        this.apps = Set.copyOf(apps);
    }

    /// The remedy when a class may not be used; `owner` is its binary name.
    Optional<String> refuseClass(String owner) {
        int dollar = owner.indexOf('$');
        String outermost = dollar < 0 ? owner : owner.substring(0, dollar);
        int dot = outermost.lastIndexOf('.');
        String folder = dot < 0 ? "" : outermost.substring(0, dot);
        if (apps.contains(folder)) {
            return outermost.endsWith("." + BodiesWriter.CLASS) ? Optional.of(DOOR) : Optional.empty();
        }
        if (CLASSES.containsKey(outermost)) {
            return Optional.of(CLASSES.get(outermost));
        }
        if (folder.equals(ApiNames.PACKAGE) || folder.isEmpty() || SafeClasses.contains(outermost)) {
            return Optional.empty();
        }
        return Optional.of(PACKAGES.getOrDefault(folder, OTHERWISE));
    }

    /// The remedy when a member of a class may not be used.
    Optional<String> refuseMember(String owner, String member) {
        return refuseClass(owner).or(() -> switch (owner) {
            case "java.lang.System" -> system(member);
            case "java.lang.Class" -> CLASS.contains(member) ? Optional.empty() : Optional.of(REFLECTION);
            default -> anywhere(owner, member);
        });
    }

    private static Optional<String> system(String member) {
        if (member.equals("out") || member.equals("err")) {
            return Optional.of(PRINTING);
        }
        return SYSTEM.contains(member)
                ? Optional.empty()
                : Optional.of("Leave the JVM alone: return from the rule, or write throw reject(\"…\").");
    }

    private Optional<String> anywhere(String owner, String member) {
        if (apps.contains(folder(owner))) {
            return Optional.empty();
        }
        if (OBJECT.contains(member)) {
            return Optional.of(THREADS);
        }
        if (member.equals("printStackTrace")) {
            return Optional.of(PRINTING);
        }
        if (PROPERTIES.contains(owner + "." + member)) {
            return Optional.of("Settings of the server are out of reach of apps; parse with valueOf.");
        }
        if (member.equals("<init>") && MADE_BY_THE_PLATFORM.contains(owner)) {
            return Optional.of(DOOR);
        }
        if (owner.equals("java.util.concurrent.TimeUnit") && (member.equals("sleep") || member.startsWith("timed"))) {
            return Optional.of("Use sleep in a process; it holds no thread.");
        }
        return owner.startsWith("java.util.") ? Optional.ofNullable(MEMBERS.get(member)) : Optional.empty();
    }

    /// The remedy when a whole package may not be imported.
    Optional<String> refusePackage(String name) {
        boolean known = apps.contains(name) || name.equals(ApiNames.PACKAGE) || SafeClasses.hasPackage(name);
        return known && !PACKAGES.containsKey(name)
                ? Optional.empty()
                : Optional.of(PACKAGES.getOrDefault(name, OTHERWISE));
    }

    private static String folder(String binaryName) {
        return binaryName.substring(0, Math.max(0, binaryName.lastIndexOf('.')));
    }
}

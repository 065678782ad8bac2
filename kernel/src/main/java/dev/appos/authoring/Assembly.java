package dev.appos.authoring;

import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.object.AppDefinition;
import dev.appos.object.ConstantDefinition;
import dev.appos.object.Definition;
import dev.appos.object.FolderDefinition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.PageDefinition;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.ProcessCode;
import dev.appos.object.ProcessDefinition;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RecordEvent;
import dev.appos.object.RuleDefinition;
import dev.appos.registry.Problem;
import dev.appos.registry.Reference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts together what each file told: helpers count for the objects that call them, through any number of calls, and
/// so do references, writing, chance and the hash of a process.
final class Assembly {

    private final Map<String, CodeUnit> units = new HashMap<>();
    private final Map<String, Set<String>> objects = new LinkedHashMap<>();
    private final Map<String, Set<String>> overrides = new HashMap<>();
    private final List<Definition> drafts = new ArrayList<>();
    private final List<FileFacts.GroupUse> groups = new ArrayList<>();
    private final Set<String> filters = new LinkedHashSet<>();
    private final List<FileFacts.Listener> listeners = new ArrayList<>();
    private final Set<String> writing;

    Assembly(Collection<FileFacts> files) {
        for (FileFacts file : files) {
            units.putAll(file.units());
            objects.putAll(file.objects());
            file.overrides().forEach(
                    (key, by) -> overrides.computeIfAbsent(key, _ -> new LinkedHashSet<>()).addAll(by));
            drafts.addAll(file.definitions());
            groups.addAll(file.groups());
            filters.addAll(file.filters());
            listeners.addAll(file.listeners());
        }
        this.writing = writing();
    }

    /// The definitions with what only the whole can tell.
    List<Definition> definitions() {
        List<Definition> definitions = new ArrayList<>();
        for (Definition draft : drafts) {
            definitions.add(switch (draft) {
                case RuleDefinition rule -> new RuleDefinition(rule.ref(), rule.description(), rule.parameters(),
                        rule.returns(), writing.contains(rule.ref().toString()), catches(rule.ref()), rule.keptFor(),
                        rule.access(), rule.source());
                case ProcessDefinition process -> process.with(new ProcessCode(
                        hash(process.ref().toString()), catches(process.ref()), signals(process.ref())));
                case RecordDefinition record -> heard(record);
                case ConstantDefinition constant -> constant;
                case InterfaceDefinition screen -> screen;
                case PageDefinition page -> page;
                case FolderDefinition folder -> folder;
                case PlatformDefinition platform -> platform;
            });
        }
        return definitions;
    }

    /// The record type with what other objects want done about its records.
    private RecordDefinition heard(RecordDefinition record) {
        List<RecordEvent> events = new ArrayList<>(record.events());
        listeners.stream()
                .filter(listener -> listener.record().equals(record.ref().toString()))
                .map(FileFacts.Listener::event)
                .distinct()
                .forEach(events::add);
        return events.size() == record.events().size() ? record : record.withEvents(events);
    }

    /// A fingerprint of what each object runs, helpers included.
    Map<Ref, String> hashes() {
        Map<Ref, String> hashes = new HashMap<>();
        objects.keySet().forEach(object -> hashes.put(Ref.of(object), hash(object)));
        return hashes;
    }

    /// The classes whose code each process runs, by binary name.
    Map<Ref, Set<String>> processes() {
        Map<Ref, Set<String>> processes = new HashMap<>();
        objects.forEach((object, roots) -> {
            if (object.contains(".processes.")) {
                processes.put(Ref.of(object), reach(roots, true).stream()
                        .map(key -> key.substring(0, key.indexOf('#')))
                        .collect(Collectors.toUnmodifiableSet()));
            }
        });
        return processes;
    }

    /// Who touches whom, each place once.
    List<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        objects.forEach((from, roots) -> reach(roots, true).forEach(key -> units.get(key).uses().forEach(use -> {
            if (!use.target().equals(from)) {
                references.add(new Reference(
                        Ref.of(from), Ref.of(use.target()), use.access(), use.file(), use.line(), use.member()));
            }
        })));
        listeners.forEach(each -> references.add(new Reference(
                Ref.of(each.record()), each.event().calls().orElseThrow(), "execute", each.file(), each.line(), "")));
        listeners.forEach(each -> each.event().condition().ifPresent(rule -> references.add(new Reference(
                each.event().calls().orElseThrow(), Ref.of(rule), "execute", each.file(), each.line(), ""))));
        definitions().forEach(definition -> {
            if (definition instanceof ProcessDefinition process) {
                process.triggers().told().forEach(told -> told.when().ifPresent(rule -> references.add(new Reference(
                        process.ref(), rule, "execute", process.source().file(), process.source().line(), ""))));
            }
        });
        return List.copyOf(references);
    }

    /// Faults that no file can tell by itself: chance in a process, groups that nobody declares, a rule that writes and
    /// would keep its answer.
    void check(Collection<AppDefinition> apps, Faults faults) {
        ScheduleCheck schedules = new ScheduleCheck();
        definitions().forEach(definition -> {
            if (definition instanceof ProcessDefinition process) {
                schedules.check(process, apps, faults);
            }
            if (definition instanceof RuleDefinition rule && rule.writes() && rule.keptFor().isPresent()) {
                faults.add(new Problem(rule.source().file(), rule.source().line(), 1,
                        "the rule " + rule.ref().name() + " changes data, so its answer cannot be kept",
                        "Take cacheable away, or what changes data."));
            }
        });
        objects.forEach((ref, roots) -> {
            boolean process = ref.contains(".processes.");
            if (process || ref.contains(".constants.")) {
                reach(roots, false).forEach(key -> units.get(key).hazards().forEach(hazard -> faults.add(new Problem(
                        hazard.file(), hazard.line(), hazard.column(), hazard.message().formatted(ref)
                                .replace("the process " + ref, (process ? "the process " : "the constant ") + ref),
                        process ? hazard.remedy() : "Say the value itself: a constant reads and runs nothing."))));
            }
        });
        reach(filters, true).forEach(key -> units.get(key).callsOut().forEach(call -> faults.add(
                new Problem(call.file(), call.line(), call.column(), call.message(), call.remedy()))));
        Set<String> known = new TreeSet<>();
        apps.forEach(app -> known.addAll(app.groups()));
        for (FileFacts.GroupUse use : groups) {
            if (!known.contains(use.group())) {
                faults.add(new Problem(use.file(), use.line(), use.column(),
                        "no app.yaml declares the group " + use.group(), groupRemedy(use.group(), known)));
            }
        }
    }

    static String groupRemedy(String group, Set<String> known) {
        return Nearest.of(group, known).map(near -> "Did you mean " + near + "?")
                .orElse("Add it to groups in app.yaml" + (known.isEmpty() ? "." : ", or use one of "
                        + String.join(", ", known) + "."));
    }

    /// Rules and processes that may change data, themselves or through what they call.
    private Set<String> writing() {
        Set<String> found = new LinkedHashSet<>();
        int before = -1;
        while (before != found.size()) {
            before = found.size();
            objects.forEach((ref, roots) -> {
                boolean writes = reach(roots, true).stream().map(units::get).anyMatch(unit -> unit.writes()
                        || unit.uses().stream().anyMatch(use -> use.access().equals("write")
                                || use.access().equals("execute")
                                && (use.target().contains(".processes.") || found.contains(use.target()))));
                if (writes) {
                    found.add(ref);
                }
            });
        }
        return found;
    }

    private Map<String, String> signals(Ref process) {
        Map<String, String> signals = new TreeMap<>();
        reach(objects.getOrDefault(process.toString(), Set.of()), true)
                .forEach(key -> signals.putAll(units.get(key).signals()));
        return signals;
    }

    private boolean catches(Ref object) {
        return reach(objects.getOrDefault(object.toString(), Set.of()), true).stream()
                .anyMatch(key -> units.get(key).catches());
    }

    /// The units that run when the roots do.
    private SortedSet<String> reach(Set<String> roots, boolean alsoInSteps) {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String key = open.poll();
            if (units.containsKey(key) && reached.add(key)) {
                open.addAll(units.get(key).calls());
                if (alsoInSteps) {
                    open.addAll(units.get(key).callsInSteps());
                }
            }
            if (overrides.containsKey(key)) {
                overrides.get(key).stream().filter(by -> !reached.contains(by)).forEach(open::add);
            }
        }
        return reached;
    }

    private String hash(String object) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String key : reach(objects.getOrDefault(object, Set.of()), true)) {
                digest.update((key + "\n" + units.get(key).text() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.appos.data;

import static dev.appos.dispatch.PlatformRule.optional;
import static dev.appos.dispatch.PlatformRule.required;

import dev.appos.base.Json;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Permit;
import dev.appos.dispatch.PlatformRule;
import dev.appos.dispatch.Visibility;
import dev.appos.object.ImportHandling.OnConflict;
import dev.appos.object.Imported;
import dev.appos.object.Input;
import dev.appos.object.Parameter;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the platform offers on imports: `platform.rules.start_import` and its siblings. A job is seen by who started it
/// and by administrators; to others it does not exist.
final class JobRules {

    /// The rule behind which a part of a file is dealt with.
    static final String PART = "import_part";

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final int LARGEST_ERRORS = 10_000;
    private static final int SHOWN_ERRORS = 20;
    private static final int LONGEST_NAME = 255;

    private final ImportParts parts;
    private final ImportRunner runner;

    JobRules(ImportParts parts, ImportRunner runner) {
        this.parts = parts;
        this.runner = runner;
    }

    List<PlatformRule> all() {
        Parameter id = required("id", ValueType.TEXT);
        List<Parameter> started = List.of(
                required("record", ValueType.TEXT), required("upload", ValueType.TEXT),
                optional("file_name", ValueType.TEXT), required("options", ValueType.MAP));
        return List.of(
                PlatformRule.writes(
                        "start_import", "Begins to bring the rows of a file into a record; answers the job.",
                        Permission.VIEW, started, (permit, inputs) -> start(permit, inputs, false)),
                PlatformRule.writes(
                        "start_fast_import",
                        "Begins to copy the rows of a file into a record, without events and field history.",
                        Permission.ADMIN, started, (permit, inputs) -> start(permit, inputs, true)),
                PlatformRule.writes(
                        PART, "Deals with the next rows of a file; the platform alone calls it, as who began the job.",
                        Permission.VIEW, List.of(id), this::part),
                PlatformRule.reads(
                        "list_jobs", "Imports, the newest first: your own, for administrators everybody's.",
                        Permission.VIEW,
                        List.of(optional("status", ValueType.TEXT), optional("limit", ValueType.INTEGER),
                                optional("cursor", ValueType.TEXT)),
                        this::list),
                PlatformRule.reads(
                        "get_job", "How far an import is, what it did, and the first errors.", Permission.VIEW,
                        List.of(id), (permit, inputs) -> {
                            Job job = seen(permit, inputs);
                            Map<String, @Nullable Object> shown = shown(job);
                            shown.put("errors", JobTable.errors(permit.sql(), job.id(), -1, SHOWN_ERRORS));
                            return shown;
                        }),
                PlatformRule.reads(
                        "list_job_errors", "What was wrong with rows of the file, in its order.", Permission.VIEW,
                        List.of(id, optional("limit", ValueType.INTEGER), optional("cursor", ValueType.TEXT)),
                        this::errors),
                PlatformRule.writes(
                        "cancel_job", "Ends an import after the rows it deals with; what is in stays in.",
                        Permission.VIEW, List.of(id), this::cancel),
                PlatformRule.writes(
                        "resume_job", "Lets an import that failed or was cancelled go on where it stands.",
                        Permission.VIEW, List.of(id), this::resume));
    }

    private Object start(Permit permit, Map<String, Object> inputs, boolean fast) {
        ImportOptions options = ImportOptions.of(Json.object(inputs.get("options"), "options"));
        if (options.fast() != fast) {
            throw Refusal.malformed(
                    "The mode is not this rule's.", "Use start_fast_import for mode fast, and only so.");
        }
        Visibility visible = permit.visible();
        Ref ref = Ref.parse((String) inputs.get("record")).orElseThrow(() -> Refusal.notFound("such record"));
        RecordDefinition record = visible.record(ref).map(visible::seen).orElseThrow(() -> Dispatcher.unknown(ref));
        need(permit, ref, Permission.CREATE);
        if (options.onConflict() == OnConflict.UPDATE) {
            need(permit, ref, Permission.UPDATE);
        }
        UUID upload = id((String) inputs.get("upload"), "upload");
        Path file = parts.uploads().take(upload, permit.principal().name())
                .orElseThrow(() -> Refusal.notFound("upload " + upload));
        try {
            check(permit, new Mapping(visible, record, options), file, options);
            String name = String.valueOf(inputs.getOrDefault("file_name", "")).replace('\0', ' ');
            Job job = new Job(
                    parts.ids().next(), ref.toString(), upload, options, "queued", 0, Optional.empty(),
                    permit.context().executionId(), permit.principal().name(), Map.of());
            JobTable.add(permit.sql(), job, name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                    permit.context().at());
            permit.afterCommit(runner::wake);
            return shown(JobTable.find(permit.sql(), job.id()).orElseThrow());
        } catch (RuntimeException e) {
            parts.uploads().remove(upload);
            throw e;
        }
    }

    /// What can be known before the first row.
    private static void check(Permit permit, Mapping mapping, Path file, ImportOptions options) {
        try (RowFile rows = RowFile.open(file, options)) {
            List<String> columns = mapping.header(rows.names());
            if (options.onConflict() != OnConflict.REFUSE) {
                mapping.key(columns);
            } else if (columns.contains(Mapping.ID) && !permit.account().isSystemAdmin()) {
                throw Refusal.invalid("The file", "/" + mapping.nameOf(Mapping.ID), "read_only",
                        "is kept for administrators only; leave the column out with map: "
                                + mapping.nameOf(Mapping.ID) + "=");
            }
        }
    }

    private static void need(Permit permit, Ref ref, Permission permission) {
        if (!permit.allows(ref, permission)) {
            throw Refusal.forbidden(ref + "." + permission.word(), "no group of yours may");
        }
    }

    private @Nullable Object part(Permit permit, Map<String, Object> inputs) {
        UUID id = id((String) inputs.get("id"), "job");
        Part part = runner.part(id)
                .filter(each -> each.job().startedBy().equals(permit.principal().name()))
                .orElseThrow(() -> Refusal.notFound("part of job " + id + " to deal with"));
        if (!JobTable.claim(permit.sql(), id, part.from(), part.to())) {
            throw Refusal.conflict("Job " + id + " has moved on.", "Look at it again.");
        }
        Imported imported = new Imported(0, 0, 0, List.of());
        if (!part.rows().isEmpty()) {
            boolean dry = part.job().options().dryRun();
            if (dry) {
                permit.sql().execute("savepoint appos_dry_run");
            }
            imported = (Imported) permit.call(
                    Call.of(part.record(), new Input.ImportRecords(part.rows(), part.handling())));
            if (dry) {
                permit.sql().execute("rollback to savepoint appos_dry_run");
            }
        }
        JobTable.done(permit.sql(), id, imported, part.faults(imported));
        return null;
    }

    private Object list(Permit permit, Map<String, Object> inputs) {
        Optional<String> by = permit.account().isSystemAdmin()
                ? Optional.empty() : Optional.of(permit.principal().name());
        int limit = limit(inputs, USUAL_PAGE, LARGEST_PAGE);
        List<Job> found = JobTable.list(
                permit.sql(), by, Optional.ofNullable((String) inputs.get("status")),
                Optional.ofNullable((String) inputs.get("cursor")).map(cursor -> id(cursor, "cursor")), limit + 1);
        List<Job> page = found.size() > limit ? found.subList(0, limit) : found;
        return page(page.stream().map(JobRules::shown).toList(),
                found.size() > limit ? page.getLast().id().toString() : null);
    }

    private Object errors(Permit permit, Map<String, Object> inputs) {
        Job job = seen(permit, inputs);
        int limit = limit(inputs, USUAL_PAGE, LARGEST_ERRORS);
        long after = -1;
        if (inputs.get("cursor") instanceof String cursor) {
            if (!cursor.matches("\\d{1,18}")) {
                throw Refusal.invalid("The page", "/cursor", "form", "must be the next of an earlier page");
            }
            after = Long.parseLong(cursor);
        }
        List<Map<String, @Nullable Object>> found = JobTable.errors(permit.sql(), job.id(), after, limit);
        Object last = found.size() < limit ? null : found.getLast().get("place");
        return page(found, last == null ? null : last.toString());
    }

    private static Map<String, @Nullable Object> page(List<?> items, @Nullable String next) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", next);
        return page;
    }

    private Object cancel(Permit permit, Map<String, Object> inputs) {
        Job job = seen(permit, inputs);
        JobTable.finish(permit.sql(), job.id(), "cancelled", null, permit.context().at());
        return shown(JobTable.find(permit.sql(), job.id()).orElseThrow());
    }

    private Object resume(Permit permit, Map<String, Object> inputs) {
        Job job = seen(permit, inputs);
        if (!parts.uploads().has(job.file()) || !JobTable.reopen(permit.sql(), job.id())) {
            throw Refusal.conflict(
                    "Job " + job.id() + " is " + job.status() + " and cannot go on"
                            + (parts.uploads().has(job.file()) ? "." : ": its file is not on this server any more."),
                    "Look at what it did, and send what is missing as a new import.");
        }
        permit.afterCommit(runner::wake);
        return shown(JobTable.find(permit.sql(), job.id()).orElseThrow());
    }

    /// The job, if the caller may know of it.
    private Job seen(Permit permit, Map<String, Object> inputs) {
        UUID id = id((String) inputs.get("id"), "job");
        return JobTable.find(permit.sql(), id)
                .filter(job -> permit.account().isSystemAdmin() || job.startedBy().equals(permit.principal().name()))
                .orElseThrow(() -> Refusal.notFound("job " + id));
    }

    private static Map<String, @Nullable Object> shown(Job job) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(job.shown());
        shown.put("poll_url", "/api/v1/jobs/" + job.id());
        return shown;
    }

    private static int limit(Map<String, Object> inputs, int usual, int most) {
        int limit = (int) inputs.getOrDefault("limit", usual);
        if (limit < 1 || limit > most) {
            throw Refusal.invalid("The page", "/limit", "range", "must be between 1 and " + most);
        }
        return limit;
    }

    private static UUID id(String written, String what) {
        try {
            return UUID.fromString(written);
        } catch (IllegalArgumentException _) {
            throw Refusal.notFound(what + " " + written);
        }
    }
}

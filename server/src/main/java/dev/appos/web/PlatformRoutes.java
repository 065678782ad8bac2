package dev.appos.web;

import dev.appos.base.Nearest;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.Parameter;
import dev.appos.object.PlatformDefinition;
import dev.appos.object.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The addresses behind which there is a rule of the platform: what stands in the path, in the query and in the body
/// are its inputs.
final class PlatformRoutes {

    private static final Pattern PATH_INPUT = Pattern.compile("\\{(\\w+)}");

    private final Calls calls;

    PlatformRoutes(Calls calls) {
        this.calls = calls;
    }

    List<Route> routes() {
        return Stream.of(people(), administration(), work()).flatMap(List::stream).toList();
    }

    private List<Route> people() {
        return List.of(
                at("GET", "/api/admin/users", "list_users", 200),
                at("POST", "/api/admin/users", "create_user", 201),
                at("GET", "/api/admin/users/{username}", "get_user", 200),
                at("PATCH", "/api/admin/users/{username}", "update_user", 200),
                at("POST", "/api/admin/users/{username}/deactivate", "deactivate_user", 200),
                at("POST", "/api/admin/users/{username}/reactivate", "reactivate_user", 200),
                at("POST", "/api/admin/users/{username}/api-keys", "create_api_key", 201),
                at("GET", "/api/admin/users/{username}/api-keys", "list_api_keys", 200),
                at("POST", "/api/admin/users/{username}/password", "reset_password", 204),
                at("DELETE", "/api/admin/users/{username}/api-keys/{id}", "revoke_api_key", 204),
                at("POST", "/api/admin/users/{username}/api-keys/{id}/rotate", "rotate_api_key", 200),
                at("DELETE", "/api/admin/users/{username}/sessions", "end_sessions", 200),
                at("DELETE", "/api/admin/users/{username}/second-factor", "reset_second_factor", 204),
                at("GET", "/api/admin/groups", "list_groups", 200),
                at("POST", "/api/admin/groups", "create_group", 201),
                at("GET", "/api/admin/groups/{group}", "get_group", 200),
                at("GET", "/api/admin/groups/{group}/members", "get_group_members", 200),
                at("GET", "/api/admin/users/{username}/groups", "get_user_groups", 200),
                at("POST", "/api/admin/groups/{group}/deactivate", "deactivate_group", 200),
                at("POST", "/api/admin/groups/{group}/reactivate", "reactivate_group", 200),
                at("PUT", "/api/admin/groups/{group}/apps/{app}", "add_app_to_group", 200),
                at("DELETE", "/api/admin/groups/{group}/apps/{app}", "remove_app_from_group", 200),
                at("PUT", "/api/admin/groups/{group}/members/{username}", "add_user_to_group", 204),
                at("DELETE", "/api/admin/groups/{group}/members/{username}", "remove_user_from_group", 204));
    }

    private List<Route> administration() {
        return List.of(
                at("GET", "/api/admin/grants", "list_grants", 200),
                at("POST", "/api/admin/grants", "add_grant", 201),
                at("DELETE", "/api/admin/grants", "remove_grant", 204),
                at("GET", "/api/admin/public", "list_public", 200),
                at("GET", "/api/admin/explain", "explain_access", 200),
                at("GET", "/api/admin/sessions", "list_sessions", 200),
                at("DELETE", "/api/admin/sessions/{id}", "end_session", 204),
                at("GET", "/api/admin/logins", "list_logins", 200),
                at("GET", "/api/admin/audit", "list_audit", 200),
                at("GET", "/api/admin/audit/verify", "verify_audit", 200),
                at("GET", "/api/admin/logs", "list_logs", 200),
                at("PUT", "/api/admin/logs/level", "set_log_level", 200),
                at("GET", "/api/admin/metrics", "list_metrics", 200),
                at("GET", "/api/admin/objects", "list_objects", 200),
                at("GET", "/api/admin/objects/{ref}", "get_object", 200),
                at("GET", "/api/admin/objects/{ref}/impact", "impact", 200),
                at("POST", "/api/admin/documents/clean", "clean_documents", 200),
                at("GET", "/api/admin/record-events", "list_record_events", 200),
                at("POST", "/api/admin/record-events/{id}/retry", "retry_record_event", 200),
                at("DELETE", "/api/admin/record-events/{id}", "drop_record_event", 204),
                at("GET", "/api/admin/record-reads", "list_record_reads", 200),
                at("POST", "/api/admin/record-clean-up", "clean_up_records", 200),
                at("GET", "/api/admin/constants", "list_constants", 200),
                at("DELETE", "/api/admin/constants/{ref}", "reset_constant", 200),
                at("GET", "/api/admin/problems", "list_problems", 200),
                at("GET", "/api/admin/settings", "list_settings", 200),
                Route.put("/api/admin/settings/{key}", "platform.rules.set_setting", this::setting),
                at("DELETE", "/api/admin/settings/{key}", "reset_setting", 204));
    }

    private List<Route> work() {
        return List.of(
                at("GET", "/api/v1/environment", "get_environment", 200),
                at("GET", "/api/v1/apps/{app}/config", "get_app_config", 200),
                at("GET", "/api/v1/apps/{app}/events", "list_app_events", 200),
                at("POST", "/api/v1/undo", "undo", 200),
                at("GET", "/api/admin/changes", "list_changes", 200),
                at("GET", "/api/admin/health", "get_health", 200),
                at("POST", "/api/admin/health", "check_health", 200),
                at("POST", "/api/v1/ask", "ask", 200),
                at("GET", "/api/v1/processes", "list_processes", 200),
                at("GET", "/api/v1/processes/stranded", "stranded_processes", 200),
                at("GET", "/api/v1/processes/patches", "list_patches", 200),
                at("POST", "/api/v1/processes/migrate", "migrate_process", 200),
                at("GET", "/api/v1/processes/{id}", "get_process", 200),
                at("GET", "/api/v1/processes/{id}/steps", "list_process_steps", 200),
                at("POST", "/api/v1/processes/{id}/cancel", "cancel_process", 200),
                at("POST", "/api/v1/processes/{id}/pause", "pause_process", 200),
                at("POST", "/api/v1/processes/{id}/resume", "resume_process", 200),
                at("POST", "/api/v1/processes/{id}/retry", "retry_process", 200),
                at("POST", "/api/v1/events/{event}", "fire_event", 200),
                at("GET", "/api/v1/schedules", "list_schedules", 200),
                at("PATCH", "/api/v1/schedules/{id}", "set_schedule", 200),
                at("POST", "/api/v1/schedules/{id}/run", "run_schedule", 202),
                Route.post("/api/v1/processes/{id}/signals/{name}",
                        "Sends a signal to an instance, with the body as its value.", this::signal),
                at("GET", "/api/v1/jobs", "list_jobs", 200),
                at("GET", "/api/v1/jobs/{id}", "get_job", 200),
                at("GET", "/api/v1/jobs/{id}/errors", "list_job_errors", 200),
                at("POST", "/api/v1/jobs/{id}/cancel", "cancel_job", 200),
                at("POST", "/api/v1/jobs/{id}/resume", "resume_job", 200),
                at("GET", "/api/v1/approvals", "list_approvals", 200),
                at("POST", "/api/v1/approvals/{id}", "decide_approval", 200),
                at("POST", "/api/v1/approvals/{id}/claim", "claim_task", 200),
                at("POST", "/api/v1/approvals/{id}/unclaim", "unclaim_task", 200),
                at("POST", "/api/v1/approvals/{id}/assign", "assign_task", 200),
                at("GET", "/api/v1/agents", "list_agents", 200),
                at("POST", "/api/v1/agents", "create_agent", 201),
                at("POST", "/api/v1/agents/{name}/stop", "stop_agent", 200),
                at("POST", "/api/v1/agents/{name}/resume", "resume_agent", 200),
                at("GET", "/api/v1/policies", "list_policies", 200),
                Route.put("/api/v1/policies/{name}", "Sets a policy, as JSON or YAML.", this::policy),
                at("POST", "/api/v1/policies/evaluate", "evaluate_policy", 200));
    }

    private Route at(String method, String path, String rule, int status) {
        return new Route(method, path, Route.Who.LOGGED_IN, "platform.rules." + rule, request -> {
            Object answer = calls.platform(request, rule, inputs(request, path, rule));
            return status == 204 ? Response.empty(204) : Response.json(status, answer);
        });
    }

    private Map<String, Object> inputs(Request request, String path, String rule) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            inputs.putAll(request.objectOrEmpty());
        }
        List<Parameter> parameters = parameters(rule);
        request.query().forEach((name, values) -> inputs.put(name, parse(parameters, name, values)));
        Matcher named = PATH_INPUT.matcher(path);
        while (named.find()) {
            inputs.put(named.group(1), request.param(named.group(1)));
        }
        return inputs;
    }

    private Response signal(Request request) {
        return Response.json(202, calls.platform(request, "signal_process", Map.of(
                "id", request.param("id"), "name", request.param("name"), "value", request.objectOrEmpty())));
    }

    private Response policy(Request request) {
        boolean yaml = request.header("Content-Type").orElse("").contains("yaml");
        Object body = yaml ? Yaml.read(request.body()) : request.json();
        return Response.json(calls.platform(
                request, "put_policy", Map.of("name", request.param("name"), "policy", body)));
    }

    /// A number or a truth value is taken as it is written.
    private Response setting(Request request) {
        Map<String, Object> inputs = inputs(request, "/api/admin/settings/{key}", "set_setting");
        inputs.computeIfPresent("value", (_, value) ->
                value instanceof Number || value instanceof Boolean ? value.toString() : value);
        calls.platform(request, "set_setting", inputs);
        return Response.empty(204);
    }

    private List<Parameter> parameters(String rule) {
        return calls.snapshot().find(new Ref(Ref.PLATFORM, "rules", rule))
                .map(PlatformDefinition.class::cast)
                .map(PlatformDefinition::parameters)
                .orElseThrow(() -> new IllegalStateException("there is no platform rule " + rule));
    }

    private static Object parse(List<Parameter> parameters, String name, List<String> values) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        Parameter parameter = parameters.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.malformed(
                        "There is no option \"" + name + "\" here.", Nearest.remedy(name, names)));
        if (values.size() != 1) {
            throw Refusal.malformed(name + " is given " + values.size() + " times.", "Give it once.");
        }
        try {
            return Values.parse(parameter.type(), parameter.choices(), values.getFirst());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The request", "/" + name, "type", String.valueOf(e.getMessage()));
        }
    }
}

package dev.appos.mcp;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Call;
import dev.appos.dispatch.Context;
import dev.appos.dispatch.Dispatcher;
import dev.appos.dispatch.Failure;
import dev.appos.dispatch.Visibility;
import dev.appos.govern.Skills;
import dev.appos.object.Action;
import dev.appos.object.Input;
import dev.appos.object.Page;
import dev.appos.object.Permission;
import dev.appos.object.PlatformDefinition;
import dev.appos.registry.Registry;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Principal;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The MCP server: one message in, one message out, nothing kept between them.
///
/// A caller is shown exactly the tools behind which it holds the permission and, for an agent, the skill. A tool it is
/// not shown answers like one that does not exist.
public final class Endpoint {

    private static final String CONTEXT = "context";
    private static final String INSTRUCTIONS =
            "Each tool is an object of a business application. A refusal says what to do next in its remedy; "
                    + "when it names an approval, wait for it and then send exactly the same call again.";

    /// The protocol's server for one snapshot of the apps.
    private record Served(Snapshot snapshot, Map<String, Tool> tools, Transport transport) {}

    private final Dispatcher dispatcher;
    private final Registry registry;
    private final String version;
    private final JacksonMcpJsonMapper json = new JacksonMcpJsonMapper(Json.mapper());
    private volatile @Nullable Served served;

    public Endpoint(Dispatcher dispatcher, Registry registry, String version) {
        this.dispatcher = dispatcher;
        this.registry = registry;
        this.version = version;
    }

    /// Answers one JSON-RPC message; a notification has no answer.
    public Optional<byte[]> answer(Context context, byte[] body) {
        McpTransportContext transport = McpTransportContext.create(Map.of(CONTEXT, context));
        try {
            return switch (Messages.read(json, body)) {
                case McpSchema.JSONRPCRequest request -> Optional.ofNullable(
                                served().transport().handler().handleRequest(transport, request).block())
                        .map(answer -> Json.bytes(seen(context, answer)));
                case McpSchema.JSONRPCNotification notification -> {
                    served().transport().handler().handleNotification(transport, notification).block();
                    yield Optional.empty();
                }
                case McpSchema.JSONRPCMessage _ -> Optional.empty();
            };
        } catch (Messages.Malformed malformed) {
            return Optional.of(malformed.answer());
        }
    }

    /// The server for today's apps, made when the first caller after a change needs it.
    private Served served() {
        Served known = served;
        Snapshot current = registry.current();
        if (known != null && known.snapshot() == current) {
            return known;
        }
        Map<String, Tool> tools = new LinkedHashMap<>();
        Tools.of(current).forEach(tool -> tools.put(tool.name(), tool));
        Transport transport = new Transport();
        McpServer.sync(transport)
                .serverInfo("AppOS", version)
                .instructions(INSTRUCTIONS)
                .jsonMapper(json)
                .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
                .immediateExecution(true)
                .validateToolInputs(false)
                .tools(tools.values().stream().map(this::specification).toList())
                .addToolFilter((from, tool) -> shown(context(from), tools.get(tool.name())))
                .build();
        Served made = new Served(current, tools, transport);
        served = made;
        return made;
    }

    /// A list of tools without the fields that do not exist for the caller: the protocol's server knows one for all.
    private McpSchema.JSONRPCResponse seen(Context context, McpSchema.JSONRPCResponse answer) {
        if (!(answer.result() instanceof McpSchema.ListToolsResult list)) {
            return answer;
        }
        Map<String, Tool> known = served().tools();
        List<McpSchema.Tool> tools = list.tools().stream()
                .map(tool -> {
                    Tool whole = known.get(tool.name());
                    Tool seen = whole == null ? null : seen(context, whole);
                    return seen == whole || seen == null ? tool : described(seen);
                })
                .toList();
        return new McpSchema.JSONRPCResponse(
                answer.jsonrpc(),
                answer.id(),
                new McpSchema.ListToolsResult(tools, list.nextCursor(), list.meta()),
                answer.error());
    }

    private Tool seen(Context context, Tool tool) {
        Visibility visible = dispatcher.visibility(context, registry.current());
        return visible.record(tool.ref())
                .filter(record -> !visible.hidden(record).isEmpty())
                .map(record -> RecordTools.of(visible.seen(record), tool))
                .orElse(tool);
    }

    private static McpSchema.Tool described(Tool tool) {
        return McpSchema.Tool.builder()
                .name(tool.name())
                .description(tool.description())
                .inputSchema(tool.schema())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(!tool.action().writes())
                        .destructiveHint(tool.action() == Action.DELETE)
                        .openWorldHint(false)
                        .build())
                .build();
    }

    private SyncToolSpecification specification(Tool tool) {
        return SyncToolSpecification.builder()
                .tool(described(tool))
                .callHandler((from, request) -> call(context(from), tool, request))
                .build();
    }

    private CallToolResult call(Context context, Tool tool, CallToolRequest request) {
        boolean shown = shown(context, tool);
        try {
            Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
            Input input = seen(context, tool).input().apply(arguments);
            Object answer = dispatcher.dispatch(context, Call.of(tool.ref(), input));
            return answered(answer, context);
        } catch (Refusal refusal) {
            if (!shown) {
                throw unknown(tool.name());
            }
            return result(problem(refusal, context, tool), true);
        } catch (Failure failure) {
            return failed("The call failed.", failure.executionId());
        }
    }

    private static CallToolResult answered(@Nullable Object answer, Context context) {
        try {
            return result(plain(answer), false);
        } catch (RuntimeException | StackOverflowError unwritable) {
            // The work is done; what app code answered is nothing that JSON can say.
            return failed("The answer cannot be written as JSON.", context.executionId());
        }
    }

    private static CallToolResult failed(String detail, String executionId) {
        return result(Map.of("reason", "failure", "detail", detail, "execution_id", executionId), true);
    }

    private boolean shown(Context context, Tool tool) {
        Principal principal = context.principal();
        boolean skilled = !(principal instanceof Principal.Agent agent)
                || agent.skills().map(skills -> Skills.allow(skills, tool.ref(), tool.action())).orElse(true);
        Snapshot snapshot = registry.current();
        Permission needed = snapshot.find(tool.ref()).orElse(null) instanceof PlatformDefinition rule
                ? rule.needs()
                : tool.action().permission();
        return skilled && dispatcher.allows(principal, snapshot, tool.ref(), needed);
    }

    private static Map<String, Object> problem(Refusal refusal, Context context, Tool tool) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("reason", refusal.reason().name().toLowerCase(Locale.ROOT));
        problem.put("detail", refusal.getMessage());
        problem.put("remedy", refusal.remedy());
        problem.put("execution_id", context.executionId());
        problem.put("timestamp", context.at().toString());
        problem.put("object_ref", tool.ref().toString());
        problem.put("object_type", tool.ref().type());
        if (!refusal.faults().isEmpty()) {
            problem.put("errors", Plain.of(refusal.faults()));
        }
        refusal.approval().ifPresent(approval -> problem.put("approval", approval));
        refusal.retryAfter().ifPresent(wait -> problem.put("retry_after_seconds", wait.toSeconds()));
        return problem;
    }

    /// Structured content must be an object; anything else is put under `result`.
    private static Map<String, ?> plain(@Nullable Object answer) {
        if (answer instanceof Page page) {
            Map<String, @Nullable Object> rows = new LinkedHashMap<>();
            rows.put("rows", Plain.of(page.rows()));
            page.total().ifPresent(total -> rows.put("total", total));
            return rows;
        }
        Object plain = Plain.of(answer);
        if (plain instanceof Map<?, ?> map) {
            return Json.object(map, "The answer");
        }
        Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
        wrapped.put("result", plain);
        return wrapped;
    }

    private static CallToolResult result(Map<String, ?> content, boolean refused) {
        return CallToolResult.builder()
                .addTextContent(Json.write(content))
                .structuredContent(content)
                .isError(refused)
                .build();
    }

    /// What the protocol's server says of a tool it does not have.
    private static McpError unknown(String name) {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message("Unknown tool: invalid_tool_name")
                .data("Tool not found: " + name)
                .build();
    }

    private static Context context(McpTransportContext from) {
        return (Context) from.get(CONTEXT);
    }
}

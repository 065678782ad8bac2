package dev.appos.mcp;

import dev.appos.base.Json;
import dev.appos.base.Refusal;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads messages of JSON-RPC 2.0 and refuses what is none, in the protocol's own form, before the protocol's server
/// sees it: that one takes a well-formed message for granted.
final class Messages {

    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int INVALID_PARAMS = -32602;

    /// Requests that mean nothing without parameters.
    private static final Set<String> WITH_PARAMETERS = Set.of("initialize", "tools/call");

    private Messages() {}

    /// A body that is no message.
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        private final transient @Nullable Object id;
        private final int code;

        Malformed(@Nullable Object id, int code, String message) {
            super(message);
            this.id = id;
            this.code = code;
        }

        /// The error as JSON-RPC says it.
        byte[] answer() {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("jsonrpc", McpSchema.JSONRPC_VERSION);
            answer.put("id", id);
            answer.put("error", Map.of("code", code, "message", String.valueOf(getMessage())));
            return Json.bytes(answer);
        }
    }

    static McpSchema.JSONRPCMessage read(McpJsonMapper json, byte[] body) throws Malformed {
        Map<?, ?> message = object(body);
        Object id = message.get("id");
        Object method = message.get("method");
        Object parameters = message.get("params");
        boolean named = id == null || id instanceof String || id instanceof Number;
        boolean known = method == null || method instanceof String;
        if (!McpSchema.JSONRPC_VERSION.equals(message.get("jsonrpc")) || !named || !known) {
            throw new Malformed(named ? id : null, INVALID_REQUEST, "This is no message of JSON-RPC 2.0.");
        }
        if (parameters != null && !(parameters instanceof Map)) {
            throw new Malformed(id, INVALID_PARAMS, "params must be an object.");
        }
        if (parameters == null && WITH_PARAMETERS.contains(String.valueOf(method))) {
            throw new Malformed(id, INVALID_PARAMS, method + " needs params.");
        }
        if ("tools/call".equals(method) && !callable((Map<?, ?>) parameters)) {
            throw new Malformed(id, INVALID_PARAMS, "tools/call needs a name, and arguments that are an object.");
        }
        try {
            return McpSchema.deserializeJsonRpcMessage(json, Json.write(message));
        } catch (IOException | RuntimeException _) {
            throw new Malformed(id, INVALID_REQUEST, "This is no message of the Model Context Protocol.");
        }
    }

    private static boolean callable(@Nullable Map<?, ?> parameters) {
        Object arguments = parameters == null ? null : parameters.get("arguments");
        return parameters != null
                && parameters.get("name") instanceof String
                && (arguments == null || arguments instanceof Map);
    }

    private static Map<?, ?> object(byte[] body) throws Malformed {
        try {
            if (Json.read(body) instanceof Map<?, ?> message) {
                return message;
            }
        } catch (Refusal refusal) {
            throw new Malformed(null, PARSE_ERROR, String.valueOf(refusal.getMessage()));
        }
        throw new Malformed(null, INVALID_REQUEST, "One message is one JSON object; batches are not served.");
    }
}

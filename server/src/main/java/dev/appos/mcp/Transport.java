package dev.appos.mcp;

import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Hands messages that have already arrived to the protocol's server: no sockets, no sessions.
final class Transport implements McpStatelessServerTransport {

    private @Nullable McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler handler) {
        this.handler = handler;
    }

    McpStatelessServerHandler handler() {
        return Objects.requireNonNull(handler, "the server is built first");
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}

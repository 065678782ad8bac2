package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.cache.RateLimiter;
import dev.appos.dispatch.Failure;
import dev.appos.secure.Principal;
import dev.appos.trace.Faults;
import dev.appos.trace.JsonLog;
import dev.appos.trace.JsonLog.Level;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/// Serves the routes over HTTP. Whatever happens inside one, an answer leaves in one of two forms: what the route says,
/// or a problem document.
public final class Server implements AutoCloseable {

    /// A larger body is refused before it is read.
    static final int LARGEST_BODY_BYTES = 10 * 1024 * 1024;

    private static final int LARGEST_HEADER_BYTES = 16 * 1024;

    /// Connections that wait to be accepted. Beyond it they are dropped by the system, and come again after seconds.
    private static final int LONGEST_LINE = 4096;

    private static final String ANSWERED = "answered";

    private final Javalin http;
    private final Routes routes;
    private final Authentication authentication;
    private final ServerSettings settings;
    private final Addresses addresses;
    private final Cors cors;
    private final Rates rates;
    private final JsonLog log;
    private final Clock clock;

    /// Starts to listen.
    ///
    /// @throws Refusal if the port is in use
    public Server(ServerSettings settings, Routes routes, RateLimiter limiter, JsonLog log, Clock clock) {
        this.routes = routes;
        this.authentication = routes.authentication();
        this.settings = settings;
        this.addresses = new Addresses(settings.edge().proxies());
        this.cors = new Cors(settings.edge().origins());
        this.rates = new Rates(limiter, settings.edge());
        this.log = log;
        this.clock = clock;
        this.http = Javalin.create(config -> configure(config, routes));
        try {
            http.start();
        } catch (JavalinBindException _) {
            throw inUse(settings.host(), settings.port());
        }
    }

    /// Finds out whether there is anything to listen on and to prove itself with, before anything else is begun.
    ///
    /// @throws Refusal if the port is in use, the address is none of this machine, or the certificate cannot be used
    public static void check(ServerSettings settings) {
        settings.edge().tls().ifPresent(Tls::open);
        check(settings.host(), settings.port());
    }

    private static void check(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server itself does: a port that was left a moment ago is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw reason.contains("in use")
                    ? inUse(host, port)
                    : Refusal.unavailable(
                            "The server cannot listen on " + host + ", port " + port + ": " + reason + ".",
                            "Set server.host to an address of this machine, and server.port to one you may use.");
        }
    }

    private static Refusal inUse(String host, int port) {
        return Refusal.unavailable(
                "Port " + port + " on " + host + " is in use.", "Stop what listens there, or choose --port.");
    }

    public int port() {
        return http.port();
    }

    /// Accepts nothing more, lets running requests finish and stops.
    @Override
    public void close() {
        routes.close();
        http.jettyServer().server().setStopTimeout(settings.drain().get().toMillis());
        http.stop();
    }

    private void configure(JavalinConfig config, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LARGEST_BODY_BYTES;
        config.http.generateEtags = false;
        config.jetty.modifyHttpConfiguration(Server::limit);
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setErrorHandler(new ErrorPages());
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ErrorPages()));
        for (Route route : routes.all()) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), http -> serve(http, route));
            if (route.method().equals("GET")) {
                config.routes.addHttpHandler(HandlerType.HEAD, route.path(), http -> serve(http, route));
            }
        }
        Map<String, String> methods = routes.all().stream().collect(Collectors.groupingBy(
                Route::path, LinkedHashMap::new, Collectors.mapping(
                        route -> route.method().equals("GET") ? "GET, HEAD" : route.method(),
                        Collectors.joining(", ", "OPTIONS, ", ""))));
        methods.forEach((path, allowed) -> config.routes.addHttpHandler(HandlerType.OPTIONS, path, http -> {
            http.header("Allow", allowed);
            cors.preflight(http);
        }));
        config.routes.error(404, this::unknown);
        config.routes.exception(Exception.class, this::failed);
    }

    private ServerConnector connector(org.eclipse.jetty.server.Server server, HttpConfiguration configuration) {
        ServerConnector connector = settings.edge().tls()
                .map(tls -> tls.connector(server, configuration))
                .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(configuration)));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(LONGEST_LINE);
        return connector;
    }

    private static void limit(HttpConfiguration configuration) {
        configuration.setRequestHeaderSize(LARGEST_HEADER_BYTES);
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
    }

    private void serve(Context http, Route route) {
        String executionId = authentication.executionId();
        Optional<Request> request = Optional.empty();
        try {
            cors.allow(http);
            QueryString.check(http.queryString());
            String address = addresses.find(http);
            Caller caller = authentication.caller(http, executionId);
            rates.count(http, caller.principal().map(Principal::name), address);
            if (route.who() == Route.Who.GRANTED && caller.principal().isEmpty()) {
                caller = authentication.stranger(http, caller);
            }
            if (route.who() != Route.Who.EVERYBODY) {
                caller.context();
                authentication.checkCsrf(http, caller);
            }
            request = Optional.of(new Request(http, caller));
            send(http, route.handler().handle(request.get()));
        } catch (Refusal refusal) {
            send(http, Problems.of(refusal, executionId, clock.instant(), request.flatMap(Request::subject)));
        } catch (Failure failure) {
            send(http, Problems.failure(failure.executionId(), clock.instant()));
        } catch (HttpResponseException refused) {
            send(http, Problems.of(refusal(refused), executionId, clock.instant(), Optional.empty()));
        } catch (Throwable fault) {
            // A stack that overflows too: whoever asks gets an answer, and the fault stands in the log.
            record(executionId, route.path(), fault);
            send(http, Problems.failure(executionId, clock.instant()));
        }
    }

    private void unknown(Context http) {
        // A route that answered 404 itself has said why.
        if (http.attribute(ANSWERED) == null) {
            Refusal refusal = Refusal.notFound("address " + http.method() + " " + http.path());
            send(http, Problems.of(refusal, authentication.executionId(), clock.instant(), Optional.empty()));
        }
    }

    private void failed(Exception fault, Context http) {
        String executionId = authentication.executionId();
        if (fault instanceof HttpResponseException refused) {
            send(http, Problems.of(refusal(refused), executionId, clock.instant(), Optional.empty()));
            return;
        }
        record(executionId, "no route", fault);
        send(http, Problems.failure(executionId, clock.instant()));
    }

    private static Refusal refusal(HttpResponseException refused) {
        return refused.getStatus() == 413
                ? Refusal.tooLarge(
                        "The body is larger than " + LARGEST_BODY_BYTES + " bytes.", "Send it in several requests.")
                : Refusal.malformed(String.valueOf(refused.getMessage()), "Correct the request.");
    }

    private void send(Context http, Response response) {
        if (http.res().isCommitted()) {
            // Half of a body is out: what is cut off must not look whole.
            ServletContextRequest.getServletContextRequest(http.req()).getServletChannel()
                    .abort(new IOException("the answer broke off"));
            return;
        }
        http.status(response.status());
        if (!response.type().isEmpty()) {
            http.contentType(response.type());
        }
        http.header("X-Content-Type-Options", "nosniff");
        http.header("X-Frame-Options", "DENY");
        http.header("Referrer-Policy", "same-origin");
        http.header("Cache-Control", "no-store");
        if (settings.edge().https()) {
            http.header("Strict-Transport-Security", Tls.STRICT_TRANSPORT);
        }
        response.headers().forEach(http::header);
        http.attribute(ANSWERED, true);
        response.stream().ifPresentOrElse(stream -> write(http, stream), () -> http.result(response.body()));
    }

    /// Once the head is sent, an answer that breaks off can say so only by being shorter than it promised.
    private void write(Context http, Response.Stream stream) {
        if (stream.length() >= 0) {
            http.res().setContentLengthLong(stream.length());
        }
        // What is packed waits until there is enough of it; news must not.
        boolean packed = stream.length() < 0 && !EventStream.TYPE.equals(http.res().getContentType());
        try {
            stream.writer().writeTo(
                    http.method() == HandlerType.HEAD ? OutputStream.nullOutputStream()
                            : packed ? http.outputStream() : http.res().getOutputStream());
        } catch (IOException broken) {
            log.system(Level.INFO, clock.instant(), "answer_broken_off", Map.of(
                    "path", http.endpoint().path, "reason", String.valueOf(broken.getMessage())));
        }
    }

    /// @param path as the route has it: what stands in its place may be anything
    private void record(String executionId, String path, Throwable fault) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("execution_id", executionId);
        line.put("path", path);
        line.putAll(Faults.of(fault));
        log.system(Level.ERROR, clock.instant(), "request_failed", line);
    }
}

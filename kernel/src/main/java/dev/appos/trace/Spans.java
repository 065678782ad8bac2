package dev.appos.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells an OpenTelemetry collector of each call: a span for it, inside that of the call it was made from, inside that
/// of whoever sent the request. Without a collector there is nothing, and it costs nothing.
public final class Spans implements AutoCloseable {

    /// No collector.
    public static final Spans NONE = new Spans(null);

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-e][0-9a-f]-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2}).{0,512}");
    private static final AttributeKey<String> EXECUTION = AttributeKey.stringKey("appos.execution_id");
    private static final AttributeKey<String> OBJECT = AttributeKey.stringKey("appos.object_ref");
    private static final AttributeKey<String> ACTION = AttributeKey.stringKey("appos.action");
    private static final AttributeKey<String> PRINCIPAL = AttributeKey.stringKey("appos.principal_kind");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("appos.outcome");
    private static final long CLOSE_S = 5;

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    /// What a span says about its call from the beginning.
    ///
    /// @param traceParent the W3C header of the request, or empty
    public record About(String executionId, String ref, String action, String principalKind, String traceParent) {}

    /// A span that has begun.
    public static final class Open {

        private final Span span;

        private Open(Span span) {
            this.span = span;
        }

        /// Ends it.
        ///
        /// @param outcome `done`, `failed` or why it was refused
        public void end(String outcome) {
            span.setAttribute(OUTCOME, outcome);
            if (outcome.equals("failed")) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    private Spans(@Nullable SpanExporter exporter) {
        this.provider = exporter == null ? null : SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(
                        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "appos"))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(1, TimeUnit.SECONDS)
                        .build())
                .build();
        this.tracer = provider == null ? null : provider.get("dev.appos");
    }

    /// Spans to a collector that speaks OTLP over HTTP.
    ///
    /// @param endpoint such as `http://127.0.0.1:4318`; absent for no collector
    public static Spans to(Optional<String> endpoint) {
        return endpoint.map(address -> new Spans(OtlpHttpSpanExporter.builder()
                        .setEndpoint(address.replaceFirst("/+$", "") + "/v1/traces")
                        .build()))
                .orElse(NONE);
    }

    /// Begins the span of a call; null without a collector.
    ///
    /// @param outer of the call it is made from
    public @Nullable Open begin(@Nullable Open outer, About about) {
        Tracer known = tracer;
        if (known == null) {
            return null;
        }
        Context parent = outer == null ? remote(about.traceParent()) : Context.root().with(outer.span);
        return new Open(known.spanBuilder(about.ref() + " " + about.action())
                .setParent(parent)
                .setSpanKind(outer == null ? SpanKind.SERVER : SpanKind.INTERNAL)
                .setAttribute(EXECUTION, about.executionId())
                .setAttribute(OBJECT, about.ref())
                .setAttribute(ACTION, about.action())
                .setAttribute(PRINCIPAL, about.principalKind())
                .startSpan());
    }

    /// Whether anybody listens.
    public boolean on() {
        return tracer != null;
    }

    private static Context remote(String traceParent) {
        Matcher matcher = TRACE_PARENT.matcher(traceParent);
        if (!matcher.matches()) {
            return Context.root();
        }
        SpanContext remote = SpanContext.createFromRemoteParent(
                matcher.group(1), matcher.group(2), TraceFlags.fromHex(matcher.group(3), 0), TraceState.getDefault());
        return remote.isValid() ? Context.root().with(Span.wrap(remote)) : Context.root();
    }

    /// Sends what is waiting, within a few seconds.
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(CLOSE_S, TimeUnit.SECONDS);
        }
    }
}

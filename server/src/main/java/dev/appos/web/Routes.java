package dev.appos.web;

import dev.appos.base.Ids;
import dev.appos.data.Rejects;
import dev.appos.data.Uploads;
import dev.appos.dispatch.Dispatcher;
import dev.appos.identity.Identities;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.OidcLogins;
import dev.appos.insight.Health;
import dev.appos.mcp.Endpoint;
import dev.appos.record.LiveFeed;
import dev.appos.registry.Registry;
import dev.appos.trace.Meters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Every address there is, in the order in which they are matched.
public final class Routes {

    private final Authentication authentication;
    private final LiveFeed feed;
    private final List<Route> all = new ArrayList<>();

    /// What the routes work with.
    public record Parts(
            Dispatcher dispatcher,
            Registry registry,
            Identities identities,
            OidcLogins oidc,
            IdentitySettings identity,
            Health health,
            Meters meters,
            Files files,
            Ids ids,
            Clock clock) {}

    /// What takes in files: as documents, and as rows of records.
    public record Files(DocumentIntake documents, Uploads imports, Rejects rejects) {}

    /// @param version of the platform
    /// @param feed    what wakes those who follow live changes
    public Routes(Parts parts, String version, ServerSettings settings, LiveFeed feed) {
        this.feed = feed;
        Calls calls = new Calls(parts.dispatcher(), parts.registry());
        Endpoint mcp = new Endpoint(parts.dispatcher(), parts.registry(), version);
        SessionCookie cookie = new SessionCookie(parts.identity().secureCookie());
        this.authentication = new Authentication(parts.identities(), cookie, parts.ids(), parts.clock());
        // Before records, whose addresses have the same form; no record can be called constant or rpc.
        all.addAll(new ConstantRoutes(calls).routes());
        all.addAll(new FolderRoutes(calls).routes());
        all.addAll(new RuleRoutes(calls).routes());
        DataRoutes data = new DataRoutes(calls, parts.files());
        // Before records: no record has the id export.
        all.addAll(data.exports());
        // First of the rest because most used: no other address has v1 in the third place and the same method.
        RecordCalls records = new RecordCalls(calls);
        // Before one record, whose address has the same form; no id is called trash.
        all.addAll(new LifeRoutes(records).routes());
        all.addAll(new RecordRoutes(records).routes());
        all.addAll(new RecordWrites(records).routes());
        all.addAll(new RecordEdits(records).routes());
        all.addAll(new DocumentRoutes(calls, parts.files().documents()).routes());
        all.addAll(new TusRoutes(calls, parts.files().documents()).routes());
        all.addAll(new TransactionRoutes(calls).routes());
        all.addAll(new HealthRoutes(parts.health(), settings).routes());
        all.addAll(new MetricsRoutes(parts.meters(), calls).routes());
        Entrance entrance = new Entrance(cookie, calls);
        all.addAll(new AuthRoutes(parts.identities(), entrance).routes());
        all.addAll(new OidcRoutes(parts.oidc(), parts.identities(), entrance).routes());
        all.addAll(new AccountRoutes(parts.identities(), entrance, calls).routes());
        all.addAll(new McpRoutes(mcp).routes());
        all.addAll(new PlatformRoutes(calls).routes());
        all.addAll(new ScreenRoutes(calls, version, settings.name()).routes());
        all.addAll(new ProcessRoutes(calls).routes());
        all.addAll(data.imports());
        all.addAll(new EventRoutes(calls, authentication, feed, parts.clock()).routes());
        all.add(Route.get("/api/openapi.json", "Every address.",
                request -> OpenApi.describe(request, calls, all, version)));
        all.add(Route.get("/api/{app}/openapi.json", "An app with its fields and inputs, as you may use it.",
                request -> OpenApi.app(request, calls, all, version)).toGranted());
        all.addAll(new DocsRoutes().routes());
        all.addAll(new ConsoleRoutes(parts.ids()).routes());
    }

    /// Ends what would go on for ever.
    void close() {
        feed.close();
    }

    List<Route> all() {
        return all;
    }

    Authentication authentication() {
        return authentication;
    }
}

package dev.appos.identity;

import dev.appos.base.Ids;
import dev.appos.base.Json;
import dev.appos.base.Refusal;
import dev.appos.identity.OidcClient.NotVouched;
import dev.appos.identity.OidcClient.Person;
import dev.appos.identity.OidcClient.Secrets;
import dev.appos.secure.Directory;
import dev.appos.store.Database;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Logins for which another provider vouches. What a login needs to remember until the browser comes back travels with
/// the browser, sealed; so any server can finish what another began, and nothing is kept for those who never return.
public final class OidcLogins {

    /// Who takes longer begins again.
    public static final Duration LASTS = Duration.ofMinutes(10);

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_RETURN = 500;

    /// A path of this site: what a browser would take for another host is none.
    private static final Pattern INSIDE = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

    /// Where the browser goes, and what it takes along.
    public record Begun(URI to, String sealed) {}

    /// How it ended.
    ///
    /// @param login   absent if nobody comes in
    /// @param problem why not, in a word the login screen knows; empty otherwise
    public record Ended(Optional<Login> login, String returnTo, String problem) {}

    private final Database database;
    private final Directory directory;
    private final Identities identities;
    private final ServerSecret secret;
    private final LoginAudit audit;
    private final OidcLinks links;
    private final Ids ids;
    private final Clock clock;
    private final Map<String, OidcProvider> providers = new LinkedHashMap<>();
    private final Map<String, OidcClient> clients = new LinkedHashMap<>();

    public OidcLogins(
            Database database, Directory directory, Accounts accounts, Identities identities, Ids ids, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.identities = identities;
        this.secret = accounts.secret();
        this.audit = accounts.logins();
        this.links = new OidcLinks(accounts.users(), clock);
        this.ids = ids;
        this.clock = clock;
        accounts.settings().publicUrl().ifPresent(site -> accounts.settings().providers().forEach(provider -> {
            URI callback = URI.create(
                    site.toString().replaceFirst("/$", "") + "/api/auth/oidc/" + provider.name() + "/callback");
            providers.put(provider.name(), provider);
            clients.put(provider.name(), new OidcClient(provider, callback));
        }));
    }

    /// Who may vouch for a person, in the order of the settings.
    public List<OidcProvider> providers() {
        return List.copyOf(providers.values());
    }

    /// Begins a login.
    ///
    /// @param returnTo the path to come back to; one that leads out of the site is taken for `/`
    /// @throws Refusal if there is no such provider, or it cannot be reached
    public Begun begin(String provider, String returnTo) {
        Secrets secrets = new Secrets(ids.secret(SECRET_BYTES), ids.secret(SECRET_BYTES), ids.secret(SECRET_BYTES));
        boolean inside = returnTo.length() <= LONGEST_RETURN && INSIDE.matcher(returnTo).matches();
        Map<String, Object> kept = Map.of(
                "state", secrets.state(),
                "nonce", secrets.nonce(),
                "verifier", secrets.verifier(),
                "return_to", inside ? returnTo : "/",
                "until", clock.instant().plus(LASTS).toString());
        try {
            return new Begun(client(provider).begin(secrets), secret.seal(place(provider), Json.bytes(kept)));
        } catch (NotVouched e) {
            throw Refusal.unavailable("The login at " + provider + " cannot begin: " + e.getMessage() + ".",
                    "Try again later, or log in with a password.");
        }
    }

    /// Finishes a login that this browser began.
    ///
    /// @param state  as the browser brings it back
    /// @param code   absent if the provider sends somebody back who did not log in there
    /// @param sealed what the browser took along
    /// @throws Refusal if there is no such provider
    public Ended finish(
            String provider, Optional<String> state, Optional<String> code, Optional<String> sealed, Client from) {
        OidcClient client = client(provider);
        Optional<Map<String, Object>> kept = sealed.flatMap(text -> opened(provider, text));
        boolean ours = kept.isPresent() && state.isPresent() && same(state.get(), text(kept.get(), "state"));
        if (!ours) {
            return refused("/", "not_begun_here", from);
        }
        String returnTo = text(kept.get(), "return_to");
        if (code.isEmpty()) {
            return refused(returnTo, "not_vouched", from);
        }
        Secrets secrets = new Secrets(
                state.get(), text(kept.get(), "nonce"), text(kept.get(), "verifier"));
        try {
            return enter(client.finish(code.get(), secrets), providers.get(provider), returnTo, from);
        } catch (NotVouched _) {
            // What the provider said is nothing a stranger should read; that it was not believed is in the audit.
            return refused(returnTo, "not_vouched", from);
        }
    }

    private Ended enter(Person person, OidcProvider provider, String returnTo, Client from) {
        OidcLinks.Found found = database.write(sql -> {
            OidcLinks.Found account = links.find(sql, person, provider.newUsersGroups());
            String name = account.username().isEmpty() ? Logins.NO_NAME : account.username();
            audit.add(sql, name, from, account.reason());
            return account;
        });
        if (found.user().isEmpty()) {
            return new Ended(Optional.empty(), returnTo, "no_account");
        }
        if (found.made()) {
            directory.refresh();
        }
        UUID user = found.user().get();
        return new Ended(Optional.of(identities.vouched(user, found.username(), from)), returnTo, "");
    }

    private Ended refused(String returnTo, String problem, Client from) {
        database.write(sql -> {
            audit.add(sql, Logins.NO_NAME, from, "oidc_" + problem);
            return problem;
        });
        return new Ended(Optional.empty(), returnTo, problem);
    }

    private Optional<Map<String, Object>> opened(String provider, String sealed) {
        try {
            Map<String, Object> kept = Json.object(Json.read(secret.open(place(provider), sealed)), "The login");
            boolean late = !clock.instant().isBefore(Instant.parse(text(kept, "until")));
            return late ? Optional.empty() : Optional.of(kept);
        } catch (IllegalArgumentException _) {
            // Not sealed here: whoever made it up is told no more than whoever brought nothing.
            return Optional.empty();
        }
    }

    private OidcClient client(String provider) {
        return Optional.ofNullable(clients.get(provider))
                .orElseThrow(() -> Refusal.notFound("login provider called " + provider));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Map<String, Object> kept, String name) {
        return (String) kept.get(name);
    }

    private static String place(String provider) {
        return "login at " + provider;
    }
}

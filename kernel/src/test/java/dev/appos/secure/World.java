package dev.appos.secure;

import dev.appos.base.Ids;
import dev.appos.base.Refusal;
import dev.appos.identity.Accounts;
import dev.appos.identity.ApiKeys;
import dev.appos.identity.Client;
import dev.appos.identity.Identities;
import dev.appos.identity.IdentitySettings;
import dev.appos.identity.Passwords;
import dev.appos.identity.ServerSecret;
import dev.appos.identity.Sessions;
import dev.appos.identity.Users;
import dev.appos.object.Permission;
import dev.appos.secure.Principal.Type;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.TestPostgres;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// The security of a platform on a database of its own, with short words for what tests set up.
public final class World implements AutoCloseable {

    public static final Client CLIENT = new Client("127.0.0.1", "test");
    public static final String PASSWORD = "correct horse";
    public static final ServerSecret SECRET = new ServerSecret("a secret of the tests, long enough");

    public final SettableClock clock = new SettableClock();
    public final Ids ids = new Ids(clock, new SecureRandom());
    public final DatabaseSettings settings = TestPostgres.settings();
    public final Database database = new Database(settings);
    public final Coherence coherence = new Coherence(database, CoherenceSettings.DEFAULT, System::nanoTime);
    public final Directory directory = new Directory(database, coherence);
    public final Accounts accounts;
    public final Passwords passwords;
    public final GroupGuard guard = new GroupGuard(directory);
    public final Identities identities;
    public final Users users;
    public final Groups groups = new Groups(clock);
    public final Grants grants = new Grants(clock);
    public final Sessions sessions;
    public final ApiKeys keys;
    public final Agents agents = new Agents(ids, clock);

    public World() {
        this(IdentitySettings.DEFAULT);
    }

    public World(IdentitySettings settings) {
        accounts = Accounts.of(settings, SECRET, ids, clock);
        SECRET.agree(database, clock);
        passwords = accounts.passwords();
        identities = new Identities(database, directory, accounts, ids, clock);
        users = accounts.users();
        sessions = accounts.sessions();
        keys = accounts.keys();
    }

    /// A user without a password, in these groups, which are made where they are missing.
    public Principal.User user(String name, Type type, String... groups) {
        database.write(sql -> users.create(sql, name, profile(type), Optional.empty(), "test"));
        Arrays.stream(groups).forEach(group -> join(name, group));
        directory.refresh();
        return (Principal.User) directory.find(Principal.normal(name)).orElseThrow();
    }

    /// A user who can log in with [#PASSWORD].
    public void login(String name, Type type) {
        String hash = passwords.hash("/password", PASSWORD, List.of());
        database.write(sql -> users.create(sql, name, profile(type), Optional.of(hash), "test"));
        directory.refresh();
    }

    public void join(String name, String group) {
        database.write(sql -> {
            if (groups.find(sql, group).isEmpty()) {
                groups.create(
                        sql, new Groups.Group(group, "security", "", true, List.of(), List.of()), "test");
            }
            groups.addMember(sql, group, name);
            return group;
        });
        directory.refresh();
    }

    public void open(String group, String app) {
        database.write(sql -> {
            groups.link(sql, group, app);
            return app;
        });
        directory.refresh();
    }

    public void grant(String group, String ref, Permission... permissions) {
        database.write(sql -> {
            grants.add(sql, group, GrantPattern.of(ref), List.of(permissions), "test");
            return ref;
        });
        directory.refresh();
    }

    public void revoke(String group, String ref, Permission... permissions) {
        database.write(sql -> grants.remove(sql, group, GrantPattern.of(ref), List.of(permissions)));
        directory.refresh();
    }

    public Decision decide(Principal principal, String ref, Permission permission) {
        return guard.decide(principal, Apps.snapshot(), Apps.definition(ref), permission);
    }

    public boolean allowed(Principal principal, String ref, Permission permission) {
        return decide(principal, ref, permission) instanceof Decision.Allow;
    }

    /// What a call is refused with.
    public static Refusal refusal(Callable<?> call) {
        try {
            call.call();
        } catch (Refusal refusal) {
            return refusal;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was not refused");
    }

    private static Users.Profile profile(Type type) {
        return new Users.Profile(
                Optional.empty(), Optional.empty(), Optional.of(type), Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        identities.close();
        database.close();
    }
}

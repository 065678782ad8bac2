package dev.appos.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What app code may know of the call it runs in, and where it may leave something for later: `ctx.user().name()`.
///
/// It belongs to the call and ends with it. What one caller sees, no other does.
public interface Ctx {

    /// For whom the call is made, as the account stands at this moment; for an agent, the account it acts for.
    ///
    /// @param id       of the account, as text; empty for the platform's own work
    /// @param groups   the active groups it is a member of now
    /// @param language `en`, `de`
    /// @param timeZone `Europe/Berlin`
    record User(String name, String id, Type type, Set<String> groups, String language, String timeZone) {

        /// What kind of account it is.
        public enum Type {
            BASIC,
            SYSTEM_ADMIN,
            SERVICE_ACCOUNT
        }

        public User {
            groups = Set.copyOf(groups);
        }

        public boolean isSystemAdmin() {
            return type == Type.SYSTEM_ADMIN;
        }

        public boolean isServiceAccount() {
            return type == Type.SERVICE_ACCOUNT;
        }

        /// Whether it is a member of the group.
        public boolean in(String group) {
            return groups.contains(group);
        }

        /// The user name, so that a text takes it as it is.
        @Override
        public String toString() {
            return name;
        }
    }

    /// The app whose code is running.
    record App(String name, String title) {}

    /// The HTTP request that led to the call. It never holds a header that proves who asks, nor what stands behind the
    /// `?` of the address.
    record Request(String method, String path, String ip, String userAgent) {}

    /// Values for the length of one outermost call, shared by everything that it calls.
    interface State {

        /// What was set under the name, if anything was.
        Optional<Object> get(String name);

        void set(String name, Object value);

        void remove(String name);
    }

    /// Values of a login session for one app: small, kept with the session and gone with it.
    interface Session {

        /// What was set under the name, as plain JSON: a text, number, boolean, list or map.
        Optional<Object> get(String name);

        /// Keeps a value, of at most 4,000 characters of JSON under a name of at most 100; 50 names a session and app.
        @Writes
        void set(String name, Object value);

        @Writes
        void remove(String name);
    }

    /// What an app tells of its business: rows that whoever may enter the app can read.
    interface Log {

        /// Tells that something happened: `ctx.log().event("customer.upgraded", Map.of("from", "SILVER"))`. It is kept
        /// with the call, and not at all if the call fails.
        @Writes
        default void event(String type, Map<String, Object> data) {
            event(type, "", data);
        }

        /// The same about one object or record: `crm.records.customer/5`.
        @Writes
        void event(String type, String about, Map<String, Object> data);
    }

    User user();

    /// The name of the agent that makes the call, if it is one.
    Optional<String> agent();

    App app();

    /// The id that every log line and row of this call carries.
    String executionId();

    /// The time; in a process the time of the first run, so that a replay sees the same.
    Instant now();

    /// The request that led to the call; none in processes and in the platform's own work.
    Optional<Request> request();

    /// The state of this call.
    State state();

    /// The state of the login session.
    ///
    /// @throws AppOsException.Session if the call is not made in one: with a key, by an agent, in a process
    Session session();

    /// The event log of the app.
    Log log();

    /// A variable of the process, as this run has set it; null if it has not. In a process and in its steps.
    Object var(String name);

    /// Sets a variable that nobody is shown: it is sealed while the process lives, and then only a digest of it is
    /// left. Only in the body of a process.
    default void hidden(String name, Object value) {
        throw new IllegalStateException("ctx.hidden(name, value) works in the body of a process.");
    }

    /// The same for what must not become known: a password, a card.
    default void sensitive(String name, Object value) {
        throw new IllegalStateException("ctx.sensitive(name, value) works in the body of a process.");
    }

    /// Whether a variable got another value since the last step. Only in the body of a process.
    default boolean changed() {
        throw new IllegalStateException("ctx.changed() works in the body of a process.");
    }

    /// Sets one of the outputs of the process, by its name. Only in the body of a process that answers nothing itself.
    default void output(String name, Object value) {
        throw new IllegalStateException("ctx.output(name, value) works in the body of a process.");
    }

    /// Sets a variable that people who watch the process see. Only in the body of a process.
    void var(String name, Object value);
}

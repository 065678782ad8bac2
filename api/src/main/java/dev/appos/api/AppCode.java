package dev.appos.api;

/// The bodies of one app's objects, called by name. Generated with the accessors, so the platform needs no reflection.
public interface AppCode {

    /// Calls the body of a rule, a process, an interface or a page.
    ///
    /// @param object    the reference without the app: `rules.customer_ltv`
    /// @param arguments in the order and of the types the body declares
    /// @throws Throwable whatever the body throws
    Object call(String object, Object[] arguments) throws Throwable;
}

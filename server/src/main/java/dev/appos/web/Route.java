package dev.appos.web;

/// One address.
///
/// @param method  GET, POST, PATCH, PUT or DELETE; GET serves HEAD too
/// @param path    with named parts in braces
/// @param who     who is answered; a caller who is not is refused before anything is looked at
/// @param summary what it is for, one sentence
record Route(String method, String path, Who who, String summary, Handler handler) {

    /// Who is answered.
    enum Who {
        /// Who is known by a session, token or key.
        LOGGED_IN,
        /// Strangers too, as the account `public_api`: they may what its groups were granted.
        GRANTED,
        /// Everybody, always.
        EVERYBODY
    }

    /// Answers a request.
    @FunctionalInterface
    interface Handler {
        Response handle(Request request);
    }

    static Route get(String path, String summary, Handler handler) {
        return new Route("GET", path, Who.LOGGED_IN, summary, handler);
    }

    static Route post(String path, String summary, Handler handler) {
        return new Route("POST", path, Who.LOGGED_IN, summary, handler);
    }

    static Route put(String path, String summary, Handler handler) {
        return new Route("PUT", path, Who.LOGGED_IN, summary, handler);
    }

    static Route patch(String path, String summary, Handler handler) {
        return new Route("PATCH", path, Who.LOGGED_IN, summary, handler);
    }

    static Route delete(String path, String summary, Handler handler) {
        return new Route("DELETE", path, Who.LOGGED_IN, summary, handler);
    }

    /// The same route, for everybody.
    Route toEverybody() {
        return new Route(method, path, Who.EVERYBODY, summary, handler);
    }

    /// The same route, for strangers too, as far as it was granted to them.
    Route toGranted() {
        return new Route(method, path, Who.GRANTED, summary, handler);
    }
}

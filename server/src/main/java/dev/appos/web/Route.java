package dev.appos.web;

/// One address.
///
/// @param method  GET, POST, PATCH, PUT or DELETE; GET serves HEAD too
/// @param path    with named parts in braces
/// @param open    whether it answers without a login; every other route refuses an unknown caller before it looks
/// @param summary what it is for, one sentence
record Route(String method, String path, boolean open, String summary, Handler handler) {

    /// Answers a request.
    @FunctionalInterface
    interface Handler {
        Response handle(Request request);
    }

    static Route get(String path, String summary, Handler handler) {
        return new Route("GET", path, false, summary, handler);
    }

    static Route post(String path, String summary, Handler handler) {
        return new Route("POST", path, false, summary, handler);
    }

    static Route put(String path, String summary, Handler handler) {
        return new Route("PUT", path, false, summary, handler);
    }

    static Route patch(String path, String summary, Handler handler) {
        return new Route("PATCH", path, false, summary, handler);
    }

    static Route delete(String path, String summary, Handler handler) {
        return new Route("DELETE", path, false, summary, handler);
    }

    /// The same route, for everybody.
    Route toEverybody() {
        return new Route(method, path, true, summary, handler);
    }
}

package dev.appos.web;

/// The cookie of a session. No script can read it, and no other site can make a browser send it with a change.
///
/// @param secure whether it travels over https only; then its name says to the browser that this host alone set it, so
///               that no neighbour can plant one
record SessionCookie(boolean secure) {

    static final String NAME = "appos_session";

    String name() {
        return secure ? "__Host-" + NAME : NAME;
    }

    String set(String token, long seconds) {
        return name() + "=" + token + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + seconds
                + (secure ? "; Secure" : "");
    }

    String clear() {
        return set("", 0);
    }
}

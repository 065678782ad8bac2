package dev.appos.cli;

import java.io.PrintWriter;

/// What a person reads when the platform is up.
final class Welcome {

    private Welcome() {}

    /// The administrator's password, the only time it can be shown.
    static void admin(PrintWriter out, String password) {
        out.println();
        out.println("  The first administrator was made. Keep the password; it is not shown again.");
        out.println("    user      admin");
        out.println("    password  " + password);
    }

    static void addresses(PrintWriter out, String address) {
        out.println();
        out.println("  AppOS is running.");
        out.println("    console   " + address + "/");
        out.println("    REST      " + address + "/api/docs");
        out.println("    MCP       " + address + "/mcp");
        out.println();
        out.println("  Ctrl-C stops all of it.");
        out.flush();
    }
}

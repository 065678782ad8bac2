package dev.appos.identity;

/// Where a login came from, for the audit.
///
/// @param ip    of the other end
/// @param agent what it calls itself
public record Client(String ip, String agent) {

    private static final int LONGEST = 200;

    public Client {
        ip = ip.substring(0, Math.min(ip.length(), LONGEST));
        agent = agent.substring(0, Math.min(agent.length(), LONGEST)).replace('\0', ' ');
    }
}

package dev.appos.web;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// From where a request comes. What `X-Forwarded-For` says is believed of reverse proxies that are named, and of nobody
/// else: anyone can write it.
final class Addresses {

    /// More stations than these are written by somebody who plays.
    private static final int MOST_STATIONS = 20;

    private static final String KNOWN = "address";

    private final Set<String> proxies;

    /// @param proxies the addresses of reverse proxies
    Addresses(Set<String> proxies) {
        this.proxies = Set.copyOf(proxies);
    }

    /// Finds out where a request comes from, for [#known].
    String find(Context http) {
        String address = nearest(http);
        http.attribute(KNOWN, address);
        return address;
    }

    /// Where a request comes from, as it was found out when it came in.
    static String known(Context http) {
        String address = http.attribute(KNOWN);
        return address == null ? http.ip() : address;
    }

    /// The nearest address that is not a proxy's: each proxy adds the one it was called from at the end.
    private String nearest(Context http) {
        String address = http.ip();
        if (!proxies.contains(address)) {
            return address;
        }
        List<String> stations = Arrays.stream(String.join(",", forwarded(http)).split(","))
                .map(String::strip)
                .filter(station -> !station.isEmpty())
                .toList();
        int first = Math.max(0, stations.size() - MOST_STATIONS);
        for (String station : stations.subList(first, stations.size()).reversed()) {
            address = station;
            if (!proxies.contains(station)) {
                break;
            }
        }
        return address;
    }

    private static List<String> forwarded(Context http) {
        return Collections.list(http.req().getHeaders("X-Forwarded-For"));
    }
}

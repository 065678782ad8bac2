package dev.appos.api;

import java.util.ArrayList;
import java.util.List;

/// Which records of one type a query asks for, as data.
///
/// @param ref   the record type: `crm.records.customer`
/// @param where the condition; an empty [Cond.And] is all
/// @param offset how many to pass over
public record Selection(String ref, Cond where, List<Order> order, int limit, long offset) {

    /// A query in app code answers at most this many records: more belongs in a loop over pages.
    public static final int MOST = 10_000;

    /// One order: by which column, and which way.
    public record Order(String path, boolean descending) {}

    public Selection {
        order = List.copyOf(order);
        if (limit < 0 || limit > MOST) {
            throw new IllegalArgumentException("limit must be between 0 and " + MOST + ": " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative: " + offset);
        }
    }

    static Selection all(String ref) {
        return new Selection(ref, new Cond.And(List.of()), List.of(), MOST, 0);
    }

    Selection and(Cond condition) {
        boolean everything = where instanceof Cond.And and && and.conditions().isEmpty();
        return new Selection(ref, everything ? condition : where.and(condition), order, limit, offset);
    }

    Selection ordered(String path, boolean descending) {
        List<Order> orders = new ArrayList<>(order);
        orders.add(new Order(path, descending));
        return new Selection(ref, where, orders, limit, offset);
    }

    Selection ordered(List<Order> orders) {
        return new Selection(ref, where, orders, limit, offset);
    }

    Selection limited(int count) {
        return new Selection(ref, where, order, count, offset);
    }

    /// The same records in no order, all of them.
    Selection plain() {
        return new Selection(ref, where, List.of(), MOST, 0);
    }

    Selection from(long first) {
        return new Selection(ref, where, order, limit, first);
    }
}

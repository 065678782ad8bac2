package dev.appos.rows;

import dev.appos.api.Cond;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What the desk must answer, worked out by walking through rows in memory. Knows nothing of how the platform does it.
final class DeskModel {

    static final Map<String, List<String>> COLUMNS = Map.of(
            "region", List.of("name", "manager"),
            "person", List.of("name", "login", "region_id", "phone"),
            "account", List.of("name", "country", "owner_id", "parent_id", "credit", "note", "open"),
            "deal", List.of("title", "account_id", "amount", "stage", "rate"));

    /// By record and embedded name, the record it leads to.
    static final Map<String, String> TARGETS = Map.of(
            "person.region", "region", "account.owner", "person", "account.parent", "account",
            "deal.account", "account");

    private static final Map<String, Set<String>> FOR_MANAGERS = Map.of(
            "region", Set.of(), "person", Set.of("phone"), "account", Set.of("credit"), "deal", Set.of("rate"));

    final Map<String, TreeMap<Long, Map<String, Object>>> rows = new TreeMap<>();

    static String plural(String record) {
        return record.equals("person") ? "persons" : record + "s";
    }

    private static boolean in(String user, String group) {
        return Desk.USERS.getOrDefault(user, Set.of()).contains("desk_" + group);
    }

    static boolean sees(String user, String record, String column) {
        return user.equals(Desk.ADMIN) || in(user, "managers") || !FOR_MANAGERS.get(record).contains(column);
    }

    static boolean writes(String user, String column) {
        boolean admin = user.equals(Desk.ADMIN);
        return switch (column) {
            case "credit" -> admin || in(user, "admins");
            case "note", "rate", "phone" -> admin || in(user, "managers");
            default -> true;
        };
    }

    /// Whether some rows of a record may be hidden from the user.
    static boolean narrows(String user, String record) {
        boolean all = user.equals(Desk.ADMIN) || in(user, "managers");
        return switch (record) {
            case "person" -> !all && !in(user, "staff");
            case "account" -> !all;
            case "deal" -> !user.equals(Desk.ADMIN) && !in(user, "admins");
            default -> false;
        };
    }

    static List<String> columns(String user, String record) {
        return COLUMNS.get(record).stream().filter(column -> sees(user, record, column)).toList();
    }

    Map<String, Object> row(String record, Object id) {
        return id == null ? null : rows.getOrDefault(record, new TreeMap<>()).get(((Number) id).longValue());
    }

    boolean visible(String user, String record, Map<String, Object> row) {
        if (row == null || user.equals(Desk.ADMIN)) {
            return row != null;
        }
        return switch (record) {
            case "person" -> in(user, "staff") || in(user, "managers") || user.equals(row.get("login"))
                    || manages(user, row);
            case "account" -> in(user, "managers") || owned(user, row)
                    || in(user, "staff") && List.of("BR", "NO").contains(String.valueOf(row.get("country")));
            case "deal" -> {
                Map<String, Object> account = row("account", row.get("account_id"));
                Map<String, Object> owner = account == null ? null : row("person", account.get("owner_id"));
                boolean region = in(user, "managers") || in(user, "staff")
                        || owner != null && (manages(user, owner) || user.equals(owner.get("login")));
                boolean known = in(user, "admins")
                        || row.get("stage") != null && !row.get("stage").equals("SECRET");
                yield region && known;
            }
            default -> true;
        };
    }

    private boolean manages(String user, Map<String, Object> person) {
        Map<String, Object> region = row("region", person.get("region_id"));
        return region != null && user.equals(region.get("manager"));
    }

    private boolean owned(String user, Map<String, Object> account) {
        Map<String, Object> owner = row("person", account.get("owner_id"));
        return owner != null && user.equals(owner.get("login"));
    }

    /// The visible rows that fit, by id.
    List<Map<String, Object>> fitting(String user, String record, Cond where) {
        return rows.getOrDefault(record, new TreeMap<>()).values().stream()
                .filter(row -> visible(user, record, row))
                .filter(row -> Boolean.TRUE.equals(fits(user, record, row, where)))
                .toList();
    }

    /// Whether every name in the condition exists for the user.
    static boolean known(String user, String record, Cond where) {
        return switch (where) {
            case Cond.And and -> and.conditions().stream().allMatch(each -> known(user, record, each));
            case Cond.Or or -> or.conditions().stream().allMatch(each -> known(user, record, each));
            case Cond.Not not -> known(user, record, not.condition());
            case Cond.Fields _, Cond.Some _ -> throw new UnsupportedOperationException(where.toString());
            case Cond.Compare compare -> {
                String[] parts = compare.path().split("\\.");
                String at = record;
                for (int i = 0; i < parts.length - 1; i++) {
                    at = TARGETS.get(at + "." + parts[i]);
                }
                String last = parts[parts.length - 1];
                yield last.equals("id") || columns(user, at).contains(last);
            }
        };
    }

    /// SQL's three answers.
    Boolean fits(String user, String record, Map<String, Object> row, Cond where) {
        return switch (where) {
            case Cond.And and -> {
                Boolean all = true;
                for (Cond each : and.conditions()) {
                    Boolean one = fits(user, record, row, each);
                    all = Boolean.FALSE.equals(all) || Boolean.FALSE.equals(one) ? Boolean.FALSE
                            : all == null || one == null ? null : Boolean.TRUE;
                }
                yield all;
            }
            case Cond.Or or -> {
                Boolean any = false;
                for (Cond each : or.conditions()) {
                    Boolean one = fits(user, record, row, each);
                    any = Boolean.TRUE.equals(any) || Boolean.TRUE.equals(one) ? Boolean.TRUE
                            : any == null || one == null ? null : Boolean.FALSE;
                }
                yield any;
            }
            case Cond.Not not -> {
                Boolean one = fits(user, record, row, not.condition());
                yield one == null ? null : !one;
            }
            case Cond.Fields _, Cond.Some _ -> throw new UnsupportedOperationException(where.toString());
            case Cond.Compare compare -> compare(user, record, row, compare);
        };
    }

    private Boolean compare(String user, String record, Map<String, Object> row, Cond.Compare compare) {
        int dot = compare.path().indexOf('.');
        if (dot < 0) {
            return compare(row.get(compare.path()), compare.operator(), compare.value());
        }
        String name = compare.path().substring(0, dot);
        String target = TARGETS.get(record + "." + name);
        Map<String, Object> other = row(target, row.get(name + "_id"));
        Cond rest = new Cond.Compare(compare.path().substring(dot + 1), compare.operator(), compare.value());
        return visible(user, target, other) && Boolean.TRUE.equals(fits(user, target, other, rest));
    }

    private static Boolean compare(Object is, Cond.Operator operator, Object value) {
        if (operator == Cond.Operator.IS) {
            return value == null ? Boolean.valueOf(is == null) : is == null ? null : (Boolean) is.equals(value);
        }
        if (is == null) {
            return operator == Cond.Operator.IN && ((Collection<?>) value).isEmpty() ? Boolean.FALSE : null;
        }
        return switch (operator) {
            case EQ -> same(is, value);
            case NE -> !same(is, value);
            case GT -> number(is).compareTo(number(value)) > 0;
            case GTE -> number(is).compareTo(number(value)) >= 0;
            case LT -> number(is).compareTo(number(value)) < 0;
            case LTE -> number(is).compareTo(number(value)) <= 0;
            case IN -> ((Collection<?>) value).stream().anyMatch(each -> same(is, each));
            case LIKE, ILIKE -> is.toString().toLowerCase().matches(value.toString().toLowerCase().replace("*", ".*"));
            case IS, MATCH, IMATCH, CONTAINS, CONTAINED, OVERLAPS, FTS, PLFTS, PHFTS, WFTS ->
                throw new IllegalStateException();
        };
    }

    private static boolean same(Object one, Object other) {
        return Objects.equals(normal(one), normal(other));
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    /// Sorted as PostgreSQL sorts: nulls last ascending, first descending, then by id.
    static List<Map<String, Object>> sorted(List<Map<String, Object>> rows, String column, boolean descending) {
        Comparator<Map<String, Object>> by = Comparator.comparing(
                row -> row.get(column), Comparator.nullsLast(DeskModel::order));
        List<Map<String, Object>> sorted = new ArrayList<>(rows);
        sorted.sort((descending ? by.reversed() : by).thenComparing(row -> ((Number) row.get("id")).longValue()));
        return sorted;
    }

    private static int order(Object one, Object other) {
        return one instanceof Number
                ? number(one).compareTo(number(other))
                : one.toString().compareTo(other.toString());
    }

    /// These columns of a row; a name with dots is a column of an embedded record.
    Map<String, Object> only(String user, String record, Map<String, Object> row, List<String> names) {
        Map<String, Object> only = new LinkedHashMap<>();
        for (String name : names) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                only.put(name, normal(row.get(name)));
                continue;
            }
            String embed = name.substring(0, dot);
            String target = TARGETS.get(record + "." + embed);
            Map<String, Object> other = row(target, row.get(embed + "_id"));
            only.put(embed, visible(user, target, other)
                    ? only(user, target, other, List.of(name.substring(dot + 1)))
                    : null);
        }
        return only;
    }

    BigDecimal sum(String user, String record, Cond where, String column) {
        return fitting(user, record, where).stream()
                .map(row -> row.get(column)).filter(Objects::nonNull).map(DeskModel::number)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Numbers of any kind as text without needless digits.
    static Object normal(Object value) {
        if (value instanceof Number) {
            return number(value).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> normal = new LinkedHashMap<>();
            map.forEach((key, each) -> normal.put((String) key, normal(each)));
            return normal;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DeskModel::normal).toList();
        }
        return value;
    }
}

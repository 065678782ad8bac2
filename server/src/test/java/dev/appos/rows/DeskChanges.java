package dev.appos.rows;

import dev.appos.api.Cond;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Changes by chance, made over HTTP and in the model; the model says how each has to end.
final class DeskChanges {

    private static final int GONE = 404;

    private final Desk desk;
    private final DeskModel model;
    private final Random random;

    DeskChanges(Desk desk, DeskModel model, Random random) {
        this.desk = desk;
        this.model = model;
        this.random = random;
    }

    /// Makes one change. Answers what differs from the model, or nothing.
    String make(String user) {
        String record = random.nextBoolean() ? "account" : "deal";
        return switch (random.nextInt(6)) {
            case 0 -> create(user, record);
            case 1 -> delete(user, record);
            case 2 -> many(user, record);
            default -> update(user, record);
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private long id(String record) {
        return random.nextInt(1, model.rows.get(record).lastKey().intValue() + 2);
    }

    private Map<String, Object> values(String record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : DeskModel.COLUMNS.get(record)) {
            if (random.nextInt(4) == 0) {
                values.put(column, value(record, column));
            }
        }
        return values;
    }

    private Object value(String record, String column) {
        return switch (column) {
            case "name", "title" -> "n" + random.nextInt(100, 999);
            case "country" -> any(List.of("BR", "NO", "DE"));
            case "note" -> "y";
            case "open" -> random.nextBoolean();
            case "stage" -> any(List.of("OPEN", "WON", "SECRET"));
            case "owner_id" -> id("person");
            case "parent_id", "account_id" -> id("account");
            default -> BigDecimal.valueOf(random.nextInt(6));
        };
    }

    /// Whether a value may not be written, or leads to a row that is not among those the user sees.
    private boolean refused(String user, String record, Map<String, Object> values) {
        return values.keySet().stream()
                        .anyMatch(column -> !DeskModel.sees(user, record, column) || !DeskModel.writes(user, column))
                || dangling(user, record, values, true);
    }

    /// Where no row is hidden, PostgreSQL looks at references, and only when there is a row to be written.
    private boolean dangling(String user, String record, Map<String, Object> values, boolean narrowed) {
        return values.entrySet().stream().anyMatch(value -> {
            String embed = value.getKey().replaceFirst("_id$", "");
            String target = value.getKey().endsWith("_id") ? DeskModel.TARGETS.get(record + "." + embed) : null;
            return target != null
                    && DeskModel.narrows(user, target) == narrowed
                    && !model.visible(user, target, model.row(target, value.getValue()));
        });
    }

    private String ended(String what, int wanted, Desk.Answer answer) {
        return wanted == answer.status() ? null : what + ": wanted " + wanted + ", got " + answer.text();
    }

    private String address(String record) {
        return "/api/desk/v1/" + DeskModel.plural(record);
    }

    private String create(String user, String record) {
        Map<String, Object> values = values(record);
        values.put(record.equals("deal") ? "title" : "name", "n" + random.nextInt(100, 999));
        Desk.Answer answer = desk.call(user, "POST", address(record), values, "Prefer", "return=representation");
        Map<String, Object> row = new LinkedHashMap<>();
        DeskModel.COLUMNS.get(record).forEach(column -> row.put(column, values.get(column)));
        int wanted = refused(user, record, values) || dangling(user, record, values, false) ? 422
                : model.visible(user, record, row) ? 201 : 403;
        if (wanted == 201 && answer.status() == 201) {
            Map<?, ?> made = (Map<?, ?>) ((List<?>) answer.json()).getFirst();
            row.put("id", made.get("id"));
            model.rows.get(record).put(((Number) made.get("id")).longValue(), row);
            if (!made.keySet().containsAll(DeskModel.columns(user, record))
                    || DeskModel.COLUMNS.get(record).stream()
                            .anyMatch(column -> made.containsKey(column) && !DeskModel.sees(user, record, column))) {
                return user + " got back " + made;
            }
        }
        return ended(user + " creates " + record + " " + values, wanted, answer);
    }

    private String update(String user, String record) {
        long id = id(record);
        Map<String, Object> values = values(record);
        Desk.Answer answer = desk.call(user, "PATCH", address(record) + "/" + id, values);
        Map<String, Object> old = model.row(record, id);
        int wanted = refused(user, record, values) ? 422
                : !model.visible(user, record, old) ? GONE
                : dangling(user, record, values, false) ? 422 : 200;
        if (wanted == 200) {
            Map<String, Object> row = new LinkedHashMap<>(old);
            row.putAll(values);
            model.rows.get(record).put(id, row);
            if (!model.visible(user, record, row)) {
                model.rows.get(record).put(id, old);
                wanted = 403;
            }
        }
        return ended(user + " updates " + record + " " + id + " " + values, wanted, answer);
    }

    private String delete(String user, String record) {
        long id = id(record);
        Desk.Answer answer = desk.call(user, "DELETE", address(record) + "/" + id, null);
        boolean visible = model.visible(user, record, model.row(record, id));
        if (visible) {
            gone(record, List.of(id));
        }
        return ended(user + " deletes " + record + " " + id, visible ? 204 : GONE, answer);
    }

    private String many(String user, String record) {
        List<Object> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(id(record));
        }
        String filter = "?id=in.(" + String.join(",", ids.stream().map(String::valueOf).toList()) + ")";
        List<Map<String, Object>> rows =
                model.fitting(user, record, new Cond.Compare("id", Cond.Operator.IN, ids));
        String what = user + " on many " + record + filter;
        if (random.nextBoolean()) {
            Desk.Answer answer = desk.call(user, "DELETE", address(record) + filter, null);
            gone(record, rows.stream().map(row -> ((Number) row.get("id")).longValue()).toList());
            return ended(what + " delete", 204, answer);
        }
        Map<String, Object> values = values(record);
        Desk.Answer answer = desk.call(user, "PATCH", address(record) + filter, values);
        int wanted = refused(user, record, values)
                || !rows.isEmpty() && dangling(user, record, values, false) ? 422 : 204;
        if (wanted == 204) {
            Map<Long, Map<String, Object>> before = new LinkedHashMap<>();
            for (Map<String, Object> row : rows) {
                long id = ((Number) row.get("id")).longValue();
                Map<String, Object> changed = new LinkedHashMap<>(row);
                changed.putAll(values);
                before.put(id, row);
                model.rows.get(record).put(id, changed);
            }
            if (!before.keySet().stream().allMatch(id -> model.visible(user, record, model.row(record, id)))) {
                model.rows.get(record).putAll(before);
                wanted = 403;
            }
        }
        return ended(what + " " + values, wanted, answer);
    }

    /// Deals go with their account whoever may see them; an account loses a parent that goes.
    private void gone(String record, List<Long> ids) {
        ids.forEach(model.rows.get(record)::remove);
        if (record.equals("account")) {
            model.rows.get("deal").values().removeIf(deal -> refers(ids, deal.get("account_id")));
            model.rows.get("account").values().stream()
                    .filter(account -> refers(ids, account.get("parent_id")))
                    .forEach(account -> account.put("parent_id", null));
        }
    }

    private static boolean refers(List<Long> ids, Object reference) {
        return reference != null && ids.contains(((Number) reference).longValue());
    }
}

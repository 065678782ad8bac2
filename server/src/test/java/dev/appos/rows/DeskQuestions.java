package dev.appos.rows;

import dev.appos.api.Cond;
import dev.appos.api.Cond.Operator;
import dev.appos.api.Cond.Compare;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Questions by chance, each asked over one path and answered by the model too.
final class DeskQuestions {

    /// The ways to ask.
    enum Path {
        LIST, CSV, COUNT, PLANNED, GET, EMBED, MANY, GROUPS, CURSOR, SEARCH,
        HISTORY, TOOL_LIST, TOOL_GET, RULE_COUNT, RULE_SUM, RULE_ROWS, RULE_FIELD, EXPORT
    }

    private static final List<String> PEOPLE = List.of("rob", "sue", "ben", "mona", "zoe");
    private static final Map<String, List<Object>> VALUES = Map.ofEntries(
            Map.entry("name", List.of("n001", "n007", "n015", "n030")),
            Map.entry("title", List.of("n001", "n010", "n050")),
            Map.entry("manager", List.copyOf(PEOPLE)),
            Map.entry("login", List.copyOf(PEOPLE)),
            Map.entry("phone", List.of("p1", "p2")),
            Map.entry("country", List.of("BR", "NO", "DE")),
            Map.entry("note", List.of("x", "y")),
            Map.entry("stage", List.of("OPEN", "WON", "SECRET")),
            Map.entry("open", List.of(true, false)));

    private final Desk desk;
    private final DeskModel model;
    private final Random random;
    private int answered;

    DeskQuestions(Desk desk, DeskModel model, Random random) {
        this.desk = desk;
        this.model = model;
        this.random = random;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// Asks once. Answers what differs, or nothing.
    ///
    /// @param as whose credentials are sent: another than the user's, and the path is without its protection
    String ask(Path path, String user, String as) {
        String record = any(List.of("region", "person", "account", "account", "deal", "deal"));
        return switch (path) {
            case LIST -> list(record, user, as);
            case CSV -> csv(record, user, as);
            case EXPORT -> export(record, user, as);
            case COUNT -> count(record, user, as, "exact");
            case PLANNED -> DeskModel.narrows(user, record) ? count(record, user, as, "planned") : null;
            case MANY, GROUPS, CURSOR, SEARCH -> new DeskReads(desk, model, random, this).ask(path, user, as);
            case GET -> get(record, user, as, false);
            case EMBED -> get(any(List.of("person", "account", "deal")), user, as, true);
            case HISTORY -> history(user, as);
            case TOOL_LIST -> toolList(record, user, as);
            case TOOL_GET -> toolGet(record, user, as);
            case RULE_COUNT, RULE_SUM, RULE_ROWS, RULE_FIELD -> rule(path, user, as);
        };
    }

    /// How many answers showed rows or values that could have been wrong.
    int answered() {
        return answered;
    }

    String differs(String what, Object wanted, Object got) {
        boolean shows = !List.of("", true, 404, "404 null", List.of(), "0", "[] 0", "200 false", 403).contains(wanted);
        answered += shows ? 1 : 0;
        return wanted.equals(got) ? null : what + "\n  wanted " + wanted + "\n  got    " + got;
    }

    private String address(String record) {
        return "/api/desk/v1/" + DeskModel.plural(record);
    }

    private String list(String record, String user, String as) {
        Cond where = condition(record, 2, false);
        String order = any(columnsOrId(record));
        boolean descending = random.nextBoolean();
        int limit = random.nextInt(1, 12);
        int offset = random.nextInt(4);
        List<String> select = select(record, true);
        String address = address(record) + "?and=" + Desk.encode(rest(where)) + "&order=" + order
                + (descending ? ".desc" : ".asc") + "&limit=" + limit + "&offset=" + offset
                + "&select=" + Desk.encode(written(select));
        Desk.Answer answer = desk.call(as, "GET", address, null);
        String what = user + " GET " + address;
        boolean known = DeskModel.known(user, record, where) && exists(user, record, order)
                && select.stream().allMatch(name -> existsDeep(user, record, name));
        if (!known) {
            return differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        List<Map<String, Object>> wanted = DeskModel.sorted(model.fitting(user, record, where), order, descending)
                .stream().skip(offset).limit(limit).map(row -> model.only(user, record, row, select)).toList();
        return differs(what, wanted, answer.status() == 200 ? DeskModel.normal(answer.json()) : answer.text());
    }

    private String csv(String record, String user, String as) {
        Cond where = condition(record, 1, false);
        Desk.Answer answer = desk.call(as, "GET", address(record) + "?and=" + Desk.encode(rest(where)), null,
                "Accept", "text/csv");
        String what = user + " CSV " + record + " " + where;
        if (!DeskModel.known(user, record, where)) {
            return differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        List<Map<String, Object>> rows = model.fitting(user, record, where);
        List<String> lines = answer.text().lines().toList();
        List<String> header = new ArrayList<>(List.of("id", "version"));
        header.addAll(DeskModel.columns(user, record));
        header.addAll(List.of("created_at", "created_by", "updated_at", "updated_by"));
        return rows.isEmpty()
                ? differs(what, "", answer.text())
                : differs(what, String.join(",", header) + rows.size(), lines.getFirst() + (lines.size() - 1));
    }

    private String export(String record, String user, String as) {
        Cond where = condition(record, 1, false);
        Desk.Answer answer =
                desk.call(as, "GET", address(record) + "/export?and=" + Desk.encode(rest(where)), null);
        String what = user + " EXPORT " + record + " " + where;
        if (!DeskModel.known(user, record, where)) {
            return differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        List<Map<String, Object>> rows = model.fitting(user, record, where);
        List<String> ids = rows.stream().map(row -> String.valueOf(row.get("id"))).sorted().toList();
        List<String> lines = answer.text().lines().toList();
        String header = "id," + String.join(",", DeskModel.columns(user, record));
        List<String> shown = lines.stream().skip(1).map(line -> line.split(",", 2)[0]).sorted().toList();
        return rows.isEmpty()
                ? differs(what, "", shown.isEmpty() && lines.getFirst().equals(header) ? "" : answer.text())
                : differs(what, header + ids, lines.getFirst() + shown);
    }

    private String count(String record, String user, String as, String mode) {
        Cond where = condition(record, 2, false);
        Desk.Answer answer = desk.call(as, "GET", address(record) + "?limit=1&and=" + Desk.encode(rest(where)), null,
                "Prefer", "count=" + mode);
        String what = user + " counts " + record + " " + where;
        if (!DeskModel.known(user, record, where)) {
            return differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        String range = answer.headers().getOrDefault("content-range", "?/?");
        return differs(what, model.fitting(user, record, where).size() + "", range.substring(range.indexOf('/') + 1));
    }

    private long id(String record) {
        return random.nextInt(1, model.rows.get(record).lastKey().intValue() + 2);
    }

    private String get(String record, String user, String as, boolean embed) {
        long id = id(record);
        List<String> select = embed ? select(record, true) : List.of();
        String address = address(record) + "/" + id + (embed ? "?select=" + Desk.encode(written(select)) : "");
        Desk.Answer answer = desk.call(as, "GET", address, null);
        String what = user + " GET " + address;
        if (!select.stream().allMatch(name -> existsDeep(user, record, name))) {
            return differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        Map<String, Object> row = model.row(record, id);
        if (!model.visible(user, record, row)) {
            return differs(what, "404 null", answer.status() + " " + answer.headers().get("etag"));
        }
        if (answer.status() != 200) {
            return what + ": " + answer.text();
        }
        Map<String, Object> got = new LinkedHashMap<>((Map<String, Object>) DeskModel.normal(answer.json()));
        if (embed) {
            return differs(what, model.only(user, record, row, select), got);
        }
        List.of("version", "created_at", "created_by", "updated_at", "updated_by").forEach(got::remove);
        List<String> all = new ArrayList<>(List.of("id"));
        all.addAll(DeskModel.columns(user, record));
        return differs(what, model.only(user, record, row, all), got);
    }

    private String history(String user, String as) {
        long id = id("account");
        Desk.Answer answer = desk.call(as, "GET", "/api/desk/v1/accounts/" + id + "/audit", null);
        String what = user + " history of account " + id;
        boolean restricted = !DeskModel.sees(user, "account", "credit");
        if (model.row("account", id) == null && !restricted) {
            return null;
        }
        if (!model.visible(user, "account", model.row("account", id))) {
            return differs(what, 404, answer.status());
        }
        return differs(what, "200 " + restricted,
                answer.status() + " " + (restricted && !answer.text().contains("credit")));
    }

    private String toolList(String record, String user, String as) {
        Map<String, Object> where = new LinkedHashMap<>();
        List<Cond> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Compare compare = (Compare) condition(record, 0, true);
            if (where.putIfAbsent(compare.path(), Map.of(word(compare.operator()), value(compare))) == null) {
                conditions.add(compare);
            }
        }
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("where", where, "limit", 200));
        List<String> searched = record.equals("person") ? List.of("name", "phone")
                : record.equals("account") ? List.of("name", "country") : List.of();
        if (!searched.isEmpty() && random.nextInt(3) == 0) {
            String text = any(List.of("1", "p", "N", "zz"));
            arguments.put("search", text);
            conditions.add(new Cond.Or(searched.stream()
                    .filter(column -> DeskModel.sees(user, record, column))
                    .map(column -> (Cond) new Compare(column, Operator.ILIKE, "*" + text + "*")).toList()));
        }
        Map<?, ?> answer = desk.tool(as, "desk_records_" + record + "_list", arguments);
        Cond all = new Cond.And(conditions);
        String what = user + " tool list " + record + " " + arguments;
        if (!DeskModel.known(user, record, all)) {
            return differs(what, true, answer == null);
        }
        List<Map<String, Object>> rows = model.fitting(user, record, all);
        List<String> names = new ArrayList<>(List.of("id"));
        names.addAll(DeskModel.columns(user, record));
        List<Map<String, Object>> wanted = rows.stream().map(row -> model.only(user, record, row, names)).toList();
        if (answer == null) {
            return what + ": refused";
        }
        List<Map<String, Object>> got = ((List<Map<String, Object>>) DeskModel.normal(answer.get("rows"))).stream()
                .map(row -> {
                    Map<String, Object> kept = new LinkedHashMap<>(row);
                    List.of("version", "created_at", "created_by", "updated_at", "updated_by").forEach(kept::remove);
                    return kept;
                }).toList();
        return differs(what, wanted + " " + wanted.size(), got + " " + DeskModel.normal(answer.get("total")));
    }

    private String toolGet(String record, String user, String as) {
        long id = id(record);
        Map<?, ?> answer = desk.tool(as, "desk_records_" + record + "_get", Map.of("id", id));
        boolean visible = model.visible(user, record, model.row(record, id));
        String columns = visible ? new TreeSet<>(DeskModel.columns(user, record)).toString() : "";
        TreeSet<String> got = new TreeSet<>();
        if (answer != null) {
            answer.keySet().forEach(key -> got.add((String) key));
            List.of("id", "version", "created_at", "created_by", "updated_at", "updated_by").forEach(got::remove);
        }
        return differs(user + " tool get " + record + " " + id, columns, answer == null ? "" : got.toString());
    }

    private String rule(Path path, String user, String as) {
        String login = any(PEOPLE);
        String country = any(List.of("BR", "NO", "DE"));
        String stage = any(List.of("OPEN", "WON", "SECRET"));
        return switch (path) {
            case RULE_COUNT -> ran(as, "deals", Map.of("stage", stage), user,
                    model.fitting(user, "deal", new Compare("stage", Operator.EQ, stage)).size());
            case RULE_SUM -> ran(as, "deal_total", Map.of("login", login), user,
                    model.sum(user, "deal", new Compare("account.owner.login", Operator.EQ, login), "amount"));
            case RULE_ROWS -> ran(as, "owners_in", Map.of("country", country), user,
                    model.fitting(user, "account", new Compare("country", Operator.EQ, country)).stream().map(row -> {
                        Map<String, Object> owner = model.row("person", row.get("owner_id"));
                        return row.get("id") + ":" + (model.visible(user, "person", owner) ? owner.get("name") : "-");
                    }).sorted().toList());
            case RULE_FIELD -> {
                long id = id("account");
                Map<String, Object> row = model.row("account", id);
                boolean visible = model.visible(user, "account", row);
                Desk.Answer answer = desk.call(as, "POST", "/api/desk/v1/rpc/credit", Map.of("account_id", id));
                int wanted = !visible ? 404 : DeskModel.sees(user, "account", "credit") ? 200 : 403;
                yield differs(user + " credit of " + id, wanted, answer.status());
            }
            default -> throw new IllegalStateException(path.toString());
        };
    }

    private String ran(String as, String rule, Map<String, Object> inputs, String user, Object wanted) {
        Desk.Answer answer = desk.call(as, "POST", "/api/desk/v1/rpc/" + rule, inputs);
        Object normal = DeskModel.normal(answer.json());
        return differs(user + " runs " + rule + inputs, DeskModel.normal(wanted), normal);
    }

    boolean exists(String user, String record, String column) {
        return column.equals("id") || DeskModel.sees(user, record, column);
    }

    private boolean existsDeep(String user, String record, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? exists(user, record, name)
                : exists(user, DeskModel.TARGETS.get(record + "." + name.substring(0, dot)), name.substring(dot + 1));
    }

    private List<String> columnsOrId(String record) {
        List<String> all = new ArrayList<>(DeskModel.COLUMNS.get(record));
        all.add("id");
        return all;
    }

    /// Some columns, and a column of an embedded record as `owner.name`.
    private List<String> select(String record, boolean embeds) {
        List<String> names = new ArrayList<>(List.of("id"));
        DeskModel.COLUMNS.get(record).stream().filter(_ -> random.nextInt(4) == 0).forEach(names::add);
        if (embeds) {
            DeskModel.TARGETS.forEach((from, target) -> {
                if (from.startsWith(record + ".") && random.nextBoolean()) {
                    names.add(from.substring(record.length() + 1) + "."
                            + any(random.nextInt(6) == 0 ? columnsOrId(target) : List.of("id", "name")));
                }
            });
        }
        return names;
    }

    private static String written(List<String> select) {
        return select.stream()
                .map(name -> name.contains(".") ? name.replace(".", "(") + ")" : name)
                .collect(Collectors.joining(","));
    }

    Cond condition(String record, int depth, boolean paths) {
        int kind = depth == 0 ? 9 : random.nextInt(10);
        if (kind < 3) {
            List<Cond> parts = new ArrayList<>();
            for (int i = random.nextInt(1, 3); i >= 0; i--) {
                parts.add(condition(record, depth - 1, paths));
            }
            return kind == 0 ? new Cond.And(parts) : new Cond.Or(parts);
        }
        if (kind == 3) {
            return new Cond.Not(new Cond.Or(List.of(condition(record, 0, paths), condition(record, 0, paths))));
        }
        String at = record;
        String prefix = "";
        while (paths && random.nextInt(3) != 0) {
            String from = at;
            List<String> ways = DeskModel.TARGETS.keySet().stream()
                    .filter(way -> way.startsWith(from + ".")).sorted().toList();
            if (ways.isEmpty() || prefix.length() - prefix.replace(".", "").length() == 3) {
                break;
            }
            String way = any(ways);
            prefix += way.substring(at.length() + 1) + ".";
            at = DeskModel.TARGETS.get(way);
        }
        // Mostly what everybody may see, or hardly a question would be answered.
        String column = any(random.nextInt(8) == 0 ? columnsOrId(at) : columnsOrId(at).stream()
                .filter(each -> each.equals("id") || DeskModel.sees("ben", each.isEmpty() ? "" : recordOf(each), each))
                .toList());
        return compare(prefix + column, column);
    }

    private static String recordOf(String column) {
        return DeskModel.COLUMNS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(column)).map(Map.Entry::getKey).sorted().findFirst()
                .orElseThrow();
    }

    private Compare compare(String path, String column) {
        if (random.nextInt(8) == 0) {
            return new Compare(path, Operator.IS, null);
        }
        List<Object> known = VALUES.get(column);
        if (known == null) {
            Operator operator = any(List.of(Operator.EQ, Operator.NE, Operator.GT, Operator.LTE, Operator.IN));
            return new Compare(path, operator, operator == Operator.IN
                    ? List.of(number(column), number(column), number(column)) : number(column));
        }
        Operator operator = any(List.of(Operator.EQ, Operator.NE, Operator.IN));
        return new Compare(path, operator, operator == Operator.IN ? List.of(any(known), any(known)) : any(known));
    }

    private Object number(String column) {
        return column.endsWith("id") ? (Object) (long) random.nextInt(1, 40) : BigDecimal.valueOf(random.nextInt(6));
    }

    private static Object value(Compare compare) {
        return compare.value() == null ? "null" : compare.value();
    }

    private static String word(Operator operator) {
        return operator.name().toLowerCase();
    }

    static String rest(Cond where) {
        return "(" + part(where) + ")";
    }

    private static String part(Cond where) {
        return switch (where) {
            case Cond.And and -> "and(" + parts(and.conditions()) + ")";
            case Cond.Or or -> "or(" + parts(or.conditions()) + ")";
            case Cond.Not not -> "not." + part(not.condition());
            case Cond.Fields _, Cond.Some _ -> throw new UnsupportedOperationException(where.toString());
            case Compare c when c.operator() == Operator.IN -> c.path() + ".in.(" + ((Collection<?>) c.value()).stream()
                    .map(String::valueOf).collect(Collectors.joining(",")) + ")";
            case Compare c -> c.path() + "." + (c.operator() == Operator.NE ? "neq" : word(c.operator())) + "."
                    + (c.value() == null ? "null" : c.value());
        };
    }

    private static String parts(List<Cond> conditions) {
        return conditions.stream().map(DeskQuestions::part).collect(Collectors.joining(","));
    }
}

package dev.appos.rows;

import dev.appos.api.Cond;
import dev.appos.object.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Questions by chance about what belongs to records, about groups, page after page, and about words.
final class DeskReads {

    private final Desk desk;
    private final DeskModel model;
    private final Random random;
    private final DeskQuestions questions;

    DeskReads(Desk desk, DeskModel model, Random random, DeskQuestions questions) {
        this.desk = desk;
        this.model = model;
        this.random = random;
        this.questions = questions;
    }

    String ask(DeskQuestions.Path path, String user, String as) {
        return switch (path) {
            case MANY -> many(user, as);
            case GROUPS -> groups(user, as);
            case CURSOR -> cursor(user, as);
            case SEARCH -> search(user, as);
            default -> throw new IllegalStateException(path.toString());
        };
    }

    private Object got(Desk.Answer answer) {
        return answer.status() == 200 ? DeskModel.normal(answer.json()) : answer.text();
    }

    /// The records that refer to one, some of them with a filter of their own.
    private String many(String user, String as) {
        String way = questions.any(DeskModel.TARGETS.keySet().stream().sorted().toList());
        String child = way.substring(0, way.indexOf('.'));
        String column = way.substring(way.indexOf('.') + 1) + "_id";
        String parent = DeskModel.TARGETS.get(way);
        String plural = DeskModel.plural(child);
        int most = random.nextInt(1, 5);
        boolean inner = random.nextInt(3) == 0;
        String address = "/api/desk/v1/" + DeskModel.plural(parent) + "?select=id," + plural + "!" + column
                + (inner ? "!inner" : "") + "(id)&" + plural + ".limit=" + most + "&" + plural + ".id=gt.3";
        Desk.Answer answer = desk.call(as, "GET", address, null);
        String what = user + " GET " + address;
        if (!questions.exists(user, child, column)) {
            return questions.differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (Map<String, Object> row : model.fitting(user, parent, Query.ALL)) {
            List<Map<String, Object>> children = model.fitting(user, child, Query.ALL).stream()
                    .filter(each -> number(each.get("id")) > 3)
                    .filter(each -> String.valueOf(row.get("id")).equals(String.valueOf(each.get(column))))
                    .limit(most)
                    .map(each -> Map.of("id", each.get("id")))
                    .toList();
            if (!inner || !children.isEmpty()) {
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("id", row.get("id"));
                shown.put(plural, children);
                wanted.add(shown);
            }
        }
        return questions.differs(what, DeskModel.normal(wanted), got(answer));
    }

    private String groups(String user, String as) {
        String by = questions.any(List.of("stage", "account_id"));
        Cond where = questions.condition("deal", 1, false);
        String address = "/api/desk/v1/deals?select=" + by + ",count(),rates:rate.sum()&order=" + by + "&and="
                + Desk.encode(DeskQuestions.rest(where));
        Desk.Answer answer = desk.call(as, "GET", address, null);
        String what = user + " GET " + address;
        if (!questions.exists(user, "deal", by) || !questions.exists(user, "deal", "rate")
                || !DeskModel.known(user, "deal", where)) {
            return questions.differs(what, true, answer.status() == 400 || answer.status() == 422);
        }
        Map<Object, Integer> counts = new HashMap<>();
        model.fitting(user, "deal", where).forEach(row -> counts.merge(
                String.valueOf(row.get(by)), 1, Integer::sum));
        Map<Object, Integer> told = new HashMap<>();
        if (answer.status() != 200) {
            return what + ": " + answer.text();
        }
        for (Object each : (List<?>) answer.json()) {
            Map<?, ?> row = (Map<?, ?>) each;
            told.put(String.valueOf(row.get(by)), (int) number(row.get("count")));
        }
        return questions.differs(what, new TreeMap<>(counts).toString(), new TreeMap<>(told).toString());
    }

    private String cursor(String user, String as) {
        Cond where = questions.condition("deal", 1, false);
        if (!DeskModel.known(user, "deal", where)) {
            return null;
        }
        boolean descending = random.nextBoolean();
        String address = "/api/desk/v1/deals?select=id&order=stage." + (descending ? "desc" : "asc") + "&limit=9&and="
                + Desk.encode(DeskQuestions.rest(where)) + "&after=";
        String what = user + " pages " + address;
        if (!questions.exists(user, "deal", "stage")) {
            return null;
        }
        List<Object> ids = new ArrayList<>();
        String next = address;
        for (int page = 0; next != null && page < 20; page++) {
            Desk.Answer answer = desk.call(as, "GET", next, null);
            if (answer.status() != 200) {
                return what + ": " + answer.text();
            }
            ((List<?>) answer.json()).forEach(row -> ids.add(((Map<?, ?>) row).get("id")));
            String link = answer.headers().get("link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        List<Object> wanted = DeskModel.sorted(model.fitting(user, "deal", where), "stage", descending).stream()
                .map(row -> row.get("id")).toList();
        return questions.differs(what, String.valueOf(wanted), String.valueOf(ids));
    }

    private String search(String user, String as) {
        boolean person = random.nextBoolean();
        String record = person ? "person" : "account";
        List<String> columns = person ? List.of("name", "phone") : List.of("name", "country");
        String word = questions.any(person ? List.of("p1", "p2", "n003") : List.of("BR", "no", "n007"));
        Desk.Answer answer = desk.call(as, "GET",
                "/api/desk/v1/" + DeskModel.plural(record) + "?order=id&select=id&search=" + word, null);
        List<Object> wanted = model.fitting(user, record, Query.ALL).stream()
                .filter(row -> columns.stream().filter(column -> DeskModel.sees(user, record, column))
                        .anyMatch(column -> word.equalsIgnoreCase(String.valueOf(row.get(column)))))
                .map(row -> (Object) Map.of("id", row.get("id"))).toList();
        return questions.differs(user + " searches " + record + " for " + word, DeskModel.normal(wanted), got(answer));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}

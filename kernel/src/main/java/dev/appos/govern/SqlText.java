package dev.appos.govern;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Queries;
import org.jooq.SQLDialect;
import org.jooq.conf.BackslashEscaping;
import org.jooq.conf.ParamType;
import org.jooq.conf.ParseUnknownFunctions;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// What a text of SQL would do.
///
/// The text is parsed and written out again, with every name and every text in quotes; what then stands outside of
/// quotes are the words of the language, wherever they were hidden. A function the parser does not know makes the
/// text unreadable, because it could do anything.
///
/// @param readable whether it could be parsed
/// @param single   whether it is one statement
/// @param select   whether that one is a query
/// @param words    of the language that occur in it
record SqlText(boolean readable, boolean single, boolean select, Set<String> words) {

    private static final int LONGEST = 20_000;

    private static final Set<String> SCHEMA = Set.of(
            "create", "alter", "drop", "truncate", "comment", "grant", "revoke", "rename");
    private static final Set<String> WRITES = Set.of(
            "insert", "update", "delete", "merge", "into", "nextval", "share", "do", "set", "call", "lock");

    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
    private static final Pattern END = Pattern.compile("[\\s;]+$");
    private static final SqlText UNREADABLE = new SqlText(false, false, false, Set.of());

    private static final DSLContext PARSER = DSL.using(
            SQLDialect.POSTGRES,
            new Settings()
                    .withParseDialect(SQLDialect.POSTGRES)
                    .withParseUnknownFunctions(ParseUnknownFunctions.FAIL)
                    .withParseIgnoreComments(false)
                    .withRenderQuotedNames(RenderQuotedNames.ALWAYS)
                    .withParamType(ParamType.INLINED)
                    .withBackslashEscaping(BackslashEscaping.OFF));

    /// Reads a text.
    static SqlText of(String given) {
        if (given.length() > LONGEST) {
            return UNREADABLE;
        }
        String text = END.matcher(given).replaceAll("");
        try {
            Queries queries = PARSER.parser().parse(text);
            List<String> written = queries.queryStream().map(PARSER::render).toList();
            Set<String> words = written.stream()
                    .map(sql -> QUOTED.matcher(sql).replaceAll(" ").toLowerCase(Locale.ROOT))
                    .flatMap(sql -> Arrays.stream(sql.split("[^a-z_]+")))
                    .collect(Collectors.toUnmodifiableSet());
            boolean query = selects(text);
            return new SqlText(!written.isEmpty(), query || written.size() == 1 && statement(text), query, words);
        } catch (DataAccessException | StackOverflowError | IllegalArgumentException _) {
            return UNREADABLE;
        }
    }

    /// Whether it is one query that reads and does nothing else.
    boolean pureSelect() {
        return readable
                && single
                && select
                && Collections.disjoint(words, SCHEMA)
                && Collections.disjoint(words, WRITES);
    }

    /// Whether it changes tables, rights or other things that hold data, or empties them.
    boolean changesSchema() {
        return !Collections.disjoint(words, SCHEMA);
    }

    /// Whether it changes or removes rows that are there.
    boolean changesRows() {
        return words.contains("update") || words.contains("delete") || words.contains("merge");
    }

    /// A block of code can do what cannot be read.
    boolean hidesCode() {
        return !readable || words.contains("do");
    }

    /// The parser leaves out settings such as `set role`; asked for one query, it does not.
    private static boolean selects(String text) {
        try {
            return PARSER.parser().parseSelect(text) != null;
        } catch (DataAccessException _) {
            return false;
        }
    }

    private static boolean statement(String text) {
        try {
            return PARSER.parser().parseQuery(text) != null;
        } catch (DataAccessException _) {
            return false;
        }
    }
}

package dev.appos.insight;

import dev.appos.base.Names;
import dev.appos.base.Nearest;
import dev.appos.base.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a question in plain words: the kind by words that speak for it, the object by its name, the window by a number
/// and a unit. No more than that, so that whoever asks can tell why it was understood as it was.
final class QuestionReader {

    /// The longest question.
    static final int LONGEST = 1_000;

    private static final int SHORTEST_WORD = 4;

    /// Names of more words are only understood when they are written right.
    private static final int MOST_WORDS = 4;

    private static final Pattern REF = Pattern.compile("\\b[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*){2,3}\\b");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");
    private static final Pattern WINDOW =
            Pattern.compile("\\b([0-9]{1,5}|an?|one|last|past|this)\\s*(minutes?|min|hours?|days?|weeks?|months?)\\b");

    /// Words that are written often and name nothing.
    private static final Set<String> COMMON = Set.of(
            "what", "which", "that", "this", "when", "where", "would", "will", "does", "have", "with", "from", "into",
            "about", "there", "their", "they", "them", "then", "than", "change", "changed", "changing", "object",
            "objects", "record", "records", "rule", "rules", "process", "processes", "page", "pages", "interface",
            "field", "show", "tell", "give", "list", "today", "yesterday", "last", "hour", "hours", "days", "week",
            "since", "long", "most", "happens", "everything", "anything", "system", "platform", "slowest", "step",
            "steps", "please", "were", "been", "being", "need", "needs", "uses", "used", "using", "call", "calls");

    private final Graph graph;
    private final Map<String, List<String>> byName = new TreeMap<>();

    QuestionReader(Graph graph) {
        this.graph = graph;
        graph.nodes().stream().filter(node -> node.matches("[a-z0-9_]+\\.[a-z]+\\.[a-z0-9_]+")).forEach(ref -> {
            String name = ref.substring(ref.lastIndexOf('.') + 1);
            name(name, ref);
            if (graph.type(ref).equals("record")) {
                name(Names.plural(name), ref);
            }
        });
    }

    private void name(String name, String ref) {
        byName.merge(name.replace('_', ' '), List.of(ref), (a, b) ->
                Stream.concat(a.stream(), b.stream()).distinct().toList());
    }

    /// @throws Refusal if it is too long to be a question
    Question read(String question) {
        if (question.isBlank() || question.length() > LONGEST) {
            throw Refusal.invalid(
                    "The question", "/question", "length", "must have 1 to " + LONGEST + " characters");
        }
        String text = question.toLowerCase(Locale.ROOT);
        Found found = object(text);
        // An object's name says nothing about the kind: a rule may be called report_changes.
        String rest = found.written().isEmpty() ? text : text.replace(found.written(), " ");
        Kind kind = kind(rest.replaceAll("[^a-z0-9_ ]+", " ").replaceAll("\\s+", " ").strip(), found);
        boolean lacking = kind == Kind.IMPACT_ANALYSIS && found.ref().isEmpty();
        Optional<String> note = lacking
                ? Optional.of(found.note().map(said -> said + " ").orElse("") + "Name the object that would change.")
                : found.note();
        return new Question(
                lacking ? Kind.UNKNOWN : kind, found.ref(), window(text).orElse(Question.usual(kind)), note);
    }

    /// @param written as it stands in the text
    private record Found(Optional<String> ref, String written, Optional<String> note) {}

    private static Kind kind(String text, Found found) {
        Kind best = Kind.askable().stream()
                .max(Comparator.comparingInt((Kind kind) -> kind.weight(text)).thenComparing(Comparator.reverseOrder()))
                .orElse(Kind.UNKNOWN);
        if (best.weight(text) > 0) {
            return best;
        }
        // Just a name: who uses it and what it uses is the likeliest question.
        boolean alone = found.ref().isPresent() && text.split(" ").length <= 3;
        return alone ? Kind.DEPENDENCY_GRAPH : Kind.UNKNOWN;
    }

    private Found object(String text) {
        Matcher ref = REF.matcher(text);
        if (ref.find()) {
            return reference(ref.group());
        }
        String spaced = " " + text.replaceAll("[^a-z0-9]+", " ").strip() + " ";
        Optional<Found> joined = WORD.matcher(text).results()
                .map(MatchResult::group)
                .filter(word -> word.contains("_"))
                .flatMap(word -> close(word, spaced).stream())
                .findFirst();
        if (joined.isPresent()) {
            return joined.get();
        }
        Optional<String> name = byName.keySet().stream()
                .filter(known -> spaced.contains(" " + known + " "))
                .max(Comparator.comparingInt(String::length));
        if (name.isPresent()) {
            String written = text.contains(name.get()) ? name.get() : name.get().replace(' ', '_');
            return choose(byName.get(name.get()), written, spaced);
        }
        return misspelt(text, spaced);
    }

    private Found reference(String written) {
        String object = written.split("\\.").length == 4 ? written.substring(0, written.lastIndexOf('.')) : written;
        if (graph.has(object)) {
            return new Found(Optional.of(written), written, Optional.empty());
        }
        return Nearest.of(object, graph.nodes())
                .map(near -> new Found(
                        Optional.of(near), written,
                        Optional.of("There is no " + object + "; understood as " + near + ".")))
                .orElseGet(() -> new Found(Optional.empty(), written, Optional.of("There is no " + object + ".")));
    }

    /// Looks for names a letter or two away, those of several words first.
    private Found misspelt(String text, String spaced) {
        List<MatchResult> words = WORD.matcher(text).results().toList();
        for (int length = MOST_WORDS; length > 0; length--) {
            for (int i = 0; i + length <= words.size(); i++) {
                String written = text.substring(words.get(i).start(), words.get(i + length - 1).end());
                Optional<Found> close = telling(written, length) ? close(written, spaced) : Optional.empty();
                if (close.isPresent()) {
                    return close.get();
                }
            }
        }
        return new Found(Optional.empty(), "", Optional.empty());
    }

    /// The object of this name, or of one a letter or two away.
    private Optional<Found> close(String written, String spaced) {
        String name = written.replace('_', ' ');
        if (byName.containsKey(name)) {
            return Optional.of(choose(byName.get(name), written, spaced));
        }
        return near(name).map(near -> {
            Found chosen = choose(byName.get(near), written, spaced);
            String note = "There is no " + written + "; understood as " + chosen.ref().orElseThrow() + ".";
            return new Found(chosen.ref(), written, Optional.of(note));
        });
    }

    private static boolean telling(String written, int words) {
        boolean spoken = Kind.askable().stream().anyMatch(kind -> kind.weight(written) > 0);
        return written.length() >= SHORTEST_WORD
                && (words > 1 || !COMMON.contains(written) && !spoken);
    }

    private Optional<String> near(String written) {
        return Nearest.of(written, byName.keySet())
                .filter(known -> Math.abs(known.length() - written.length()) <= 2)
                .filter(known -> known.charAt(0) == written.charAt(0))
                .filter(known -> known.split(" ").length == written.split(" ").length);
    }

    /// Of several objects of one name: the kind or the app that the text names, otherwise the record.
    private Found choose(List<String> refs, String written, String text) {
        Comparator<String> fits = Comparator
                .comparing((String ref) -> text.contains(" " + graph.type(ref)))
                .thenComparing(ref -> text.contains(" " + ref.substring(0, ref.indexOf('.')) + " "))
                .thenComparing(ref -> graph.type(ref).equals("record"))
                .thenComparing(Comparator.reverseOrder());
        String best = refs.stream().max(fits).orElseThrow();
        List<String> others = refs.stream().filter(ref -> !ref.equals(best)).toList();
        return new Found(Optional.of(best), written, others.isEmpty()
                ? Optional.empty()
                : Optional.of("Also called so: " + String.join(", ", others) + "."));
    }

    private static Optional<Duration> window(String text) {
        Matcher window = WINDOW.matcher(text);
        if (window.find()) {
            String number = window.group(1);
            int count = Character.isDigit(number.charAt(0)) ? Math.max(1, Integer.parseInt(number)) : 1;
            boolean months = window.group(2).startsWith("month");
            Duration length = months ? Question.length(30 * count, "d") : Question.length(count, window.group(2));
            return Optional.of(length.compareTo(Question.LONGEST) > 0 ? Question.LONGEST : length);
        }
        if (text.contains("yesterday")) {
            return Optional.of(Duration.ofDays(2));
        }
        return text.contains("today") ? Optional.of(Duration.ofDays(1)) : Optional.empty();
    }
}

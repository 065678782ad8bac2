package dev.appos.generate;

import dev.appos.base.Names;
import dev.appos.base.Ref;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Pieces of Java source.
final class JavaText {

    /// Annotations and headers break here.
    static final int WIDTH = 120;

    private JavaText() {}

    /// A literal, whatever the text holds.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> out.append(c < ' ' || c > '~' && !Character.isLetterOrDigit(c)
                        ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }

    /// One text, or several in braces: what an annotation takes.
    static String texts(Collection<String> texts) {
        String all = texts.stream().map(JavaText::quoted).collect(Collectors.joining(", "));
        return texts.size() == 1 ? all : "{" + all + "}";
    }

    /// `name = value` pairs in parentheses behind an annotation, on as many lines as it takes.
    static String annotation(String name, List<String> pairs) {
        StringBuilder out = new StringBuilder("@" + name + "(");
        int column = out.length();
        for (int i = 0; i < pairs.size(); i++) {
            String pair = pairs.get(i) + (i + 1 == pairs.size() ? ")" : ",");
            if (i > 0 && column + pair.length() + 1 > WIDTH) {
                out.append("\n       ");
                column = 7;
            }
            out.append(i == 0 ? "" : " ").append(pair);
            column += pair.length() + 1;
        }
        return out.toString();
    }

    /// How the sources of an app name a record type: `Customer`, or `crm.Customer` from another app.
    static String type(Ref record, String app) {
        String name = Names.capital(Names.camel(record.name()));
        return record.app().equals(app) ? name : record.app() + "." + name;
    }
}

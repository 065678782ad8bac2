package dev.appos.govern;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Every text in the arguments of a call: keys and values, at any depth, in the form in which they are compared.
final class Texts {

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern DASH = Pattern.compile("\\p{Pd}");

    private Texts() {}

    /// Keys and values, numbers too, without invisible characters and look-alikes of letters, digits and dashes.
    static List<String> of(@Nullable Object value) {
        List<String> texts = new ArrayList<>();
        collect(value, texts);
        return texts;
    }

    /// One text as it is compared when case does not matter.
    static String normal(String text) {
        return plain(text).toLowerCase(Locale.ROOT);
    }

    static String plain(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        return DASH.matcher(INVISIBLE.matcher(composed).replaceAll("")).replaceAll("-");
    }

    private static void collect(@Nullable Object value, List<String> texts) {
        switch (value) {
            case null -> { }
            case Map<?, ?> map -> map.forEach((key, each) -> {
                texts.add(plain(String.valueOf(key)));
                collect(each, texts);
            });
            case Collection<?> list -> list.forEach(each -> collect(each, texts));
            default -> texts.add(plain(value.toString()));
        }
    }
}

package dev.appos.govern;

import dev.appos.base.Names;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds personal data in arguments: words that name it, in keys and values, and real social security and card numbers.
///
/// The words are `ssn`, `social security`, `credit card` and `password`, whole and however they are joined. Numbers
/// must be possible ones: a card number has the length, the first digit and the check digit of a card. E-mail
/// addresses, names and telephone numbers are not looked for: a business cannot write to a customer without them.
final class PersonalData {

    private static final Pattern WORDS = Pattern.compile(
            "(?<![a-z0-9])(ssns?|social[\\s_-]*security|credit[\\s_-]*cards?|passwords?)(?![a-z])");
    private static final Pattern SSN = Pattern.compile(
            "(?<!\\d)(?!000|666|9\\d\\d)\\d{3}[- ](?!00)\\d{2}[- ](?!0000)\\d{4}(?!\\d)");
    private static final Pattern CARD = Pattern.compile("(?<!\\d)[2-6](?:[ -]?\\d){12,18}(?!\\d)");

    private PersonalData() {}

    /// What was found, without its value.
    static Optional<String> in(Map<String, ?> values) {
        for (String text : Texts.of(values)) {
            Matcher word = WORDS.matcher(Names.snake(text));
            if (word.find()) {
                return Optional.of("the word " + word.group(1));
            } else if (SSN.matcher(text).find()) {
                return Optional.of("a social security number");
            } else if (card(text)) {
                return Optional.of("a card number");
            }
        }
        return Optional.empty();
    }

    private static boolean card(String text) {
        Matcher matcher = CARD.matcher(text);
        while (matcher.find()) {
            if (luhn(matcher.group().replaceAll("\\D", ""))) {
                return true;
            }
        }
        return false;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}

package dev.appos.api;

import java.math.BigDecimal;

/// An amount in a currency, exact. As a field `price` it is two columns, the amount `price` and the currency
/// `price_currency`, which have a value both or neither.
///
/// @param currency of ISO 4217: `EUR`
public record Money(BigDecimal amount, String currency) {

    /// `Money.of("12.50", "EUR")`.
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /// The amount in a row with its currency; nothing where there is none. What generated code calls.
    public static Money from(Object amount, Object currency) {
        return amount instanceof BigDecimal number && currency instanceof String code ? new Money(number, code) : null;
    }

    /// The sum of two amounts.
    ///
    /// @throws IllegalArgumentException if they are in two currencies
    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    /// The difference of two amounts.
    ///
    /// @throws IllegalArgumentException if they are in two currencies
    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    /// So many times the amount, with all its digits.
    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor), currency);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    other.currency + " cannot be added to or taken from " + currency + ": convert it first");
        }
        return other;
    }
}

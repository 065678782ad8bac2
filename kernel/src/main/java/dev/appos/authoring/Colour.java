package dev.appos.authoring;

import dev.appos.object.AppDefinition;

/// What is left of a colour such as `#3B82F6` when its lightness is the platform's: hue and chroma in OKLCH.
///
/// The numbers are those of the definition of Oklab: from linear sRGB to cone responses, and from their cube roots to
/// the two axes of colour.
final class Colour {

    private static final int HEX = 16;

    /// Decimals that a screen can tell apart.
    private static final double STEPS = 1_000;

    private Colour() {}

    static AppDefinition.Theme theme(String hex) {
        double r = linear(Integer.parseInt(hex.substring(1, 3), HEX));
        double g = linear(Integer.parseInt(hex.substring(3, 5), HEX));
        double b = linear(Integer.parseInt(hex.substring(5, 7), HEX));
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        double green = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
        double blue = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
        double hue = (Math.toDegrees(Math.atan2(blue, green)) + 360) % 360;
        return new AppDefinition.Theme(rounded(hue), rounded(Math.hypot(green, blue)));
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double rounded(double value) {
        return Math.round(value * STEPS) / STEPS;
    }
}

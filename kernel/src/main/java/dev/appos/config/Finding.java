package dev.appos.config;

import java.util.List;

/// Something in a file of settings that is wrong, or that its writer should know.
///
/// @param file    as people know it: `appos.yaml`, `crm/app.yaml`, or an environment variable
/// @param line    from 1; 0 where there are no lines
/// @param column  from 1
/// @param warning whether the file is taken nevertheless
/// @param remedy  what to do
public record Finding(String file, int line, int column, boolean warning, String message, String remedy) {

    /// Those that keep the file from being taken.
    public static List<Finding> faults(List<Finding> findings) {
        return findings.stream().filter(finding -> !finding.warning()).toList();
    }

    /// The place and the message, in one line.
    public String headline() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (warning ? "warning: " : "") + message;
    }

    @Override
    public String toString() {
        return "%s%n    %s".formatted(headline(), remedy);
    }
}

package dev.appos.cli;

/// How a list is printed. Lower case, as it is written on the command line.
enum Format {
    text,
    json
}

package dev.appos.api;

/// A part of a screen. What it says is data: it never touches a browser and holds no state between requests.
public interface Ui {

    /// The part as data, with everything in it.
    Node node();
}

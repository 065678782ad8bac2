/// The door. Every use of every object by anyone is one call through [Dispatcher], and only it can make a [Permit].
///
/// Read [Dispatcher] first: it is the order of all questions, on one screen. Engines implement [Engine] and take what
/// they need from the permit. May import the whole spine below it; never an engine.
@NullMarked
package dev.appos.dispatch;

import org.jspecify.annotations.NullMarked;

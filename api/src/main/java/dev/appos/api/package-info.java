/// What an app author writes against: annotations, the words of rules, processes and screens, conditions, refusals.
///
/// Read [Record] first, then [Words] and [Screen]. Everything here is plain Java without dependencies; the platform
/// implements [Door] and [Flow], which no author needs to name.
package dev.appos.api;

/// What can be set in `appos.yaml` and `app.yaml`, and how a value comes about.
///
/// Read [PlatformKeys] and [AppKeys] first: they say of every key what it is called, what it may hold, when it acts and
/// what it means. Reading, checking, `appos validate`, the reference and the list for administrators all follow from
/// them. [SettingsReader] puts the places of a value in order, [LiveSettings] keeps them up to date while the server
/// runs.
///
/// This package never acts on a setting: whoever is adjusted takes a small record of its own.
@NullMarked
package dev.appos.config;

import org.jspecify.annotations.NullMarked;

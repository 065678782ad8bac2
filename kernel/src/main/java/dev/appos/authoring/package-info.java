/// Apps from source, without packages and imports.
///
/// Read [AppCompiler] first: it scans the authors' untouched files ([Scan]), writes the accessors ([Generator]), runs
/// one javac task ([JavacRun]), reads the attributed trees ([Analysis]) and puts definitions and references together
/// ([Assembly]). [AppWatcher] does it again on every save.
///
/// Of `app.yaml` these keys are checked and do nothing yet: `version`, `db_connected_system`, `environment`,
/// `theme.primary_color`, `theme.secondary_color`, `theme.accent_color`, `theme.font_family`, `theme.border_radius`,
/// and all of `features` and `logging`. The folder is an app's name; `short_name` may only repeat it.
///
/// May import the spine; runs no app code, opens no connection and writes no file.
@NullMarked
package dev.appos.authoring;

import org.jspecify.annotations.NullMarked;

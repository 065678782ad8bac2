/// Apps from source, without packages and imports.
///
/// Read [AppCompiler] first: it scans the authors' untouched files ([Scan]), writes the accessors ([Generator]), runs
/// one javac task ([JavacRun]), reads the attributed trees ([Analysis]) and puts definitions and references together
/// ([Assembly]). [AppWatcher] does it again on every save.
///
/// May import the spine; runs no app code, opens no connection and writes no file.
@NullMarked
package dev.appos.authoring;

import org.jspecify.annotations.NullMarked;

package dev.appos.object;

import java.nio.file.Path;

/// Content that has arrived and is not kept yet: what a call that would keep it is judged by.
///
/// @param sha256 of the content, as 64 hex digits
/// @param bytes  how long it is, as far as it was read
/// @param type   the media type found in the content itself
/// @param whole  whether it was read to its end; false where it went on beyond what the platform takes
/// @param file   where it waits
public record Upload(String sha256, long bytes, String type, boolean whole, Path file) {}

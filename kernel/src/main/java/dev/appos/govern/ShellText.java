package dev.appos.govern;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Words of shell commands that destroy.
///
/// No list of words can be complete: a shell can spell everything in a thousand ways. It stops accidents, not attacks;
/// where attacks matter the shell is denied altogether.
final class ShellText {

    private static final Set<String> DESTROYERS = Set.of(
            "rm", "rmdir", "unlink", "shred", "dd", "mkfs", "fdisk", "parted", "wipefs", "truncate", "shutdown",
            "reboot", "halt", "poweroff", "init", "kill", "killall", "pkill", "userdel", "groupdel", "dropdb",
            "dropuser", "drop", "delete", "-delete", "destroy", "prune", "purge", "--force", "--hard", "eval",
            "mkswap", "del", "format", "terminate-instances");

    private static final Pattern PIPED = Pattern.compile("\\|\\s*(\\S*/)?(sudo\\s+)?(ba|z|k|da)?sh\\b");
    private static final Pattern DEVICE = Pattern.compile(">\\s*/dev/(?!null|stdout|stderr)");

    private ShellText() {}

    /// What in the command destroys, if something does.
    static Optional<String> destroyer(String command) {
        String plain = Texts.normal(command).replaceAll("\\$\\{?ifs\\}?", " ").replaceAll("[\\\\'\"`]", "");
        if (PIPED.matcher(plain).find()) {
            return Optional.of("a pipe into a shell");
        } else if (DEVICE.matcher(plain).find()) {
            return Optional.of("writing to a device");
        }
        return Arrays.stream(plain.split("[^a-z0-9_./-]+"))
                .map(word -> word.substring(word.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))
                .map(word -> word.startsWith("mkfs.") ? "mkfs" : word)
                .filter(DESTROYERS::contains)
                .findFirst();
    }
}

package dev.appos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.docs.Document;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Keeps the commands in the reference those there are.
class CommandsTest {

    private static final List<String> CELLS = Document.at("docs/reference/reference.md").firstCells("Commands");

    @Test
    void the_reference_has_every_command_and_every_option_and_no_other() {
        CommandLine line = Appos.commands(Clock.systemUTC());
        Set<String> shown = line.getSubcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(written(false)).isEqualTo(shown);
        Set<String> options = line.getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(OptionSpec::longestName)
                .filter(name -> !Set.of("--help", "--version").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(written(true)).isEqualTo(options);
    }

    private static Set<String> written(boolean options) {
        return CELLS.stream()
                .map(cell -> cell.split(" ")[0])
                .filter(word -> !Set.of("command", "option").contains(word))
                .filter(word -> word.startsWith("--") == options)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

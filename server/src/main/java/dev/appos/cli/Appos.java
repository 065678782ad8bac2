package dev.appos.cli;

import dev.appos.base.Refusal;
import dev.appos.boot.Platform;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command `appos` with every command below it.
@Command(
        name = "appos",
        mixinStandardHelpOptions = true,
        versionProvider = Appos.Version.class,
        description = "A platform on which people and AI agents run a business's applications together, safely.",
        subcommands = {CommandLine.HelpCommand.class})
public final class Appos implements Runnable {

    /// What `--version` prints.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"appos " + Platform.VERSION};
        }
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Runs one command line and answers its exit code.
    public static int run(String[] arguments, Clock clock) {
        Quiet.libraries();
        CommandLine line = commands(clock);
        line.setExecutionExceptionHandler((failure, failed, _) -> {
            PrintWriter err = failed.getErr();
            if (failure instanceof Refusal refusal) {
                err.println(refusal.getMessage());
                err.println(refusal.remedy());
            } else {
                failure.printStackTrace(err);
            }
            err.flush();
            return 1;
        });
        return line.execute(arguments);
    }

    /// The command with those below it.
    static CommandLine commands(Clock clock) {
        CommandLine line = new CommandLine(new Appos());
        line.addSubcommand(new Init());
        line.addSubcommand(new NewAppCommand());
        line.addSubcommand(new Generate(clock));
        line.addSubcommand(new Demo(clock));
        line.addSubcommand(new Run(clock));
        line.addSubcommand(new Check());
        line.addSubcommand(new Validate());
        line.addSubcommand(new ImpactOf());
        line.addSubcommand(new AskCommand());
        line.addSubcommand(new Migrate(clock));
        line.addSubcommand(new Import(clock));
        line.addSubcommand(new Export());
        line.addSubcommand(new ProcessCommand());
        line.addSubcommand(new UserCommand());
        line.addSubcommand(new GroupCommand());
        line.addSubcommand(new KeyCommand());
        line.addSubcommand(new GrantCommand());
        line.addSubcommand(new ScheduleCommand());
        line.addSubcommand(new Logs(clock));
        line.addSubcommand("version", new VersionCommand());
        line.addSubcommand(new WarmUp(clock));
        return line;
    }
}

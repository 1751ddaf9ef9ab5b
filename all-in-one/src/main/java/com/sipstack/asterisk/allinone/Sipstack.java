package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.allinone.doctor.DoctorCommand;
import com.sipstack.asterisk.allinone.forget.ForgetCommand;
import com.sipstack.asterisk.allinone.migrate.MigrateCommand;
import com.sipstack.asterisk.allinone.topics.TopicsCommand;
import com.sipstack.asterisk.allinone.voicemail.MailCommand;
import com.sipstack.asterisk.assembler.AssembleCommand;
import com.sipstack.asterisk.assembler.InterpretCommand;
import com.sipstack.asterisk.assembler.dlq.DlqCommand;
import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.stubapi.StubApiCommand;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code sipstack} command. Exit codes: 0 in order, 1 something failed, 2 wrong settings or options. */
@Command(
        name = "sipstack",
        description = "Gets call data out of Asterisk and ships it to SIPSTACK.",
        mixinStandardHelpOptions = true,
        versionProvider = Sipstack.Version.class,
        footer = "In a checkout, ./sipstack bench measures all of it: docs/benchmarks/end-to-end.md says how.",
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            AssembleCommand.class,
            InterpretCommand.class,
            DlqCommand.class,
            ForgetCommand.class,
            DoctorCommand.class,
            TopicsCommand.class,
            MigrateCommand.class,
            MailCommand.class,
            StubApiCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Sipstack {
    static final int FAILED = 1;
    static final int WRONG_SETTINGS = 2;

    /** Set by the launcher: the folder that holds the plugins' folders. */
    private static final String PLUGINS = "sipstack.plugins";

    private Sipstack() {}

    /** Asked by {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"SIPSTACK Connect for Asterisk " + ProductVersion.CURRENT};
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Sipstack())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((fault, command, parsed) -> explain(fault, command))
                .execute(args));
    }

    static Path plugins() {
        return Path.of(System.getProperty(PLUGINS, "plugins")).toAbsolutePath();
    }

    private static int explain(Exception fault, CommandLine command) {
        if (fault instanceof SettingsException settings) {
            settings.faults().forEach(line -> command.getErr().println("sipstack: " + line));
            return WRONG_SETTINGS;
        }
        command.getErr().println("sipstack: " + Reason.of(fault));
        LoggerFactory.getLogger(Sipstack.class).debug("stopped by", fault);
        return FAILED;
    }
}

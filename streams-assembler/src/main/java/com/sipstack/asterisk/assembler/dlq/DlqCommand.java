package com.sipstack.asterisk.assembler.dlq;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sipstack dlq}: what could not be read, assembled or delivered. */
@Command(
        name = "dlq",
        description = "Shows what could not be read, assembled or delivered, and replays it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            ReplayCommand.class,
            DropCommand.class,
            CommandLine.HelpCommand.class
        })
public final class DlqCommand {}

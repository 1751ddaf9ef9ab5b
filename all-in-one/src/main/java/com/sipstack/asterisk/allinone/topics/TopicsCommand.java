package com.sipstack.asterisk.allinone.topics;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code sipstack topics}: topics, their settings and ACLs in a cluster of one's own. */
@Command(
        name = "topics",
        description = "Compares a cluster's topics and ACLs with what we need, and puts them right.",
        mixinStandardHelpOptions = true,
        subcommands = {PlanCommand.class, ApplyCommand.class, CommandLine.HelpCommand.class})
public final class TopicsCommand {}

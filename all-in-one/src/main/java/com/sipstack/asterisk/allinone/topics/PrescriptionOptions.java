package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.model.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a cluster must have, by a command's options. */
final class PrescriptionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--prefix",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "What the topics' names begin with. Default: ${DEFAULT-VALUE}")
    private String prefix;

    @Option(
            names = "--partitions",
            paramLabel = "NUMBER",
            description = "Partitions of each topic. Default: as many as those have that are there, else 6.")
    private Optional<Integer> partitions = Optional.empty();

    @Option(
            names = "--replication-factor",
            paramLabel = "NUMBER",
            defaultValue = "-1",
            description = "Of topics that are created. Default: -1, the brokers' own default")
    private short replicationFactor;

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            defaultValue = "sipstack-assembler",
            description = "The assembler's. Default: ${DEFAULT-VALUE}")
    private String applicationId;

    @Option(
            names = "--sinks",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "sipstack-calls,sipstack-raw,sipstack-recordings",
            description = "Names of the connectors that ship. Default: ${DEFAULT-VALUE}")
    private List<String> sinks = new ArrayList<>();

    @Option(
            names = "--principal",
            paramLabel = "ROLE=User:NAME",
            converter = Holder.Converter.class,
            description = {
                "Who is source, assembler, console, sinks, tools or forget, as often as there are such. ACLs are looked at for these alone;",
                "with none of them, not at all."
            })
    private List<Holder> holders = new ArrayList<>();

    Prescription prescription() {
        if (partitions.isPresent() && partitions.get() < 1) {
            throw new ParameterException(command.commandLine(), "--partitions must be 1 or more");
        }
        return new Prescription(topics(), partitions, replicationFactor, applicationId, sinks, holders);
    }

    private Topics topics() {
        try {
            return new Topics(prefix);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--prefix: " + e.getMessage(), e);
        }
    }
}

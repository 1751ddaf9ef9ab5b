package com.sipstack.asterisk.stubapi;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The stub API as a program of its own, which runs until it is stopped. */
@Command(
        name = "stub-api",
        mixinStandardHelpOptions = true,
        description = "A SIPSTACK API to run and test against.",
        sortOptions = false)
public final class StubApiCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on; 0 is any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private String bind;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The one API key to let in. Default: every well-formed key")
    private String key;

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            defaultValue = "100000",
            description = "The most calls to remember. Default: ${DEFAULT-VALUE}")
    private int maxCalls;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch stopped;

    /** A command that runs until the process is told to end. */
    public StubApiCommand() {
        this(new CountDownLatch(1));
    }

    /** @param stopped reaches zero when the command is to end */
    StubApiCommand(CountDownLatch stopped) {
        this.stopped = stopped;
    }

    /** Runs the command and exits with its code: 0, 1 if it cannot run, 2 if its options make no sense. */
    public static void main(String[] args) {
        System.exit(commandLine(new StubApiCommand()).execute(args));
    }

    /** Makes errors one line each. */
    static CommandLine commandLine(StubApiCommand command) {
        return new CommandLine(command)
                .setParameterExceptionHandler(StubApiCommand::reportMisuse)
                .setExecutionExceptionHandler(StubApiCommand::reportFailure);
    }

    private static int reportMisuse(ParameterException e, String[] args) {
        return report(e.getCommandLine(), e.getMessage(), CommandLine.ExitCode.USAGE);
    }

    private static int reportFailure(Exception e, CommandLine commandLine, ParseResult parsed) {
        Throwable speaking = e instanceof UncheckedIOException wrapper ? wrapper.getCause() : e;
        return report(commandLine, speaking.getMessage(), CommandLine.ExitCode.SOFTWARE);
    }

    private static int report(CommandLine commandLine, String message, int exitCode) {
        PrintWriter err = commandLine.getErr();
        err.println(commandLine.getCommandName() + ": " + message);
        err.flush();
        return exitCode;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (StubApi stub = StubApi.start(config())) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("SIPSTACK stub API on " + stub.uri());
            out.flush();
            stopped.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private StubApiConfig config() {
        StubApiConfig config =
                StubApiConfig.defaults().withBind(bind).withPort(port).withMaxCalls(maxCalls);
        return key == null ? config : config.withAcceptedKey(key);
    }
}

package com.sipstack.asterisk.allinone.migrate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From when on rows are read: as somebody says, else by what the earlier connector left behind, else from shortly before now. */
final class StartOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--start-from",
            paramLabel = "INSTANT",
            description = {
                "From when on rows are read, such as 2026-11-22T08:00:00Z: when the old connector stops, less the longest call.",
                "Default: by --tracker-db, else the longest call before now, for a switch-over that is about to begin."
            })
    private Instant startFrom;

    @Option(
            names = "--tracker-db",
            paramLabel = "PATH",
            description = {
                "The database connector's tracker.db, or the folder in which it is (the volume that the container had at /data):",
                "rows are read from its last write on, less the longest call. Nothing of it but its beginning is read."
            })
    private Path trackerDb;

    @Option(
            names = "--longest-call",
            paramLabel = "DURATION",
            // Longer than nearly all calls: rows that were read before cost a little work, and double nothing
            defaultValue = "PT2H",
            description = "How long the longest call takes, such as PT4H or PT90M. Default: ${DEFAULT-VALUE}")
    private Duration longestCall;

    Start start(Incumbent incumbent, Instant now) throws IOException {
        if (longestCall.isNegative()) {
            throw wrong("--longest-call is less than nothing");
        }
        if (trackerDb != null && incumbent != Incumbent.DATABASE) {
            throw wrong(
                    "--tracker-db: this is " + incumbent.title() + "'s .env, and only the database connector kept one");
        }
        if (startFrom != null) {
            return Start.asked(startFrom);
        }
        return trackerDb == null
                ? Start.before(now, longestCall)
                : Start.after(TrackerDatabase.at(trackerDb), longestCall, now);
    }

    private ParameterException wrong(String fault) {
        return new ParameterException(command.commandLine(), fault);
    }
}

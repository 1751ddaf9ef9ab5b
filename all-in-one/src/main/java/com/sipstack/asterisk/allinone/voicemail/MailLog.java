package com.sipstack.asterisk.allinone.voicemail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The log that the earlier connector had: faults always, steps with {@code DEBUG=1}. Names and numbers of callers are not in it. */
final class MailLog {
    private final Path file;
    private final boolean isDebug;

    MailLog(Path file, boolean isDebug) {
        this.file = file;
        this.isDebug = isDebug;
    }

    void step(String text) {
        if (isDebug) {
            write(text);
        }
    }

    void fault(String text) {
        write(text);
    }

    private void write(String text) {
        String line = OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " "
                + text.replaceAll("\\R", " ") + System.lineSeparator();
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.print("sipstack mailcmd: " + line);
        }
    }
}

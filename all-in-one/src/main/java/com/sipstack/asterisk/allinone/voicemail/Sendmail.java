package com.sipstack.asterisk.allinone.voicemail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The mail system's command, which takes a mail from its standard input. */
final class Sendmail {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<String> command;

    Sendmail(List<String> command) {
        this.command = command;
    }

    /**
     * Returns once the mail system has the mail.
     *
     * @throws IOException if it did not take it; says why
     */
    void deliver(InputStream mail) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        IOException broken = null;
        try (OutputStream input = process.getOutputStream()) {
            mail.transferTo(input);
        } catch (IOException e) {
            broken = e; // it says more by how it ended
        }
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " has not ended in " + PATIENCE.toMinutes() + " minutes");
        }
        if (process.exitValue() != 0 || broken != null) {
            throw new IOException(command.get(0) + " ended with " + process.exitValue(), broken);
        }
    }
}

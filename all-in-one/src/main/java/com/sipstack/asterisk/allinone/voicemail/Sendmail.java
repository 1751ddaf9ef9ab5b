package com.sipstack.asterisk.allinone.voicemail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The mail system's command, which takes a mail from its standard input. */
final class Sendmail {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<String> command;
    private final Duration patience;

    Sendmail(List<String> command) {
        this(command, PATIENCE);
    }

    /** @param patience until it has ended, whether it has read the mail or not */
    Sendmail(List<String> command, Duration patience) {
        this.command = command;
        this.patience = patience;
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
        Future<Void> written = write(mail, process.getOutputStream());
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " has not ended in " + patience.toSeconds() + " seconds");
        }
        Exception broken = fault(written);
        if (process.exitValue() != 0 || broken != null) {
            throw new IOException(command.get(0) + " ended with " + process.exitValue(), broken);
        }
    }

    /** By a thread of its own: a command that does not read keeps whoever writes to it waiting. */
    private static Future<Void> write(InputStream mail, OutputStream input) {
        FutureTask<Void> writing = new FutureTask<>(() -> {
            try (input) {
                mail.transferTo(input);
            }
            return null;
        });
        Thread thread = new Thread(writing, "sendmail-input");
        thread.setDaemon(true);
        thread.start();
        return writing;
    }

    /** Null if all was written. The command may have ended before its children have read. */
    private Exception fault(Future<Void> written) throws InterruptedException {
        try {
            written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return e;
        }
    }
}

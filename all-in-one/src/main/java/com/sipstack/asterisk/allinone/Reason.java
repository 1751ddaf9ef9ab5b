package com.sipstack.asterisk.allinone;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says for a person why something failed. */
public final class Reason {
    private Reason() {}

    /** One line: what the outermost cause has to say that does not only repeat its own. */
    public static String of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchFileException file) {
                return file.getFile() + ": there is no such file";
            } else if (cause instanceof AccessDeniedException file) {
                return file.getFile() + ": permission denied";
            } else if (saysSomething(cause)) {
                return cause.getMessage().lines().findFirst().orElseThrow();
            }
        }
        return fault.getClass().getSimpleName();
    }

    /** What a printed stack trace says in one line: Connect wraps what tasks throw, so that the first line alone tells nothing. */
    public static String ofTrace(String trace) {
        String first = trace.lines().findFirst().orElse("it does not say why");
        return trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((outer, inner) -> inner)
                .map(cause -> first + " " + cause)
                .orElse(first);
    }

    private static boolean saysSomething(Throwable cause) {
        String message = cause.getMessage();
        boolean isRepetition =
                cause.getCause() != null && cause.getCause().toString().equals(message);
        return message != null && !message.isBlank() && !isRepetition;
    }
}

package com.sipstack.asterisk.allinone;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says for a person why something failed. */
final class Reason {
    private Reason() {}

    /** One line: the innermost cause that has something to say. */
    static String of(Throwable fault) {
        String reason = null;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchFileException) {
                return "there is no such file";
            } else if (cause instanceof AccessDeniedException) {
                return "permission denied";
            } else if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                reason = cause.getMessage().lines().findFirst().orElse(reason);
            }
        }
        return reason == null ? fault.getClass().getSimpleName() : reason;
    }
}

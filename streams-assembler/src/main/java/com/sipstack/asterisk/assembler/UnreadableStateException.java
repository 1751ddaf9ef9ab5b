package com.sipstack.asterisk.assembler;

/**
 * What is stored cannot be read: a later release wrote it, or it is broken. No row is to blame and no repetition helps, so the assembler
 * stops, with all rows where they are. It is no {@link org.apache.kafka.common.KafkaException}: those pass.
 */
final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableStateException(String fault) {
        super(fault);
    }

    UnreadableStateException(String fault, Throwable cause) {
        super(fault, cause);
    }

    /** @param known the formats that are read, in words */
    static UnreadableStateException ofFormat(String what, byte format, String known) {
        return new UnreadableStateException(what + " is stored in format " + format + ", this release reads " + known
                + ": run the release that stored it, or a later one");
    }

    /** Whether a fault comes of it. */
    static boolean isCauseOf(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableStateException) {
                return true;
            }
        }
        return false;
    }
}

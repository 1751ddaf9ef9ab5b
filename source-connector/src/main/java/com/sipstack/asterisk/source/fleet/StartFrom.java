package com.sipstack.asterisk.source.fleet;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Where to begin in a table that was never read. */
public sealed interface StartFrom permits StartFrom.Latest, StartFrom.Earliest, StartFrom.At {
    String LATEST = "latest";
    String EARLIEST = "earliest";

    /** After the newest row. */
    record Latest() implements StartFrom {
        @Override
        public String toString() {
            return LATEST;
        }

        @Override
        public StartFrom missedAt(Instant firstTry) {
            return new At(firstTry);
        }
    }

    /** At the oldest row. */
    record Earliest() implements StartFrom {
        @Override
        public String toString() {
            return EARLIEST;
        }

        @Override
        public StartFrom missedAt(Instant firstTry) {
            return this;
        }
    }

    /** At the first row that was written at the instant or later. */
    record At(Instant instant) implements StartFrom {
        @Override
        public String toString() {
            return instant.toString();
        }

        @Override
        public StartFrom missedAt(Instant firstTry) {
            return this;
        }
    }

    /** Where to begin now that the database could not be asked when we first tried: "latest" meant the latest of then. */
    StartFrom missedAt(Instant firstTry);

    /** @throws DateTimeParseException if the text is neither a word of ours nor an instant */
    static StartFrom parse(String text) {
        return switch (text) {
            case LATEST -> new Latest();
            case EARLIEST -> new Earliest();
            default -> new At(Instant.parse(text));
        };
    }
}

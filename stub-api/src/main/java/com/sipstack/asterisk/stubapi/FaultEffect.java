package com.sipstack.asterisk.stubapi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/** What a fault does to a request. */
public sealed interface FaultEffect {

    /** Returns the name that it has in JSON. */
    String label();

    /** Returns true if it strikes as soon as the headers are there, so that nothing of the body is known. */
    default boolean beforeBody() {
        return false;
    }

    /**
     * Answers with this status and takes nothing in.
     *
     * @param status 200 to 599
     * @param retryAfter the {@code Retry-After} header: seconds or an HTTP date
     */
    record Respond(int status, Optional<String> retryAfter) implements FaultEffect {
        public Respond {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status: " + status + " is not from 200 to 599");
            }
            requireNonNull(retryAfter, "retryAfter is null");
        }

        @Override
        public String label() {
            return "respond";
        }
    }

    /** Treats the request as usual, at once, and holds the answer back for a while. */
    record Delay(Duration duration) implements FaultEffect {
        public Delay {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("delay: " + duration + " is negative");
            }
        }

        @Override
        public String label() {
            return "delay";
        }
    }

    /** Resets the TCP connection with the body unread. */
    record ResetBeforeBody() implements FaultEffect {
        @Override
        public String label() {
            return "reset_before_body";
        }

        @Override
        public boolean beforeBody() {
            return true;
        }
    }

    /** Reads the body, takes nothing in and resets the TCP connection. */
    record ResetAfterBody() implements FaultEffect {
        @Override
        public String label() {
            return "reset_after_body";
        }
    }

    /** Treats the request as usual and sends the answer's body byte by byte over this time. */
    record Drip(Duration duration) implements FaultEffect {
        public Drip {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("drip: " + duration + " is negative");
            }
        }

        @Override
        public String label() {
            return "drip";
        }
    }

    /** Treats the request as usual, sends half of the answer's body and resets the TCP connection. */
    record CutAnswer() implements FaultEffect {
        @Override
        public String label() {
            return "cut_answer";
        }
    }

    /** Treats the request as usual, then resets the TCP connection in place of an answer. */
    record LoseAnswer() implements FaultEffect {
        @Override
        public String label() {
            return "lose_answer";
        }
    }
}

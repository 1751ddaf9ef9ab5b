package com.sipstack.asterisk.source.csv;

import java.util.Optional;

/**
 * Finds where records end among bytes, in the form that Asterisk's CSV backends write: fields that may be quoted, quotes doubled in
 * them, records ended by a line feed, which may also stand in a quoted field. Bytes of UTF-8 beyond ASCII never look like any of these.
 *
 * <p>Two faults are seen through. A machine that lost power leaves zeros where the end of a record should be: no text of Asterisk's
 * has any, so they end what stands before them. And a mapping of cel_custom whose last {@code )}} is missing makes releases before
 * 20.19 put the line feed into a quoted field that the next record's first quote closes: {@code "A",…,"⏎""B",…,"⏎""C"}, by the
 * rules of CSV a single record without an end. Immutable.
 */
final class RecordSplitter {
    /** No record of Asterisk's is as long; what is longer is a quoted field without an end. */
    static final int LONGEST = 64 * 1024;

    /** How far to look for the type and time at the beginning of a record of the broken form. */
    private static final int BEGINNING = 256;

    private final byte[] bytes;
    private final int limit;
    private final boolean isFinal;

    /** @param isFinal whether nothing will ever follow */
    RecordSplitter(byte[] bytes, int limit, boolean isFinal) {
        this.bytes = bytes;
        this.limit = limit;
        this.isFinal = isFinal;
    }

    /**
     * A stretch of bytes that is done with.
     *
     * @param start of all of it
     * @param end after all of it
     * @param textStart of the record in it
     * @param textEnd after the record, without its line feed
     * @param isWhole whether the record has the end that it should have
     */
    record Piece(int start, int end, int textStart, int textEnd, boolean isWhole) {
        boolean isBlank() {
            return textStart == textEnd;
        }
    }

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        /** After a quote in a quoted field, which closes it unless another follows. */
        QUOTE_SEEN
    }

    private enum Answer {
        YES,
        NO,
        TOO_SHORT_TO_TELL
    }

    /** The next piece; empty if its end has not been written yet. */
    Optional<Piece> next(int from) {
        int start = from;
        while (start < limit && isFiller(bytes[start])) {
            start++;
        }
        if (start > from) {
            return mayEndIn(start) ? Optional.of(new Piece(from, start, start, start, true)) : Optional.empty();
        }
        return start == limit ? Optional.empty() : record(start);
    }

    /** Zeros at the very end may still be replaced, as a file over NFS fills. */
    private boolean mayEndIn(int end) {
        return end < limit || isFinal || bytes[end - 1] != 0 || end >= LONGEST;
    }

    private Optional<Piece> record(int start) {
        Answer brokenBefore = followsUnclosedQuote(start);
        if (brokenBefore == Answer.TOO_SHORT_TO_TELL) {
            return unfinished(start);
        }
        return record(start, brokenBefore == Answer.YES ? start + 1 : start, brokenBefore == Answer.YES);
    }

    private Optional<Piece> record(int start, int textStart, boolean isBroken) {
        State state = State.FIELD_BEGINS;
        int fieldStart = textStart;
        int end = Math.min(limit, start + LONGEST);
        for (int i = textStart; i < end; i++) {
            byte b = bytes[i];
            if (b == 0) {
                return beforeZeros(start, textStart, i);
            }
            if (b == '\n' && state == State.QUOTED && i == fieldStart + 1) {
                Answer unclosed = isBroken ? Answer.YES : followsUnclosedQuote(i + 1);
                if (unclosed == Answer.YES) {
                    return Optional.of(new Piece(start, i + 1, textStart, fieldStart - 1, true));
                } else if (unclosed == Answer.TOO_SHORT_TO_TELL) {
                    return unfinished(start);
                }
            } else if (b == '\n' && state != State.QUOTED) {
                return Optional.of(new Piece(start, i + 1, textStart, i, true));
            }
            State next = after(state, b);
            if (next == State.FIELD_BEGINS) {
                fieldStart = i + 1;
            }
            state = next;
        }
        return unfinished(start);
    }

    private static State after(State state, byte b) {
        return switch (state) {
            case FIELD_BEGINS -> b == '"' ? State.QUOTED : b == ',' ? State.FIELD_BEGINS : State.PLAIN;
            case PLAIN -> b == ',' ? State.FIELD_BEGINS : State.PLAIN;
            case QUOTED -> b == '"' ? State.QUOTE_SEEN : State.QUOTED;
            case QUOTE_SEEN -> b == ',' ? State.FIELD_BEGINS : b == '"' ? State.QUOTED : State.PLAIN;
        };
    }

    private Optional<Piece> beforeZeros(int start, int textStart, int end) {
        int after = end;
        while (after < limit && bytes[after] == 0) {
            after++;
        }
        return after < limit || isFinal ? Optional.of(new Piece(start, end, textStart, end, false)) : unfinished(start);
    }

    /** Its end is still to come; if it never will, or should have come long ago, the first line is given up and the next one tried. */
    private Optional<Piece> unfinished(int start) {
        if (isFinal) {
            return Optional.of(new Piece(start, limit, start, limit, false));
        }
        if (limit - start < LONGEST) {
            return Optional.empty();
        }
        int end = start;
        while (end < start + LONGEST && bytes[end] != '\n') {
            end++;
        }
        return Optional.of(new Piece(start, Math.min(end + 1, start + LONGEST), start, end, false));
    }

    /**
     * Whether a record of the broken form begins there: two quotes, an event's type and a closing quote, then a quoted time. Text that
     * somebody else chose may begin with a line feed and a quote, but cannot look like this by chance.
     */
    private Answer followsUnclosedQuote(int from) {
        int i = from;
        for (char expected : new char[] {'"', '"'}) {
            if (i == limit) {
                return atEnd();
            } else if (bytes[i++] != expected) {
                return Answer.NO;
            }
        }
        int typeStart = i;
        while (i < limit && i < from + BEGINNING && bytes[i] != '"' && bytes[i] != ',' && bytes[i] != '\n') {
            i++;
        }
        return i > typeStart || i == limit ? quotedTimeFollows(i, from + BEGINNING) : Answer.NO;
    }

    private Answer quotedTimeFollows(int from, int tooFar) {
        int i = from;
        for (char expected : new char[] {'"', ',', '"'}) {
            if (i == limit) {
                return atEnd();
            } else if (i >= tooFar || bytes[i++] != expected) {
                return Answer.NO;
            }
        }
        if (i == limit) {
            return atEnd();
        }
        return bytes[i] >= '0' && bytes[i] <= '9' ? Answer.YES : Answer.NO;
    }

    private Answer atEnd() {
        return isFinal ? Answer.NO : Answer.TOO_SHORT_TO_TELL;
    }

    private static boolean isFiller(byte b) {
        return b == 0 || b == '\n' || b == '\r';
    }
}

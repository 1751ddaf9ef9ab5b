package com.sipstack.asterisk.assembler.files;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Mends what cel_custom writes before Asterisk 20.19 from a mapping that lacks its last {@code )}}: the end of each line stands inside
 * of a last field that is closed at the beginning of the next line, so that {@code ,"} ends a line and {@code ""} begins the next.
 * Everything else passes as it is.
 */
final class UnclosedQuotes extends FilterReader {
    private static final Pattern BEGINNING = Pattern.compile("\"\"[A-Z0-9_]+\",\".*");
    private static final String END = ",\"";

    private final BufferedReader lines;
    private String line = "";
    private int next;
    private boolean isBroken;

    UnclosedQuotes(BufferedReader lines) {
        super(lines);
        this.lines = lines;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (next == line.length() && !advance()) {
            return -1;
        }
        int count = Math.min(length, line.length() - next);
        line.getChars(next, next + count, buffer, offset);
        next += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    private boolean advance() throws IOException {
        String text = lines.readLine();
        if (text == null) {
            return false;
        }
        boolean isLater = BEGINNING.matcher(text).matches();
        isBroken |= isLater || (line.isEmpty() && isFirstOfBroken(text));
        String begun = isLater ? text.substring(1) : text;
        line = (isBroken && begun.endsWith(END) && !begun.endsWith(",\"\"") ? begun + "\"" : begun) + "\n";
        next = 0;
        return true;
    }

    /** The first line has its beginning whole: an odd number of quotes, the last of which opens a field. */
    private static boolean isFirstOfBroken(String text) {
        return text.endsWith(END) && text.chars().filter(c -> c == '"').count() % 2 == 1;
    }
}

package com.sipstack.asterisk.assembler.dlq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text that a terminal shows and does not obey: callers choose their names, and a name may hold escape sequences. */
public final class TerminalText {
    private TerminalText() {}

    /** The same text, with what is not to be seen as {@code \\uXXXX}: controls, and what turns the direction of writing. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(shown, character));
        return shown.toString();
    }

    /** Bytes as text if they are, else in hex. */
    public static String of(byte[] bytes) {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return "hex " + HexFormat.of().formatHex(bytes);
        }
    }

    private static void append(StringBuilder shown, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> shown.append(String.format("\\u%04x", character));
            default -> shown.appendCodePoint(character);
        }
    }
}

package com.sipstack.asterisk.assembler.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void aCallersNameMovesNoCursor() {
        assertThat(TerminalText.of("\u001b[2JEve\r\nBob\u009b31m"))
                .isEqualTo("\\u001b[2JEve\\u000d\\u000aBob\\u009b31m");
    }

    @Test
    void aCallersNameTurnsNoText() {
        assertThat(TerminalText.of("a\u202eb")).isEqualTo("a\\u202eb");
    }

    @Test
    void namesOfAllLanguagesAreShown() {
        assertThat(TerminalText.of("Zoë 张伟 😀")).isEqualTo("Zoë 张伟 😀");
    }

    @Test
    void whatIsNoTextIsShownInHex() {
        assertThat(TerminalText.of(new byte[] {(byte) 0xff, 1})).isEqualTo("hex ff01");
    }
}

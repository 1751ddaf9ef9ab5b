package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {
    @ParameterizedTest
    @CsvSource({
        "pbx-east/1795305379.310/3/0f, pbx-east/1795305379.310/3/0f",
        "'a b~', 'a b~'",
        "zürich, z%C3%BCrich",
        "'x\r\nAuthorization: y', x%0D%0AAuthorization: y"
    })
    void onlyPrintableAsciiIsLeftAlone(String text, String header) {
        assertThat(HeaderText.of(text)).isEqualTo(header);
    }
}

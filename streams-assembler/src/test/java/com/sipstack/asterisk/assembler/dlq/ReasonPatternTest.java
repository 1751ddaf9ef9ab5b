package com.sipstack.asterisk.assembler.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "HTTP 422: {\"error\":\"linkedid 1795305379.5\"}      | HTTP 422: {\"error\":\"linkedid #\"}",
                "not a call document: call key 'nonsense' is not pbx  | not a call document: call key '…' is not pbx",
                "job 3f2b8c1e-77aa-4b0e-9d3c-0123456789ab is unknown  | job # is unknown",
                "src_number +14165551234 is too long                  | src_number # is too long",
                "eventtime of row 17: decade                          | eventtime of row # decade",
                "HTTP 503                                             | HTTP 503"
            })
    void whatDiffersFromLetterToLetterIsLeftOut(String reason, String pattern) {
        assertThat(ReasonPattern.of(reason)).isEqualTo(pattern);
    }
}

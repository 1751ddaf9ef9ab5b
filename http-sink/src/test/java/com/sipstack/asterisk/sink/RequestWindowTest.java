package com.sipstack.asterisk.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestWindowTest {
    @Test
    void fewGoOutAtFirstAndOneMoreWithEveryAnswerUpToTheLimit() {
        RequestWindow window = new RequestWindow(6);
        assertThat(window.size()).isEqualTo(4);

        window.widen();
        assertThat(window.size()).isEqualTo(5);
        window.widen();
        window.widen();
        assertThat(window.size()).isEqualTo(6);

        window.restart();
        assertThat(window.size()).isEqualTo(4);
    }

    @Test
    void aSmallLimitHoldsFromTheBeginning() {
        RequestWindow window = new RequestWindow(1);
        window.widen();

        assertThat(window.size()).isEqualTo(1);
    }
}

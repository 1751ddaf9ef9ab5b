package com.sipstack.asterisk.source.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokenPbxsTest {
    private final RecordQueue queue = new RecordQueue(1);
    private final BrokenPbxs broken = new BrokenPbxs(2, queue);

    @Test
    void onePbxThatBreaksAgainAndAgainDoesNotFailTheTask() throws InterruptedException {
        assertThat(broken.add("east", new IllegalStateException("odd"))).isPositive();
        broken.add("east", new IllegalStateException("odd"));

        assertThat(queue.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void aTaskWithoutAPbxThatCanBeReadFails() {
        broken.add("east", new IllegalStateException("odd"));
        broken.add("west", new IllegalStateException("odder"));

        assertThatThrownBy(() -> queue.take(Duration.ZERO)).hasMessageContaining("odder");
    }

    @Test
    void aPbxThatCanBeReadAgainCountsAsWhole() throws InterruptedException {
        broken.add("east", new IllegalStateException("odd"));
        broken.remove("east");
        broken.add("west", new IllegalStateException("odder"));

        assertThat(queue.take(Duration.ZERO)).isEmpty();
    }
}

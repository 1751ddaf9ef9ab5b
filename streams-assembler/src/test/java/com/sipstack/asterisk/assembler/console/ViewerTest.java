package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewerTest {
    private static final CallKey CALL = new CallKey("pbx-east", "1.0");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Viewers viewers = new Viewers(2);
    private final Board board = new Board(100, Duration.ofHours(1), Clock.systemUTC(), viewers::changed);
    private Thread serving;

    @AfterEach
    void stop() throws InterruptedException {
        if (serving != null) {
            serving.interrupt();
            serving.join();
        }
    }

    @Test
    void aPageThatDoesNotReadHoldsNobodyUpAndIsToldHowTheCallIsAtLast() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        serve(new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                told.write(bytes, from, length);
            }
        });
        for (int revision = 1; revision <= 10_000; revision++) {
            tell(revision);
        }
        reads.countDown();

        Awaitility.await().atMost(LIMIT).until(() -> told.toString(UTF_8).contains("\"revision\":10000"));
        assertThat(told.toString(UTF_8).split("\"linkedid\":\"1.0\"", -1)).hasSizeLessThan(5);
    }

    @Test
    void thereIsRoomForSoManyPagesAndNoMore() {
        assertThat(viewers.add(viewer(OutputStream.nullOutputStream()))).isTrue();
        Viewer second = viewer(OutputStream.nullOutputStream());
        assertThat(viewers.add(second)).isTrue();
        assertThat(viewers.add(viewer(OutputStream.nullOutputStream()))).isFalse();
        viewers.remove(second);
        assertThat(viewers.add(viewer(OutputStream.nullOutputStream()))).isTrue();
    }

    private void serve(OutputStream out) {
        Viewer viewer = viewer(out);
        viewers.add(viewer);
        serving = new Thread(() -> {
            try {
                viewer.serve();
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        serving.start();
    }

    private Viewer viewer(OutputStream out) {
        return new Viewer(board, () -> "{}".getBytes(UTF_8), out, () -> {});
    }

    private void tell(int revision) {
        board.put(
                CallSummary.of(
                        CALL,
                        new ObjectMapper().createObjectNode().put("revision", revision),
                        System.currentTimeMillis()),
                new RevisionPlace(0, revision, revision, 0));
    }
}

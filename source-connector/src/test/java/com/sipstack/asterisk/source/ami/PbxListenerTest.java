package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class PbxListenerTest {
    private static final String HANGUP = """
            Event: CEL\r
            Privilege: call,all\r
            EventName: HANGUP\r
            Channel: SIP/101-0000000%1$d\r
            EventTime: 2026-11-21 18:54:56\r
            UniqueID: 1795305288.%1$d\r
            LinkedID: 1795305288.0\r
            Extra: \r
            \r
            """;

    private static final Clock CLOCK = Clock.systemUTC();

    private final AmiCounters counters = new AmiCounters(CLOCK);
    private final AtomicInteger ends = new AtomicInteger();

    /** Loaded PBXs, and those at the end of long lines, take longer to let somebody in than it is between two pings. */
    @Test
    void aPbxThatIsSlowToGreetIsNotHungUpOnByAPing() throws Exception {
        SlowToGreet slow = new SlowToGreet();
        try (AmiServer server = new AmiServer(slow)) {
            PbxListener listener = listener(server, new RecordQueue(10));
            CompletableFuture<Optional<Duration>> opened = new CompletableFuture<>();
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> open(listener, opened));
            assertThat(slow.called.await(60, TimeUnit.SECONDS)).isTrue();

            listener.ping();
            slow.greets.countDown();

            assertThat(opened.get(60, TimeUnit.SECONDS)).isEmpty();
            assertThat(server.logins()).isEqualTo(1);
            listener.close();
        }
    }

    @Test
    void aPbxThatRestartsWhileKafkaTakesNothingIsHeardAgainThoughAPingIsTheFirstToNotice() throws Exception {
        RecordQueue queue = new RecordQueue(1);
        ResetsWhenItGoes restarting = new ResetsWhenItGoes();
        try (AmiServer server = new AmiServer(restarting)) {
            PbxListener listener = listener(server, queue);
            assertThat(listener.open()).isEmpty(); // and the gap before it fills the queue
            server.say(HANGUP.formatted(1));
            await().until(() -> counters.stalls() == 1);

            server.cut();
            assertThat(restarting.hasReset.await(60, TimeUnit.SECONDS)).isTrue();
            listener.ping();
            assertThat(topicsOf(queue, 2)).containsExactly("asterisk.gaps", "asterisk.cel");
            await().until(() -> ends.get() == 1);
            assertThat(counters.isOpen()).isFalse();

            assertThat(listener.open()).isEmpty();
            server.say(HANGUP.formatted(2));
            assertThat(topicsOf(queue, 2)).containsExactly("asterisk.gaps", "asterisk.cel");
            assertThat(ends).hasValue(1);
            listener.close();
        }
    }

    /** Those of the next records. */
    private static List<String> topicsOf(RecordQueue queue, int count) {
        List<String> topics = new ArrayList<>();
        await().until(() -> {
            queue.take(Duration.ofMillis(10)).forEach(record -> topics.add(record.topic()));
            return topics.size() >= count;
        });
        return topics;
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(60));
    }

    private static void open(PbxListener listener, CompletableFuture<Optional<Duration>> opened) {
        try {
            opened.complete(listener.open());
        } catch (AmiRefusal | RuntimeException e) {
            opened.completeExceptionally(e);
        }
    }

    private PbxListener listener(AmiServer server, RecordQueue queue) {
        AmiPbx pbx = new AmiSourceConfig(Map.of(
                        "pbxs",
                        "east",
                        "ami.host",
                        "127.0.0.1",
                        "ami.port",
                        Integer.toString(server.port()),
                        "ami.user",
                        AmiServer.USER,
                        "ami.password",
                        AmiServer.SECRET,
                        "ami.stall.max.ms",
                        "60000"))
                .pbxs()
                .get(0);
        return new PbxListener(
                pbx, queue, CLOCK, new Backoff(() -> 1), counters, Optional.empty(), ends::incrementAndGet);
    }

    /** Says its first word once it may. */
    private static final class SlowToGreet extends ServerSocket {
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch greets = new CountDownLatch(1);

        SlowToGreet() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Socket caller = super.accept();
            called.countDown();
            try {
                greets.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return caller;
        }
    }

    /** Its connections end as those of a machine that was switched off and on: what is sent there is answered by a reset. */
    private static final class ResetsWhenItGoes extends ServerSocket {
        private final CountDownLatch hasReset = new CountDownLatch(1);

        ResetsWhenItGoes() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Socket caller = new Socket() {
                @Override
                public InputStream getInputStream() throws IOException {
                    return untilReset(super.getInputStream());
                }
            };
            implAccept(caller);
            caller.setSoLinger(true, 0);
            return caller;
        }

        /** A socket that another thread closes is closed once nobody reads it any more. */
        private InputStream untilReset(InputStream of) {
            return new FilterInputStream(of) {
                @Override
                public int read(byte[] into, int from, int most) throws IOException {
                    try {
                        return super.read(into, from, most);
                    } catch (IOException e) {
                        hasReset.countDown();
                        throw e;
                    }
                }
            };
        }
    }
}

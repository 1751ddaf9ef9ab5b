package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.source.fleet.Backoff;
import com.sipstack.asterisk.source.fleet.RecordQueue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PbxListenerTest {
    /** Loaded PBXs, and those at the end of long lines, take longer to let somebody in than it is between two pings. */
    @Test
    void aPbxThatIsSlowToGreetIsNotHungUpOnByAPing() throws Exception {
        SlowToGreet slow = new SlowToGreet();
        try (AmiServer server = new AmiServer(slow)) {
            PbxListener listener = listener(server);
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

    private static void open(PbxListener listener, CompletableFuture<Optional<Duration>> opened) {
        try {
            opened.complete(listener.open());
        } catch (AmiRefusal | RuntimeException e) {
            opened.completeExceptionally(e);
        }
    }

    private static PbxListener listener(AmiServer server) {
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
                        AmiServer.SECRET))
                .pbxs()
                .get(0);
        Clock clock = Clock.systemUTC();
        return new PbxListener(
                pbx,
                new RecordQueue(10),
                clock,
                new Backoff(() -> 1),
                new AmiCounters(clock),
                Optional.empty(),
                () -> {});
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
}

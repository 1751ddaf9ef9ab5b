package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.demopbx.AmiServer;
import com.sipstack.asterisk.demopbx.Corpus;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.data.Struct;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task that listens to manager interfaces on real sockets, which say what a real Asterisk said. */
class AmiSourceTaskIT {
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

    private AmiServer east;

    @BeforeEach
    void startPbx() throws IOException {
        east = new AmiServer();
    }

    @AfterEach
    void stopPbx() throws IOException {
        east.close();
    }

    @Test
    void everyEventOfRealCallsArrivesWhateverPacketsItCameIn() {
        byte[] said = Corpus.PBX_20.managerEvents();
        Random random = new Random(7);
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            task.await("asterisk.gaps", 1);
            for (int from = 0; from < said.length; ) {
                int to = Math.min(said.length, from + 1 + random.nextInt(random.nextBoolean() ? 3 : 4000));
                east.say(Arrays.copyOfRange(said, from, to));
                from = to;
            }

            List<Struct> cels =
                    task.await("asterisk.cel", Corpus.PBX_20.rows("cel").size() + 20);
            List<Struct> cdrs =
                    task.await("asterisk.cdr", Corpus.PBX_20.rows("cdr").size());

            assertThat(cels)
                    .filteredOn(cel -> !cel.getString("eventtype").endsWith("HOLD"))
                    .extracting(cel -> cel.getString("eventtype") + cel.getString("uniqueid"))
                    .containsExactlyElementsOf(Corpus.PBX_20.rows("cel").stream()
                            .map(row ->
                                    row.get("eventtype") + row.get("uniqueid").toString())
                            .toList());
            assertThat(cels).extracting(cel -> cel.getString("eventtype")).contains("HOLD", "UNHOLD");
            assertThat(cdrs)
                    .extracting(cdr -> cdr.getString("uniqueid") + "/" + cdr.getInt32("sequence"))
                    .containsAll(Corpus.PBX_20.rows("cdr").stream()
                            .map(row -> row.get("uniqueid") + "/" + row.get("sequence"))
                            .toList());
            assertThat(cels.get(0).getInt64("event_time")).isEqualTo(1_795_305_288_000_000L);
        }
    }

    @Test
    void whatNobodyHeardIsDeclaredAsAGap() {
        Instant begin = Instant.now();
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            Struct before = task.await("asterisk.gaps", 1).get(0);
            assertThat(before.getString("from")).isNull();
            assertThat(before.getString("reason")).isEqualTo("nobody listened");

            east.say(HANGUP.formatted(1));
            task.await("asterisk.cel", 1);
            east.cut();
            Struct gap = task.await("asterisk.gaps", 2).get(1);

            assertThat(gap.getString("pbx")).isEqualTo("east");
            assertThat(Instant.parse(gap.getString("from"))).isBetween(begin.minusMillis(1), Instant.now());
            assertThat(Instant.parse(gap.getString("to"))).isAfterOrEqualTo(Instant.parse(gap.getString("from")));
            east.say(HANGUP.formatted(2));
            assertThat(task.await("asterisk.cel", 2)).hasSize(2);
        }
    }

    @Test
    void aRestartedTaskDeclaresTheTimeInBetween() {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        try (RunningAmiTask task = RunningAmiTask.start(settings(east), offsets, 100)) {
            task.await("asterisk.gaps", 1);
            east.say(HANGUP.formatted(1));
            task.await("asterisk.cel", 1);
        }
        try (RunningAmiTask task = RunningAmiTask.start(settings(east), offsets, 100)) {
            assertThat(task.await("asterisk.gaps", 1).get(0).getString("from")).isNotNull();
        }
    }

    @Test
    void asteriskIsNotKeptWaitingByAKafkaThatTakesNothing() {
        Map<String, String> settings = settings(east);
        settings.put("ami.stall.max.ms", "200");
        try (RunningAmiTask task = RunningAmiTask.start(settings, new HashMap<>(), 3)) {
            Awaitility.await().until(() -> east.logins() == 1);
            for (int i = 1; i < 9; i++) {
                east.say(HANGUP.formatted(i));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> east.logins() > 1);

            List<Struct> gaps = task.await("asterisk.gaps", 2);
            assertThat(gaps.get(1).getString("reason")).contains("Kafka took nothing for 200 ms");
        }
    }

    /** As of one that is just being restarted. */
    @Test
    void aSessionThatBreaksWhileItIsBeingOpenedIsFollowedByOneAlone() throws IOException {
        try (AmiServer restarting = new AmiServer(new HangsUpOnFirstCommand())) {
            try (RunningAmiTask task = RunningAmiTask.start(settings(restarting))) {
                task.await("asterisk.gaps", 1);
                Awaitility.await()
                        .during(Duration.ofSeconds(1))
                        .atMost(Duration.ofSeconds(60))
                        .until(restarting::logins, logins -> logins == 2);
                restarting.say(HANGUP.formatted(1) + HANGUP.formatted(2));

                task.await("asterisk.cel", 2);
                assertThat(task.of("asterisk.cel"))
                        .extracting(record -> ((Struct) record.value()).getString("uniqueid"))
                        .containsExactly("1795305288.1", "1795305288.2");
            }
        }
    }

    @Test
    void aDeadLinkIsFoundByItsSilence() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = settings(east);
            settings.put("ami.port", Integer.toString(silent.getLocalPort()));
            settings.put("ami.connect.timeout.ms", "300");
            settings.put("ami.ping.interval.ms", "100");
            try (RunningAmiTask task = RunningAmiTask.start(settings)) {
                silent.accept();
                silent.accept();
                assertThat(task.counters("east").isOpen()).isFalse();
            }
        }
    }

    @Test
    void aPbxThatDoesNotAnswerKeepsNoOtherWaiting() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = settings(east);
            settings.put("pbxs", "west,east");
            settings.put("pbxs.west.ami.port", Integer.toString(silent.getLocalPort()));
            try (RunningAmiTask task = RunningAmiTask.start(settings)) {
                task.await("asterisk.gaps", 1);
                east.say(HANGUP.formatted(1));

                assertThat(task.await("asterisk.cel", 1)).hasSize(1);
            }
        }
    }

    @Test
    void aPbxThatIsStillStartingIsTriedUntilItsModulesAreThere() throws InterruptedException {
        east.answers("manager show user sipstack", "read perm: call,cdr");
        east.answers("core waitfullybooted", "No such command 'core waitfullybooted'");
        east.answers("cdr show status", "CDR logging: Enabled");
        east.answers("cel show status", "CEL Logging: Enabled");
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> task.pollOnce().isEmpty() && east.logins() > 1);
            east.answers("core waitfullybooted", "Asterisk has fully booted.");
            east.answers("cdr show status", "cdr_manager");
            east.answers("cel show status", "CEL Event Subscriber: Manager Event Logging");

            assertThat(task.await("asterisk.gaps", 1)).hasSize(1);
        }
    }

    @Test
    void aRefusedLoginFailsTheTaskAndSaysWhose() {
        Map<String, String> settings = settings(east);
        settings.put("ami.password", "wrong");
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            assertThatThrownBy(() -> task.await("asterisk.cel", 1))
                    .rootCause()
                    .hasMessageContaining("was refused: Authentication failed");
        }
    }

    @Test
    void aPbxThatWasHeardAndRefusesForAWhileIsHeardAgain() {
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            task.await("asterisk.gaps", 1);
            east.answers("manager show user " + AmiServer.USER, "read perm: system");
            east.cut();
            Awaitility.await().until(() -> east.logins() >= 4);
            east.answers("manager show user " + AmiServer.USER, "read perm: call,cdr");
            task.await("asterisk.gaps", 2);
            east.say(HANGUP.formatted(1));

            assertThat(task.await("asterisk.cel", 1)).hasSize(1);
        }
    }

    @Test
    void oneRefusedLoginLeavesTheOthersAlone() throws IOException {
        Map<String, String> settings = settings(east);
        settings.put("pbxs", "west,east");
        settings.put("pbxs.west.ami.password", "wrong");
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            task.await("asterisk.gaps", 1);
            east.say(HANGUP.formatted(1));

            assertThat(task.await("asterisk.cel", 1)).hasSize(1);
        }
    }

    @Test
    void asteriskSendsOnlyWhatIsTaken() {
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            task.await("asterisk.gaps", 1);

            assertThat(east.eventMasks()).containsExactly("call,cdr");
        }
    }

    @Test
    void asteriskSendsNoClassOfWhichNothingIsTaken() {
        Map<String, String> settings = settings(east);
        settings.put("ami.events", "cel,hold");
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            task.await("asterisk.gaps", 1);

            assertThat(east.eventMasks()).containsExactly("call");
        }
    }

    @Test
    void aPbxWhoseCallingBreaksKeepsNoOtherFromBeingHeard() throws Exception {
        Map<String, String> settings = settings(east);
        settings.put("pbxs", "west,east");
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("pbxs.west.ami.port", Integer.toString(closedSoon.getLocalPort()));
        }
        AtomicBoolean hasBroken = new AtomicBoolean();
        DoubleSupplier brokenByAnyFailure = () -> {
            hasBroken.set(true);
            throw new IllegalStateException("nobody foresaw it");
        };
        try (RunningAmiTask task = RunningAmiTask.start(settings, new HashMap<>(), 100, brokenByAnyFailure)) {
            Awaitility.await().untilTrue(hasBroken);
            for (int i = 1; i <= 5; i++) {
                task.await("asterisk.gaps", 1);
                east.say(HANGUP.formatted(i));
                assertThat(task.await("asterisk.cel", i)).hasSize(i);
            }
        }
    }

    @Test
    void aPlainLoginSendsTheSecret() {
        Map<String, String> settings = settings(east);
        settings.put("ami.login", "plain");
        try (RunningAmiTask task = RunningAmiTask.start(settings)) {
            assertThat(task.await("asterisk.gaps", 1)).hasSize(1);
        }
    }

    @Test
    void anEventThatTellsOfNoCallIsADeadLetter() {
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            task.await("asterisk.gaps", 1);
            east.say("Event: Cdr\r\nSource: 101\r\n\r\n");

            Awaitility.await()
                    .pollInSameThread()
                    .until(() -> task.pollOnce().stream()
                            .anyMatch(record -> record.topic().equals("asterisk.dlq")));
        }
    }

    @Test
    void twoEqualEventsOfOneSecondAreTwo() {
        try (RunningAmiTask task = RunningAmiTask.start(settings(east))) {
            task.await("asterisk.gaps", 1);
            east.say(HANGUP.formatted(1) + HANGUP.formatted(1));

            assertThat(task.await("asterisk.cel", 2)).hasSize(2);
            assertThat(task.of("asterisk.cel")
                            .get(1)
                            .headers()
                            .lastWithName("sipstack.twin")
                            .value())
                    .isEqualTo("2");
        }
    }

    private static Map<String, String> settings(AmiServer pbx) {
        Map<String, String> settings = new HashMap<>();
        settings.put("pbxs", "east");
        settings.put("ami.host", "127.0.0.1");
        settings.put("ami.port", Integer.toString(pbx.port()));
        settings.put("ami.user", AmiServer.USER);
        settings.put("ami.password", AmiServer.SECRET);
        return settings;
    }

    /** Gives its first connection up when a command comes. */
    private static final class HangsUpOnFirstCommand extends ServerSocket {
        private final AtomicBoolean isUp = new AtomicBoolean();

        HangsUpOnFirstCommand() throws IOException {
            super(0, 50, InetAddress.getLoopbackAddress());
        }

        @Override
        public Socket accept() throws IOException {
            Socket socket = new Socket() {
                @Override
                public InputStream getInputStream() throws IOException {
                    return heard(super.getInputStream());
                }
            };
            implAccept(socket);
            return socket;
        }

        private InputStream heard(InputStream of) {
            return new FilterInputStream(of) {
                @Override
                public int read(byte[] into, int from, int most) throws IOException {
                    int count = super.read(into, from, most);
                    boolean isCommand = count > 0
                            && new String(into, from, count, StandardCharsets.UTF_8).contains("manager show user");
                    return isCommand && isUp.compareAndSet(false, true) ? -1 : count;
                }
            };
        }
    }
}

package com.sipstack.asterisk.allinone.faultlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.allinone.SipstackProcess;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Blows that a seed deals, and every call at the API in its final form all the same. */
class FaultLabIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int BLOWS_A_MINUTE = 12;
    private static final int SHORT = 5;
    private static final int FIRST_DOCUMENTS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void everyCallArrivesInItsFinalFormThoughPartsAreStruckDown() throws Exception {
        survive(BlowPlan.of(1, SHORT));
    }

    /** {@code -Dfault.seeds=7,8} and {@code -Dfault.minutes=10}. */
    @Test
    @Tag("long")
    void everyCallArrivesInItsFinalFormThoughPartsAreStruckDownForLong() throws Exception {
        int minutes = Integer.getInteger("fault.minutes", 5);
        for (String seed : System.getProperty("fault.seeds", "2,3").split(",", -1)) {
            survive(BlowPlan.of(Long.parseLong(seed), minutes * BLOWS_A_MINUTE));
        }
    }

    @Test
    void aDocumentThatWasRefusedIsReplayedUnderItsKeyOnceTheApiTakesIt() throws Exception {
        try (Lab lab = new Lab(Files.createDirectory(directory.resolve("letters")), 1)) {
            lab.api().stub().faults().add(Fault.status(422));
            lab.deploy();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !Letters.in(lab.bootstrapServers()).isEmpty());
            lab.pbx().finish();
            assertThat(lab.api().documents()).isEmpty();
            Map<String, JsonNode> truth = Truth.of(lab);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Letters.in(lab.bootstrapServers()).size() >= truth.size());
            lab.api().stub().faults().clear();

            List<String> letters = Letters.in(lab.bootstrapServers());
            assertThat(replay(lab)).anySatisfy(line -> assertThat(line).contains("replayed"));

            awaitFinal(lab, truth);
            assertThat(Verdict.outOfOrder(lab.api().documents())).isEmpty();
            assertThat(lab.api().documents())
                    .extracting(document -> document.idempotencyKey().orElseThrow())
                    .allSatisfy(key -> assertThat(letters)
                            .anySatisfy(letter -> assertThat(letter).contains(key)));
        }
    }

    private static List<String> replay(Lab lab) throws Exception {
        try (SipstackProcess replay = SipstackProcess.start(
                lab.directory(), "dlq", "replay", "--bootstrap-servers", lab.bootstrapServers(), "--all")) {
            assertThat(replay.awaitExit()).as("%s", replay.output()).isZero();
            return List.copyOf(replay.output());
        }
    }

    private void survive(BlowPlan dealt) throws Exception {
        try (Lab lab = new Lab(Files.createDirectory(directory.resolve("seed-" + dealt.seed())), dealt.seed())) {
            BlowPlan plan = lab.disk().canFill() ? dealt : dealt.without(Blow.DISK_FULL);
            try {
                strike(lab, plan);
                judge(lab);
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        "the fault lab failed, its logs are in " + lab.directory() + "; " + lab.ends() + "; " + plan,
                        e);
            }
            System.out.println(
                    "Fault lab: " + lab.api().documents().size() + " documents; " + lab.ends() + "; " + plan);
        }
    }

    private static void strike(Lab lab, BlowPlan plan) throws Exception {
        lab.deploy();
        Awaitility.await("first documents")
                .atMost(LIMIT)
                .until(() -> lab.api().documents().size() >= FIRST_DOCUMENTS);
        for (BlowPlan.Strike strike : plan.strikes()) {
            TimeUnit.MILLISECONDS.sleep(strike.pause().toMillis());
            strike.blow().strike(lab, strike.hold());
        }
        lab.pbx().finish();
    }

    private static void judge(Lab lab) throws Exception {
        Map<String, JsonNode> truth = Truth.of(lab);
        assertThat(truth).isNotEmpty();
        awaitFinal(lab, truth);
        List<ReceivedDocument> documents = lab.api().documents();
        assertThat(Verdict.outOfOrder(documents)).isEmpty();
        assertThat(lab.api().refusals()).isEmpty();
        assertThat(Letters.in(lab.bootstrapServers())).as("dead letters").isEmpty();
    }

    private static void awaitFinal(Lab lab, Map<String, JsonNode> truth) {
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> Verdict.notFinal(lab.api().documents(), truth).isEmpty());
        } catch (ConditionTimeoutException e) {
            assertThat(Verdict.notFinal(lab.api().documents(), truth)).isEmpty();
        }
    }
}

package com.sipstack.asterisk.stubapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionApiTest {
    private static final String FAULTS = "/_stub/faults";

    private final StubApi stub = StubApi.start();
    private final StubClient client = StubClient.of(stub);

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void callsAreServedInPages() throws IOException {
        for (String linkedid : List.of("1.1", "2.2", "3.3")) {
            client.ship(CallDocuments.valid(linkedid));
        }

        JsonNode page = client.get("/_stub/calls?offset=1&limit=1").body();

        assertThat(page.get("total").intValue()).isEqualTo(3);
        assertThat(page.get("calls").findValuesAsText("linkedid")).startsWith("2.2");
        assertThat(page.get("calls")).hasSize(1);
        assertThat(client.get("/_stub/calls?limit=many").status()).isEqualTo(400);
    }

    @Test
    void oneCallIsServedWithItsHistory() throws IOException {
        client.ship(CallDocuments.valid("pbx/1 %", 1), "k1");
        client.ship(CallDocuments.valid("pbx/1 %", 1), "k1");

        JsonNode call = client.get("/_stub/calls/pbx1/pbx%2F1%20%25").body();

        assertThat(call.get("document")).isEqualTo(CallDocuments.valid("pbx/1 %", 1));
        assertThat(call.get("documents").intValue()).isEqualTo(2);
        assertThat(call.get("duplicates").intValue()).isEqualTo(1);
        assertThat(call.get("phases").toString()).isEqualTo("[\"complete\",\"complete\"]");
        assertThat(call.get("revisions").toString()).isEqualTo("[1,1]");
        assertThat(call.get("idempotency_keys").toString()).isEqualTo("[\"k1\"]");
        assertThat(client.get("/_stub/calls/pbx1/2.2").status()).isEqualTo(404);
    }

    @Test
    void rawBatchesAreServed() throws IOException {
        client.post(StubClient.RAW, "[{\"uniqueid\":\"1.1\"}]");

        JsonNode batches = client.get("/_stub/raw").body();

        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).get("records").intValue()).isEqualTo(1);
        assertThat(batches.get(0).get("body").textValue()).isEqualTo("[{\"uniqueid\":\"1.1\"}]");
    }

    @Test
    void statsAreServed() throws IOException {
        client.ship(CallDocuments.valid());

        JsonNode stats = client.get("/_stub/stats").body();

        assertThat(stats.get("documents").intValue()).isEqualTo(1);
        assertThat(stats.get("out_of_order").intValue()).isZero();
    }

    @Test
    void theLastRefusalsAreServed() throws IOException {
        for (int i = 0; i < 101; i++) {
            client.post(StubClient.CALLS, "{\"n\":" + i + "}");
        }

        JsonNode refusals = client.get("/_stub/refusals").body();

        assertThat(refusals).hasSize(100);
        assertThat(refusals.get(99).get("body").textValue()).isEqualTo("{\"n\":100}");
        assertThat(refusals.get(99).get("reason").textValue()).isEqualTo("connector: is required");
    }

    @Test
    void callsAreForgottenOnRequest() throws IOException {
        client.ship(CallDocuments.valid());

        assertThat(client.delete("/_stub/calls").status()).isEqualTo(204);
        assertThat(stub.calls()).isEmpty();
        assertThat(stub.stats().documents()).isEqualTo(1);
    }

    @Test
    void faultsAreAddedListedAndEnded() throws IOException {
        String respond = "{\"effect\":\"respond\",\"status\":503,\"retry_after\":2,\"share\":0.5,\"times\":3,"
                + "\"for_ms\":60000,\"path\":\"/v1/mqs\",\"linkedid\":\"1.1\"}";

        StubClient.Reply added = client.post(FAULTS, "[" + respond + ",{\"effect\":\"delay\",\"delay_ms\":50}]");

        assertThat(added.status()).isEqualTo(201);
        assertThat(stub.faults().list())
                .containsExactly(
                        Fault.status(503, "2")
                                .withShare(0.5)
                                .withTimes(3)
                                .withDuration(Duration.ofMinutes(1))
                                .withPath("/v1/mqs")
                                .withLinkedid("1.1"),
                        Fault.delay(Duration.ofMillis(50)));
        assertThat(client.get(FAULTS).body()).isEqualTo(added.body());
        assertThat(client.delete(FAULTS).status()).isEqualTo(204);
        assertThat(stub.faults().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reset_before_body", "reset_after_body", "lose_answer"})
    void faultsWithoutSettingsGoByTheirNameAlone(String effect) throws IOException {
        client.post(FAULTS, "{\"effect\":\"" + effect + "\"}");

        assertThat(client.get(FAULTS).body().get(0).get("effect").textValue()).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                    | effect: is required",
                "{\"effect\":\"explode\"}              | effect: explode is not one of",
                "{\"effect\":\"respond\"}              | status: is required",
                "{\"effect\":\"respond\",\"status\":1} | status: 1 is not from 200 to 599",
                "{\"effect\":\"delay\"}                | delay_ms: is required",
                "{\"effect\":\"delay\",\"ms\":1}       | fault: Unrecognized field \"ms\"",
                "7                                     | fault: 7 is not an object",
                "null                                  | fault: null is not an object"
            })
    void aFaultThatMakesNoSenseIsRefused(String json, String reason) throws IOException {
        StubClient.Reply reply = client.post(FAULTS, json);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).startsWith(reason);
    }
}

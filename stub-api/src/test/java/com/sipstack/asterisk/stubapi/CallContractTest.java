package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.StubClient.CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallContractTest {
    private final StubApi stub = StubApi.start();
    private final StubClient client = StubClient.of(stub);

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void theIncumbentsDocumentIsAcceptedOnceItsTimesHaveOffsets() throws IOException {
        assertThat(client.ship(CallDocuments.valid()).status()).isEqualTo(202);
        assertThat(stub.call("pbx1", "1795304831.3048760"))
                .map(ReceivedCall::document)
                .contains(CallDocuments.valid());
    }

    @Test
    void theIncumbentsDocumentAsItIsIsRefused() throws IOException {
        StubClient.Reply reply = client.ship(CallDocuments.incumbent());

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).endsWith("is not ISO-8601 with an offset");
    }

    @Test
    void fieldsThatTheContractDoesNotKnowAreAcceptedWithNullsInThem() throws IOException {
        ObjectNode document = CallDocuments.valid().put("pbx", "pbx-east").putNull("merged_into");
        document.putObject("answered_by").put("extension", "108").putNull("number");

        assertThat(client.ship(document).status()).isEqualTo(202);
    }

    @Test
    void theOptionalFieldsMayBeAbsent() throws IOException {
        ObjectNode document = CallDocuments.valid();
        document.retain(
                "connector",
                "hostname",
                "linkedid",
                "is_complete",
                "ship_phase",
                "shipped_at",
                "call_time",
                "call_threads",
                "call_threads_count");

        assertThat(client.ship(document).status()).isEqualTo(202);
        assertThat(stub.call("pbx1", "1795304831.3048760").orElseThrow().customerId())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connector",
                "hostname",
                "linkedid",
                "is_complete",
                "ship_phase",
                "shipped_at",
                "call_time",
                "call_threads",
                "call_threads_count"
            })
    void aDocumentWithoutARequiredFieldIsRefused(String field) throws IOException {
        ObjectNode document = CallDocuments.valid();
        document.remove(field);

        assertRefused(document, field + ": is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linkedid", "tenant", "src_number", "customer_id", "recording_files", "revision"})
    void aNullFieldIsRefused(String field) throws IOException {
        assertRefused(
                CallDocuments.valid().putNull(field), field + ": is null, a field without a value must be absent");
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                broken(d -> d.put("connector", "freeswitch"), "connector: \"freeswitch\" is not one of asterisk"),
                broken(d -> d.put("linkedid", ""), "linkedid: \"\" is empty"),
                broken(d -> d.put("linkedid", 17), "linkedid: 17 is not a string"),
                broken(d -> d.put("customer_id", "1"), "customer_id: \"1\" is not a whole number"),
                broken(d -> d.put("duration_seconds", 40.5), "duration_seconds: 40.5 is not a whole number"),
                broken(d -> d.put("duration_seconds", -1), "duration_seconds: -1 is less than 0"),
                broken(d -> d.put("revision", 0), "revision: 0 is less than 1"),
                broken(d -> d.put("is_complete", "true"), "is_complete: \"true\" is not a boolean"),
                broken(d -> d.put("is_complete", false), "is_complete: false does not agree with ship_phase complete"),
                broken(d -> d.put("ship_phase", "update"), "is_complete: true does not agree with ship_phase update"),
                broken(
                        d -> d.put("ship_phase", "done"),
                        "ship_phase: \"done\" is not one of initial, update, complete"),
                broken(d -> d.put("direction", "inbound"), "direction: \"inbound\" is not one of i, o, x"),
                broken(d -> d.put("src_number", "+15145790244"), "src_number: \"+15145790244\" is not digits only"),
                broken(d -> d.put("dst_number", ""), "dst_number: \"\" is not digits only"),
                broken(d -> d.put("src_extension", 157), "src_extension: 157 is not a string"),
                broken(
                        d -> d.put("call_time", "2026-11-21T23:47:11"),
                        "call_time: \"2026-11-21T23:47:11\" is not ISO-8601 with an offset"),
                broken(d -> d.put("shipped_at", 1795304831), "shipped_at: 1795304831 is not a string"),
                broken(d -> d.put("call_threads_count", 12), "call_threads_count: 12 is not call_threads' length 13"),
                broken(d -> d.put("call_threads", "none"), "call_threads: \"none\" is not an array"),
                broken(d -> thread(d).remove("time"), "call_threads[0].time: is required"),
                broken(
                        d -> thread(d).putNull("channel"),
                        "call_threads[0].channel: is null, " + "a field without a value must be absent"),
                broken(d -> thread(d).put("billsec", "34"), "call_threads[0].billsec: \"34\" is not a whole number"),
                broken(
                        d -> thread(d).put("event", "PARK_START"),
                        "call_threads[0].event: \"PARK_START\" is not one of"),
                broken(d -> recording(d).remove("filename"), "recording_files[0].filename: is required"),
                broken(
                        d -> recording(d).put("started_at", "yesterday"),
                        "recording_files[0].started_at: \"yesterday\" is not ISO-8601 with an offset"),
                broken(d -> d.put("hostname", "pbx2"), "hostname: pbx2 is not pbx1 as X-Asterisk-Hostname says"));
    }

    private static Arguments broken(Consumer<ObjectNode> change, String reason) {
        return arguments(reason, change);
    }

    private static ObjectNode thread(ObjectNode document) {
        return (ObjectNode) document.get("call_threads").get(0);
    }

    private static ObjectNode recording(ObjectNode document) {
        return (ObjectNode) document.get("recording_files").get(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void aDocumentThatBreaksARuleIsRefusedWithTheFieldAndTheRule(String reason, Consumer<ObjectNode> change)
            throws IOException {
        ObjectNode document = CallDocuments.valid();
        change.accept(document);

        assertRefused(document, reason);
    }

    private void assertRefused(ObjectNode document, String reason) throws IOException {
        StubClient.Reply reply = client.ship(document);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).startsWith(reason);
        assertThat(stub.calls()).isEmpty();
        assertThat(stub.stats().refused()).isEqualTo(1);
        assertThat(stub.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(reply.error());
            assertThat(refusal.body()).isEqualTo(document.toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"linkedid\":\"1\",\"linkedid\":\"2\"}"})
    void aBodyThatIsNotJsonIsRefused(String body) throws IOException {
        StubClient.Reply reply = client.post(CALLS, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("body: is ");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws IOException {
        RequestBody latin1 = RequestBody.create(new byte[] {'"', (byte) 0xe9, '"'}, StubClient.JSON);

        assertThat(client.send(client.request(CALLS).post(latin1)).error()).isEqualTo("body: is not UTF-8");
    }

    @Test
    void anArrayOfDocumentsIsRefused() throws IOException {
        assertThat(client.post(CALLS, "[]").error()).isEqualTo("body: [] is not an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"})
    void anotherContentTypeIsRefused(String contentType) throws IOException {
        byte[] json = CallDocuments.valid().toString().getBytes(StandardCharsets.UTF_8);
        RequestBody body = RequestBody.create(json, MediaType.get(contentType));

        assertThat(client.send(client.request(CALLS).post(body)).status()).isEqualTo(415);
    }
}

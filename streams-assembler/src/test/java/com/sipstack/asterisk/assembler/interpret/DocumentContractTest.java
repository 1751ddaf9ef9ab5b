package com.sipstack.asterisk.assembler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;
import com.sipstack.asterisk.stubapi.StubApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Every document is one that the API takes. */
class DocumentContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void theApiTakesTheDocumentOfEveryCall() throws Exception {
        try (StubApi api = StubApi.start()) {
            for (Corpus corpus : new Corpus[] {Corpus.PBX_20, Corpus.PBX_22_PJSIP}) {
                for (LogMask mask : LogMask.values()) {
                    CallInterpreter interpreter = new CallInterpreter(PbxProfile.of(corpus + "-" + mask, "CA"));
                    for (CallRows call : CorpusCalls.of(corpus, mask)) {
                        post(api, interpreter.interpret(call, Ending.HANGUP));
                    }
                }
            }
            assertThat(api.refusals()).isEmpty();
        }
    }

    private static void post(StubApi api, CallDocument document) throws IOException, InterruptedException {
        ObjectNode body = (ObjectNode) JSON.readTree(DocumentJson.write(document.at(Phase.of(1, ShipPhase.COMPLETE))));
        body.put("shipped_at", "2026-11-22T12:00:00Z");
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.uri() + "/mqs/connectors/asterisk/calls"))
                .header("Authorization", "Bearer sk_" + "a".repeat(32))
                .header("Content-Type", "application/json")
                .header("User-Agent", "interpreter-test/1")
                .header("X-Asterisk-Hostname", document.identity().hostname())
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body() + " " + body).isIn(200, 201, 202);
    }
}

package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.StubClient.CALLS;
import static com.sipstack.asterisk.stubapi.StubClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestContractTest {
    private static final String HEX_32 = "0123456789abcdef0123456789abcdef";

    private StubApi stub = StubApi.start();
    private StubClient client = StubClient.of(stub);

    private void restart(StubApiConfig config) {
        stub.close();
        stub = StubApi.start(config);
        client = StubClient.of(stub);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private Request.Builder validCall() {
        return client.request(CALLS).post(body(CallDocuments.valid().toString()));
    }

    @Test
    void healthAnswers() throws IOException {
        StubClient.Reply reply = client.get("/v1/health");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.protocol()).isEqualTo(Protocol.HTTP_1_1);
    }

    @Test
    void http2WithPriorKnowledgeIsSpokenOnTheSamePort() throws IOException {
        StubClient.Reply reply = StubClient.http2(stub).ship(CallDocuments.valid());

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
        assertThat(stub.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_" + HEX_32,
                "sk_abcdefghij0123456789",
                "sk_t0_" + HEX_32 + "_" + HEX_32 + HEX_32,
                "sk_t4_c17_abcdefghij0123456789"
            })
    void everyKnownKeyFormatIsLetIn(String key) throws IOException {
        assertThat(client.send(validCall().header("Authorization", "Bearer " + key))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk_tooshort",
                "Bearer pk_" + HEX_32,
                "Bearer sk_t5_c17_abcdefghij0123456789",
                "Bearer sk_t1_" + HEX_32 + "_" + HEX_32,
                "Basic c2s6c2s=",
                "Bearer",
                "sk_" + HEX_32
            })
    void anotherAuthorizationIsRefusedWith401(String authorization) throws IOException {
        StubClient.Reply reply = client.send(validCall().header("Authorization", authorization));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error()).startsWith("Authorization: ").doesNotContain("sk_");
    }

    @Test
    void noAuthorizationIsRefusedWith401EvenForHealth() throws IOException {
        assertThat(client.send(client.request("/v1/health").removeHeader("Authorization"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aFixedKeyKeepsOthersOut() throws IOException {
        restart(StubApiConfig.defaults().withAcceptedKey("sk_abcdefghij0123456789"));

        assertThat(client.send(validCall()).error()).isEqualTo("Authorization: the API key is not known here");
        assertThat(client.send(validCall().header("Authorization", "Bearer sk_abcdefghij0123456789"))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sipstack-connect", "/1.0", "sipstack-connect/"})
    void aUserAgentThatNamesNoProductAndVersionIsRefused(String userAgent) throws IOException {
        StubClient.Reply reply = client.send(validCall().header("User-Agent", userAgent));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith("User-Agent: ");
    }

    @Test
    void aCallWithoutItsPbxsHostNameInTheHeaderIsRefused() throws IOException {
        assertThat(client.send(validCall().removeHeader("X-Asterisk-Hostname")).error())
                .isEqualTo("X-Asterisk-Hostname: is required");
    }

    @Test
    void anotherMethodIsRefusedAndTheRightOneNamed() throws IOException {
        StubClient.Reply reply = client.get(CALLS);

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.allow()).contains("POST");
    }

    @Test
    void anUnknownAddressIsRefused() throws IOException {
        assertThat(client.post("/v1/mqs/connectors/asterisk/call", "{}").status())
                .isEqualTo(404);
        assertThat(client.get("/health").status()).isEqualTo(404);
    }

    @Test
    void whatTheServerItselfRefusesHasAJsonErrorToo() throws IOException {
        StubClient.Reply reply = client.send(client.request("/v1/health").header("X-Long", "x".repeat(20_000)));

        assertThat(reply.status()).isEqualTo(431);
        assertThat(reply.error()).isNotEmpty();
    }

    @Test
    void aZippedBodyIsAccepted() throws IOException {
        RequestBody zipped =
                RequestBody.create(StubClient.gzip(CallDocuments.valid().toString()), StubClient.JSON);

        assertThat(client.send(validCall().header("Content-Encoding", "gzip").post(zipped))
                        .status())
                .isEqualTo(202);
        assertThat(stub.calls())
                .singleElement()
                .extracting(ReceivedCall::document)
                .isEqualTo(CallDocuments.valid());
    }

    @Test
    void aBodyThatOnlyClaimsToBeZippedIsRefused() throws IOException {
        assertThat(client.send(validCall().header("Content-Encoding", "gzip")).error())
                .startsWith("body: is not gzip");
    }

    @Test
    void anotherEncodingIsRefused() throws IOException {
        assertThat(client.send(validCall().header("Content-Encoding", "br")).status())
                .isEqualTo(415);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedThoughTheClientSendsAllOfItFirst() throws IOException {
        restart(StubApiConfig.defaults().withMaxBodyBytes(1_000));

        StubClient.Reply reply = client.post(CALLS, "[" + " ".repeat(5_000_000) + "]");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).isEqualTo("body: is larger than 1000 bytes");
    }

    @Test
    void aBodyThatIsTooLargeOnlyWhenUnzippedIsRefused() throws IOException {
        restart(StubApiConfig.defaults().withMaxBodyBytes(1_000));
        RequestBody zipped = RequestBody.create(StubClient.gzip(" ".repeat(100_000)), StubClient.JSON);

        assertThat(client.send(validCall().header("Content-Encoding", "gzip").post(zipped))
                        .status())
                .isEqualTo(413);
    }
}

package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.StubClient.RAW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawRecordsAndUploadsTest {
    private static final String RECORDING = "/v1/mqs/recording";
    private static final String VOICEMAIL = "/v1/rt/voicemail";

    private final StubApi stub = StubApi.start();
    private final StubClient client = StubClient.of(stub);

    @AfterEach
    void stop() {
        stub.close();
    }

    private static MultipartBody.Builder form() {
        return new MultipartBody.Builder().setType(MultipartBody.FORM);
    }

    private static RequestBody audio(String contentType) {
        return RequestBody.create(new byte[] {1, 2, 3}, MediaType.get(contentType));
    }

    private StubClient.Reply post(String path, MultipartBody.Builder form) throws IOException {
        return client.send(client.request(path).post(form.build()));
    }

    @Test
    void anArrayOfCdrsIsQueued() throws IOException {
        StubClient.Reply reply = client.post(
                RAW, "[{\"uniqueid\":\"1.1\",\"calldate\":\"2026-11-21T23:47:11Z\"},{\"direction\":\"inbound\"}]");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.body().get("queued_count").intValue()).isEqualTo(2);
        assertThat(reply.body().get("job_ids")).hasSize(2);
        assertThat(stub.rawBatches()).singleElement().satisfies(batch -> {
            assertThat(batch.hostname()).isEqualTo("pbx1");
            assertThat(batch.records()).isEqualTo(2);
            assertThat(batch.json()).startsWith("[{\"uniqueid\":\"1.1\"");
        });
    }

    @Test
    void cdrsAndCelsTogetherAreQueued() throws IOException {
        StubClient.Reply reply =
                client.post(RAW, "{\"cdrs\":[{\"uniqueid\":\"1.1\"}],\"cels\":[{\"id\":1},{\"id\":2}]}");

        assertThat(reply.body().get("queued_count").intValue()).isEqualTo(3);
        assertThat(stub.stats().rawRecords()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"calldate\":\"2026-11-21 23:47:11\"}]     | cdrs[0].calldate: ",
                "[{\"call_type\":\"i\"}]                      | cdrs[0].call_type: ",
                "[{\"queue_name\":null}]                      | cdrs[0].queue_name: is null",
                "{\"cdrs\":[],\"cels\":[{\"peer\":null}]}     | cels[0].peer: is null",
                "{\"cdrs\":[]}                                | cels: is required",
                "[1]                                          | cdrs[0]: 1 is not an object"
            })
    void rawRecordsThatBreakARuleAreRefused(String json, String reason) throws IOException {
        StubClient.Reply reply = client.post(RAW, json);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).startsWith(reason);
        assertThat(stub.stats().rawRecords()).isZero();
    }

    @Test
    void aRecordingIsAccepted() throws IOException {
        StubClient.Reply reply = post(
                RECORDING,
                form().addFormDataPart("recording_id", "1.1")
                        .addFormDataPart("src_name", "Élise")
                        .addFormDataPart("audio", "a.wav", audio("audio/wav")));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(stub.uploads()).singleElement().satisfies(upload -> {
            assertThat(upload.fields()).isEqualTo(Map.of("recording_id", "1.1", "src_name", "Élise"));
            assertThat(upload.fileName()).isEqualTo("a.wav");
            assertThat(upload.contentType()).isEqualTo("audio/wav");
            assertThat(upload.audioBytes()).isEqualTo(3);
            assertThat(upload.audioSha256()).startsWith("039058c6f2c0cb49");
        });
    }

    @Test
    void aRecordingMayBeLargerThanAJsonBody() throws IOException {
        RequestBody hour = RequestBody.create(new byte[12 * 1024 * 1024], MediaType.get("audio/wav"));

        post(RECORDING, form().addFormDataPart("recording_id", "1.1").addFormDataPart("audio", "a.wav", hour));

        assertThat(stub.uploads())
                .singleElement()
                .extracting(ReceivedUpload::audioBytes)
                .isEqualTo(12L * 1024 * 1024);
    }

    @Test
    void aRecordingOfManyMegabytesIsHashedAndNotHeld() throws IOException {
        byte[] piece = new byte[1024 * 1024];
        RequestBody audio = new RequestBody() {
            @Override
            public MediaType contentType() {
                return MediaType.get("audio/wav");
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                for (int i = 0; i < 300; i++) {
                    sink.write(piece);
                }
            }
        };

        post(RECORDING, form().addFormDataPart("recording_id", "1.1").addFormDataPart("audio", "a.wav", audio));

        assertThat(stub.uploads()).singleElement().satisfies(upload -> {
            assertThat(upload.audioBytes()).isEqualTo(300L * piece.length);
            assertThat(upload.audioSha256())
                    .isEqualTo("17a88af83717f68b8bd97873ffcf022c8aed703416fe9b08e0fa9e3287692bf0");
        });
    }

    @Test
    void aFormsFieldsAreShownInTheOrderInWhichTheyCame() throws IOException {
        post(
                RECORDING,
                form().addFormDataPart("recording_id", "1.1")
                        .addFormDataPart("call_id", "1.1")
                        .addFormDataPart("a", "\"é\"\r\n--b")
                        .addFormDataPart("audio", "Élise \"1\"\n.wav", audio("audio/wav")));

        JsonNode shown = client.get("/_stub/uploads").body().get(0);
        assertThat(shown.get("fields").fieldNames()).toIterable().containsExactly("recording_id", "call_id", "a");
        assertThat(shown.at("/fields/a").textValue()).isEqualTo("\"é\"\r\n--b");
        assertThat(shown.get("file_name").textValue()).isEqualTo("Élise %221%22%0A.wav");
        assertThat(shown.get("hostname").textValue()).isEqualTo("pbx1");
    }

    @ParameterizedTest
    @CsvSource({
        "duration,     1:02,  is not a number of seconds",
        "file_size,    2 MB,  is not a number of bytes",
        "direction,    i,     'is not inbound, outbound or internal'",
        "metadata,     {,     is not JSON",
        "recording_id, twice, stands twice"
    })
    void aRecordingsFieldThatBreaksARuleIsRefused(String field, String value, String reason) throws IOException {
        StubClient.Reply reply = post(
                RECORDING,
                form().addFormDataPart("recording_id", "1.1")
                        .addFormDataPart(field, value)
                        .addFormDataPart("audio", "a.wav", audio("audio/wav")));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.error()).startsWith(field).contains(reason);
        assertThat(stub.uploads()).isEmpty();
    }

    @Test
    void aRecordingThatIsTooLargeIsRefused() throws IOException {
        stub.close();
        try (StubApi small = StubApi.start(StubApiConfig.defaults().withMaxUploadBytes(1_000))) {
            StubClient of = StubClient.of(small);
            RequestBody audio = RequestBody.create(new byte[2_000], MediaType.get("audio/wav"));
            MultipartBody body = form().addFormDataPart("recording_id", "1.1")
                    .addFormDataPart("audio", "a.wav", audio)
                    .build();

            assertThat(of.send(of.request(RECORDING).post(body)).status()).isEqualTo(413);
        }
    }

    @Test
    void aRecordingWithoutItsIdIsRefused() throws IOException {
        assertThat(post(RECORDING, form().addFormDataPart("audio", "a.wav", audio("audio/wav")))
                        .error())
                .isEqualTo("recording_id: is required");
    }

    @Test
    void aRecordingWithoutAudioIsRefused() throws IOException {
        assertThat(post(RECORDING, form().addFormDataPart("recording_id", "1.1"))
                        .error())
                .isEqualTo("audio: is required");
    }

    @Test
    void aRecordingWithItsAudioFirstIsRefused() throws IOException {
        assertThat(post(
                                RECORDING,
                                form().addFormDataPart("audio", "a.wav", audio("audio/wav"))
                                        .addFormDataPart("recording_id", "1.1"))
                        .error())
                .isEqualTo("audio: is not the last part");
    }

    @Test
    void aRecordingWhoseContentTypeDoesNotSuitItsNameIsRefused() throws IOException {
        assertThat(post(
                                RECORDING,
                                form().addFormDataPart("recording_id", "1.1")
                                        .addFormDataPart("audio", "a.MP3", audio("audio/wav")))
                        .error())
                .isEqualTo("audio: audio/wav is not audio/mpeg");
    }

    @Test
    void aBodyThatIsNoFormIsRefused() throws IOException {
        RequestBody nonsense = RequestBody.create(new byte[] {1}, MediaType.get("multipart/form-data; boundary=b"));

        assertThat(client.send(client.request(RECORDING).post(nonsense)).status())
                .isEqualTo(400);
        assertThat(client.post(RECORDING, "{}").status()).isEqualTo(415);
    }

    @Test
    void aVoicemailIsAnsweredWithItsTranscription() throws IOException {
        StubClient.Reply reply = post(
                VOICEMAIL,
                form().addFormDataPart("audio", "msg0001.wav", audio("audio/wav"))
                        .addFormDataPart("metadata", "{\"mailbox\":\"102\"}")
                        .addFormDataPart("format", "html"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("type").textValue()).isEqualTo("html");
        assertThat(reply.body().get("subject").textValue()).contains("102");
        assertThat(reply.body().get("transcription").textValue()).isNotEmpty();
    }

    @Test
    void aVoicemailWhoseMetadataIsNotJsonIsRefused() throws IOException {
        assertThat(post(
                                VOICEMAIL,
                                form().addFormDataPart("audio", "msg0001.wav", audio("audio/wav"))
                                        .addFormDataPart("metadata", "mailbox 102"))
                        .error())
                .startsWith("metadata: is not JSON");
    }
}

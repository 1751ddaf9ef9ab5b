package com.sipstack.asterisk.allinone.voicemail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.model.ProductVersion;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** SIPSTACK's transcription of voicemails. */
final class TranscriptionApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailSettings settings;
    private final String format;
    private final OkHttpClient client;

    /**
     * @param format {@code html} for a whole mail text, {@code transcription} for words to put into a template
     * @param patience until the answer is there in full; then the mail goes out without it
     */
    TranscriptionApi(MailSettings settings, String format, Duration patience) {
        this.settings = settings;
        this.format = format;
        this.client = new OkHttpClient.Builder()
                .callTimeout(patience)
                .readTimeout(patience)
                .build();
    }

    /**
     * @param uuid the same when the same mail is sent again
     * @throws IOException if there is no transcription; says why
     */
    Transcription transcribe(VoicemailNotice notice, BodyPart audio, String recipient, UUID uuid)
            throws IOException, MessagingException {
        RequestBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart("format", format)
                .addFormDataPart("metadata", JSON.writeValueAsString(metadata(notice, recipient, uuid)))
                .addFormDataPart("audio", fileName(audio), body(audio))
                .build();
        Request request = new Request.Builder()
                .url(settings.endpointUri().toString())
                .header("Authorization", "Bearer " + settings.apiKey())
                .header("X-Asterisk-Hostname", settings.hostname())
                .header("User-Agent", "sipstack-connect-asterisk/" + ProductVersion.CURRENT)
                .post(form)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return answer(response);
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    private static Transcription answer(Response response) throws IOException {
        ResponseBody body = response.body();
        if (response.code() != 200 && response.code() != 202) {
            throw new IOException("the API answers HTTP " + response.code());
        }
        JsonNode answer = JSON.readTree(body.byteStream());
        Transcription heard = new Transcription(
                answer.path("transcription").asText(""), text(answer, "html"), text(answer, "subject"));
        if (heard.text().isBlank() && heard.html() == null) {
            throw new IOException("the API's answer holds no transcription");
        }
        return "transcription".equals(answer.path("type").asText())
                ? new Transcription(heard.text(), null, heard.subject())
                : heard;
    }

    private static String text(JsonNode answer, String field) {
        String text = answer.path(field).asText("");
        return text.isBlank() ? null : text;
    }

    private static ObjectNode metadata(VoicemailNotice notice, String recipient, UUID uuid) {
        return JSON.createObjectNode()
                .put("context", notice.context())
                .put("extension", notice.extension())
                .put("mailbox", notice.mailbox())
                .put("msgnum", notice.messageNumber())
                .put("caller_id", notice.callerId())
                .put("duration", notice.durationSeconds())
                .put("date", notice.date())
                .put("recipient_name", notice.name())
                .put("recipient_email", recipient)
                .put("uuid", uuid.toString());
    }

    private static String fileName(BodyPart audio) throws MessagingException {
        String name = audio.getFileName();
        return name == null || name.isBlank() ? "voicemail.wav" : name;
    }

    private static RequestBody body(BodyPart audio) throws IOException, MessagingException {
        String name = fileName(audio).toLowerCase(Locale.ROOT);
        String type = name.endsWith(".gsm") ? "audio/gsm" : name.endsWith(".mp3") ? "audio/mpeg" : "audio/wav";
        return RequestBody.create(audio.getInputStream().readAllBytes(), MediaType.get(type));
    }
}

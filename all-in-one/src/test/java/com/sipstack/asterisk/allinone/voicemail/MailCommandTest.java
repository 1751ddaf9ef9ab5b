package com.sipstack.asterisk.allinone.voicemail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.stubapi.Fault;
import com.sipstack.asterisk.stubapi.ReceivedUpload;
import com.sipstack.asterisk.stubapi.StubApi;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A voicemail's mail on its way from Asterisk to a mail system, the API being the stub and the mail system a script. */
class MailCommandTest {
    private static final byte[] AUDIO = audio();
    private static final String NOTICE =
            "p=John ~ Doe~Sunday, 22 November 2026 at 10:30:00~\"O'Neil \\\"Q\\\" <b>\" <4165551234>~102@default~3~0:45";

    @TempDir
    private Path folder;

    private final StubApi api = StubApi.start();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void setUp() throws IOException {
        Path sendmail = folder.resolve("sendmail");
        Files.writeString(sendmail, "#!/bin/sh\ncat > \"" + folder + "/sent-$1\"\n");
        assertThat(sendmail.toFile().setExecutable(true)).isTrue();
        environment.put("SENDMAIL_CMD", sendmail.toString());
        environment.put("VOICEMAIL_API_KEY", "sk_" + "a".repeat(32));
        environment.put(
                "VOICEMAIL_API_ENDPOINT", api.uri().resolve("/v1/rt/voicemail").toString());
        environment.put("VOICEMAIL_LOG", folder.resolve("voicemail.log").toString());
        environment.put("VOICEMAIL_TEMPLATE", folder.resolve("template").toString());
        environment.put("TEMP_DIR", folder.toString());
        environment.put("DEBUG", "1");
        environment.put("HOST_HOSTNAME", "pbx-east");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theMailGoesOutWithWhatWasSaidAndWithTheMessage() throws Exception {
        run(mail(NOTICE));

        MimeMessage sent = sent();
        assertThat(sent.getSubject()).isEqualTo("New voicemail in mailbox 102@default");
        assertThat(sent.getHeader("From", null)).isEqualTo("Asterisk PBX <asterisk@pbx-east>");
        assertThat(sent.getMessageID()).isEqualTo("<Asterisk-3-1234-102-77@pbx-east>");
        Multipart parts = (Multipart) sent.getContent();
        Multipart texts = (Multipart) parts.getBodyPart(0).getContent();
        assertThat((String) texts.getBodyPart(1).getContent()).contains("<p>Hello, this is a message.</p>");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(AUDIO);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("msg0002.wav");
    }

    @Test
    void theApiGetsTheMessageAndAllThatAsteriskSaysOfIt() throws Exception {
        run(mail(NOTICE));

        ReceivedUpload upload = api.uploads().get(0);
        assertThat(upload.audioSha256()).isEqualTo(sha256(AUDIO));
        assertThat(upload.contentType()).isEqualTo("audio/wav");
        JsonNode metadata = new ObjectMapper().readTree(upload.fields().get("metadata"));
        assertThat(metadata.get("caller_id").asText()).isEqualTo("\"O'Neil \\\"Q\\\" <b>\" <4165551234>");
        assertThat(metadata.get("recipient_name").asText()).isEqualTo("John ~ Doe");
        assertThat(metadata.get("recipient_email").asText()).isEqualTo("john@example.com");
        assertThat(metadata.get("extension").asText()).isEqualTo("102");
        assertThat(metadata.get("context").asText()).isEqualTo("default");
        assertThat(metadata.get("duration").asInt()).isEqualTo(45);
        assertThat(metadata.get("uuid").asText()).hasSize(36);
    }

    @Test
    void aTemplateOfOnesOwnIsFilledAndWhatTheCallerWroteIsText() throws Exception {
        Files.writeString(
                folder.resolve("template"),
                "<h1>{{TITLE}}</h1>{{VM_NAME}}|{{VM_CALLERID}}|{{ VM_DURATION }}|{{TRANSCRIPTION}}|{{VM_ALERT}}|{{OTHER}}");

        run(mail(NOTICE.replace("~3~", "~75~")));

        assertThat(api.uploads().get(0).fields()).containsEntry("format", "transcription");
        assertThat(html(sent()))
                .isEqualTo(
                        "<h1>Voicemail Message #75</h1>John ~ Doe|&quot;O&#39;Neil \\&quot;Q\\&quot; &lt;b&gt;&quot; "
                                + "&lt;4165551234&gt;|45|Hello, this is a message.|Warning: Mailbox nearly full|{{OTHER}}");
    }

    @Test
    void namesInUtf8AreReadThoughTheMailSaysLatin1() throws Exception {
        Files.writeString(folder.resolve("template"), "{{VM_NAME}}");

        run(mail(NOTICE.replace("John", "Jürgen")));

        assertThat(html(sent())).isEqualTo("Jürgen ~ Doe");
    }

    @Test
    void theOtherKeyServesWhereThereIsNoneOfItsOwn() throws Exception {
        environment.put("SK_KEY", environment.put("VOICEMAIL_API_KEY", " "));

        run(mail(NOTICE));

        assertThat(api.uploads()).hasSize(1);
    }

    @Test
    void settingsMayComeFromAFile() throws Exception {
        Path file = folder.resolve("voicemail.env");
        Files.writeString(file, "VOICEMAIL_API_KEY='" + environment.remove("VOICEMAIL_API_KEY") + "'\n");

        assertThat(start(mail(NOTICE), "--env-file", file.toString())).isZero();

        assertThat(api.uploads()).hasSize(1);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.status(503),
                Fault.status(401),
                Fault.status(204),
                Fault.delay(Duration.ofSeconds(20)),
                Fault.drip(Duration.ofSeconds(20)),
                Fault.resetBeforeBody(),
                Fault.resetAfterBody(),
                Fault.cutAnswer());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theMailGoesOutAsItCameIfTheApiFails(Fault fault) throws Exception {
        api.faults().add(fault);

        assertGoesOutAsItCame(mail(NOTICE));
    }

    @Test
    void theMailGoesOutAsItCameIfTheApiIsNotThere() throws Exception {
        api.close();

        assertGoesOutAsItCame(mail(NOTICE));
    }

    @Test
    void theMailGoesOutAsItCameWithoutAKey() throws Exception {
        environment.remove("VOICEMAIL_API_KEY");

        assertGoesOutAsItCame(mail(NOTICE));

        assertThat(log()).contains("neither VOICEMAIL_API_KEY nor SK_KEY is set");
    }

    @Test
    void theMailGoesOutAsItCameWithSettingsThatAreWrong() throws Exception {
        environment.put("VOICEMAIL_API_ENDPOINT", "::no address::");

        assertGoesOutAsItCame(mail(NOTICE));
    }

    static Stream<byte[]> mailsThatAreNoVoicemails() {
        byte[] whole = mail(NOTICE);
        return Stream.of(
                new byte[0],
                "no mail at all".getBytes(UTF_8),
                new byte[] {0, (byte) 0xff, 10, 13, 0},
                mail("Dear John, you have a message."),
                Arrays.copyOf(whole, whole.length / 4),
                new String(whole, ISO_8859_1).replace("boundary=", "bound=").getBytes(ISO_8859_1),
                new String(whole, ISO_8859_1)
                        .replace("audio/x-wav", "text/calendar")
                        .getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("mailsThatAreNoVoicemails")
    void whatIsNoVoicemailGoesOutAsItCame(byte[] mail) throws Exception {
        assertGoesOutAsItCame(mail);
    }

    @Test
    void aLogThatCannotBeWrittenStopsNothing() throws Exception {
        environment.put("VOICEMAIL_LOG", folder.resolve("missing/voicemail.log").toString());

        run(mail(NOTICE));

        assertThat(sent().getSubject()).contains("New voicemail");
    }

    @Test
    void aMailThatTheMailSystemRefusesIsKept() throws Exception {
        environment.put("SENDMAIL_CMD", "/bin/false");

        assertThat(start(mail(NOTICE))).isEqualTo(75);

        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept =
                    files.filter(file -> file.toString().endsWith(".eml")).toList();
            assertThat(kept).hasSize(1);
            assertThat(Files.readAllBytes(kept.get(0))).isEqualTo(mail(NOTICE));
        }
        assertThat(log()).contains("the mail is kept in");
    }

    @Test
    void aMailThatNeitherTheMailSystemNorTheFolderTakesIsKeptInTheMachinesOwn() throws Exception {
        environment.put("SENDMAIL_CMD", "/bin/false");
        environment.put("TEMP_DIR", folder.resolve("nowhere").toString());

        assertThat(start(mail(NOTICE))).isEqualTo(75);

        Matcher kept = Pattern.compile("the mail is kept in (\\S+\\.eml)").matcher(log());
        assertThat(kept.find()).isTrue();
        Path file = Path.of(kept.group(1));
        assertThat(Files.readAllBytes(file)).isEqualTo(mail(NOTICE));
        Files.delete(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "head -c 1000 > /dev/null; exit 1", "cat > /dev/null; exit 1"})
    void aMailTooLargeForMemoryThatTheMailSystemRefusesIsKeptWhole(String refusal) throws Exception {
        Path sendmail = folder.resolve("sendmail");
        Files.writeString(sendmail, "#!/bin/sh\n" + refusal + "\n");
        Path large = Files.write(folder.resolve("large"), largeMail());

        assertThat(start(large)).isEqualTo(75);

        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept =
                    files.filter(file -> file.toString().endsWith(".eml")).toList();
            assertThat(kept).hasSize(1);
            assertThat(Files.mismatch(kept.get(0), large)).isEqualTo(-1);
        }
    }

    @Test
    void aMailTooLargeForMemoryGoesOutAsItCameAndIsNotKept() throws Exception {
        Path large = Files.write(folder.resolve("large"), largeMail());

        assertThat(start(large)).isZero();

        assertThat(Files.mismatch(folder.resolve("sent--t"), large)).isEqualTo(-1);
        assertThat(folder).isDirectoryNotContaining("glob:**.eml");
    }

    private int start(Path mail) throws IOException {
        try (InputStream in = Files.newInputStream(mail)) {
            return new CommandLine(new MailCommand(in, environment, Duration.ofMillis(1_500))).execute();
        }
    }

    private static byte[] largeMail() {
        byte[] mail = new byte[(64 << 20) + 300_000];
        for (int i = 0; i < mail.length; i++) {
            mail[i] = (byte) (i / 1000);
        }
        return mail;
    }

    @Test
    void theLogNamesNoCaller() throws Exception {
        run(mail(NOTICE));

        assertThat(log())
                .contains("mailbox 102@default, message 3: transcribed")
                .doesNotContain("4165551234", "Neil");
    }

    private void assertGoesOutAsItCame(byte[] mail) throws Exception {
        run(mail);
        assertThat(Files.readString(folder.resolve("sent--t"), ISO_8859_1)).isEqualTo(new String(mail, ISO_8859_1));
        assertThat(log()).contains("the mail goes out as it came");
    }

    private void run(byte[] mail) {
        assertThat(start(mail)).isZero();
    }

    private int start(byte[] mail, String... options) {
        return new CommandLine(new MailCommand(new ByteArrayInputStream(mail), environment, Duration.ofMillis(1_500)))
                .execute(options);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("voicemail.log"));
    }

    private MimeMessage sent() throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), Files.newInputStream(folder.resolve("sent--t")));
    }

    private static String html(MimeMessage mail) throws Exception {
        Multipart texts =
                (Multipart) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
        return (String) texts.getBodyPart(1).getContent();
    }

    /** As app_voicemail writes it. */
    private static byte[] mail(String text) {
        String encoded = Base64.getMimeEncoder(76, "\n".getBytes(UTF_8)).encodeToString(AUDIO);
        return String.join(
                        "\n",
                        "Date: Sun, 22 Nov 2026 10:30:46 -0500",
                        "From: Asterisk PBX <asterisk@pbx-east>",
                        "To: \"John ~ Doe\" <john@example.com>",
                        "Subject: [PBX]: New message 3 in mailbox 102",
                        "Message-ID: <Asterisk-3-1234-102-77@pbx-east>",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/mixed; boundary=\"----voicemail_3102771234\"",
                        "",
                        "",
                        "This is a multi-part message in MIME format.",
                        "",
                        "------voicemail_3102771234",
                        "Content-Type: text/plain; charset=ISO-8859-1",
                        "Content-Transfer-Encoding: 8bit",
                        "",
                        text,
                        "------voicemail_3102771234",
                        "Content-Type: audio/x-wav; name=\"msg0002.wav\"",
                        "Content-Transfer-Encoding: base64",
                        "Content-Description: Voicemail sound attachment.",
                        "Content-Disposition: attachment; filename=\"msg0002.wav\"",
                        "",
                        encoded,
                        "",
                        "------voicemail_3102771234--",
                        ".",
                        "")
                .getBytes(UTF_8);
    }

    private static byte[] audio() {
        byte[] samples = new byte[30_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 31);
        }
        return samples;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

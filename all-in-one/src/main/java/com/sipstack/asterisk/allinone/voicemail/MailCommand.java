package com.sipstack.asterisk.allinone.voicemail;

import com.sipstack.asterisk.allinone.EnvFile;
import com.sipstack.asterisk.allinone.SettingsException;
import jakarta.mail.BodyPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code sipstack mailcmd}, for {@code mailcmd=} in {@code voicemail.conf}: the mail comes by standard input, and goes out with a
 * transcription, or, if anything at all goes wrong, as it came.
 */
@Command(
        name = "mailcmd",
        description =
                "Asterisk's mailcmd: sends a voicemail's mail on with a transcription; as it came if anything fails.",
        mixinStandardHelpOptions = true)
public final class MailCommand implements Callable<Integer> {
    /** Of sysexits: the mail system may try again. */
    private static final int TEMPORARY_FAILURE = 75;

    private static final int LARGEST_MAIL = 64 * 1024 * 1024;
    /** As long as a caller of the API waits at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Read VOICEMAIL_API_KEY and the other settings from this file; the environment goes first.")
    private Path envFile;

    private final InputStream input;
    private final Map<String, String> environment;
    private final Duration patience;

    public MailCommand() {
        this(System.in, System.getenv(), PATIENCE);
    }

    MailCommand(InputStream input, Map<String, String> environment, Duration patience) {
        this.input = input;
        this.environment = environment;
        this.patience = patience;
    }

    /** Started by Asterisk, without what the other commands of {@code sipstack} load. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MailCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>();
        String fault = readEnvFile(variables);
        variables.putAll(environment);
        MailSettings settings = MailSettings.from(variables);
        MailLog log = new MailLog(settings.log(), settings.isDebug());
        if (fault != null) {
            log.fault(fault);
        }
        return send(settings, log);
    }

    /** Returns what is wrong with the file, null if nothing is: the mail goes out nevertheless. */
    private String readEnvFile(Map<String, String> variables) {
        try {
            if (envFile != null) {
                variables.putAll(EnvFile.read(envFile));
            }
            return null;
        } catch (SettingsException e) {
            return String.join("; ", e.faults());
        }
    }

    private int send(MailSettings settings, MailLog log) throws IOException, InterruptedException {
        byte[] original = input.readNBytes(LARGEST_MAIL);
        Sendmail sendmail = new Sendmail(settings.sendmail());
        if (original.length == LARGEST_MAIL) {
            log.fault("the mail is too large for a transcription and goes out as it came");
            return sendOn(original, settings, sendmail, log);
        }
        Optional<byte[]> transcribed = transcribed(original, settings, log);
        if (transcribed.isPresent() && isDelivered(new ByteArrayInputStream(transcribed.get()), sendmail, log)) {
            return 0;
        }
        if (isDelivered(new ByteArrayInputStream(original), sendmail, log)) {
            return 0;
        }
        tellOf(kept(original, settings.directory(), log), log);
        return TEMPORARY_FAILURE;
    }

    /** What is not in memory can be read once alone: it is copied on its way. */
    private int sendOn(byte[] beginning, MailSettings settings, Sendmail sendmail, MailLog log)
            throws InterruptedException {
        Optional<Path> copy = kept(beginning, settings.directory(), log);
        try (CopiedInput rest = new CopiedInput(input, copy, log)) {
            if (isDelivered(new SequenceInputStream(new ByteArrayInputStream(beginning), rest), sendmail, log)) {
                delete(copy, log);
                return 0;
            }
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.fault("the rest of the mail cannot be read: " + e);
        }
        tellOf(copy, log);
        return TEMPORARY_FAILURE;
    }

    private Optional<byte[]> transcribed(byte[] original, MailSettings settings, MailLog log) {
        try {
            return Optional.of(transcribe(original, settings, log));
        } catch (Throwable e) { // whatever it is, memory that ran out included: the mail has to go out
            log.fault("no transcription, the mail goes out as it came: " + e);
            return Optional.empty();
        }
    }

    private byte[] transcribe(byte[] original, MailSettings settings, MailLog log) throws Exception {
        if (settings.apiKey().isEmpty()) {
            throw new IOException("neither VOICEMAIL_API_KEY nor SK_KEY is set");
        }
        VoicemailMail mail = VoicemailMail.parse(original);
        VoicemailNotice notice = VoicemailNotice.parse(mail.text())
                .orElseThrow(
                        () -> new IOException(
                                "the mail's text is not p=NAME~DATE~CALLERID~MAILBOX~MSGNUM~DUR: set emailbody in voicemail.conf"));
        BodyPart audio = mail.audio()
                .orElseThrow(
                        () -> new IOException("the mail has no voicemail attached: set attach=yes in voicemail.conf"));
        log.step("mailbox " + notice.mailbox() + ", message " + notice.messageNumber() + ": asking "
                + settings.endpointUri().getHost());
        Optional<MailTemplate> template = MailTemplate.read(settings.template(), log);
        Transcription heard = new TranscriptionApi(settings, template.isPresent() ? "transcription" : "html", patience)
                .transcribe(notice, audio, mail.recipient(), UUID.nameUUIDFromBytes(original));
        log.step("mailbox " + notice.mailbox() + ", message " + notice.messageNumber() + ": transcribed");
        return TranscribedMail.of(mail, notice, heard, template.isPresent() ? template.get() : MailTemplate.builtIn());
    }

    private static boolean isDelivered(InputStream mail, Sendmail sendmail, MailLog log) throws InterruptedException {
        try {
            sendmail.deliver(mail);
            return true;
        } catch (IOException e) {
            log.fault("the mail was not taken: " + e.getMessage());
            return false;
        }
    }

    /** In the directory, or in that of this machine for temporary files; empty if neither takes it. */
    private static Optional<Path> kept(byte[] mail, Path directory, MailLog log) {
        return keptIn(directory, mail, log).or(() -> keptIn(Path.of(System.getProperty("java.io.tmpdir")), mail, log));
    }

    private static Optional<Path> keptIn(Path directory, byte[] mail, MailLog log) {
        Optional<Path> file = Optional.empty();
        try {
            file = Optional.of(Files.createTempFile(directory, "voicemail-", ".eml"));
            Files.write(file.get(), mail);
            return file;
        } catch (IOException e) {
            log.fault("the mail cannot be kept in " + directory + ": " + e);
            delete(file, log);
            return Optional.empty();
        }
    }

    private static void delete(Optional<Path> file, MailLog log) {
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            log.fault(file.get() + " is needed no longer and cannot be deleted: " + e);
        }
    }

    /** The mail system is what fails now: a person can send it later with {@code sendmail -t < FILE}. */
    private static void tellOf(Optional<Path> kept, MailLog log) {
        log.fault(kept.map(file -> "the mail is kept in " + file + ": sendmail -t < " + file + " delivers it")
                .orElse("the mail is lost: neither the mail system nor a disk took it"));
    }
}

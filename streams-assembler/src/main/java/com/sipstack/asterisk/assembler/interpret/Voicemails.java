package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.document.Story.Voicemail;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mailbox that a call went to: from VoiceMail(), or from the extensions that FreePBX sends calls to for it. */
final class Voicemails {
    /** FreePBX's unavailable, busy, without greeting and instructions. */
    private static final Pattern MAILBOX_EXTENSION = Pattern.compile("vm[ubsi](\\d+)");

    private static final String DEFAULT_CONTEXT = "@default";

    private Voicemails() {}

    /** Null if none was reached. */
    static Voicemail of(CallFacts call) {
        return call.applications().of("VoiceMail").stream()
                .findFirst()
                .map(Voicemails::mailbox)
                .or(() -> extensions(call)
                        .flatMap(exten -> mailboxOf(exten).stream())
                        .findFirst())
                .map(Voicemail::new)
                .orElse(null);
    }

    private static String mailbox(Run run) {
        String first = run.step().argument(0).split("&", 2)[0];
        return first.contains("@") ? first : first + DEFAULT_CONTEXT;
    }

    private static Stream<String> extensions(CallFacts call) {
        return Stream.concat(
                call.caller().root().path().stream().map(Step::exten),
                call.rows().cdrs().stream().map(Cdr::dst).map(dst -> dst == null ? "" : dst));
    }

    /** Empty for an extension that is no mailbox's. */
    static Optional<String> mailboxOf(String exten) {
        Matcher matcher = MAILBOX_EXTENSION.matcher(exten);
        return matcher.matches() ? Optional.of(matcher.group(1) + DEFAULT_CONTEXT) : Optional.empty();
    }
}

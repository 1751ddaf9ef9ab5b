package com.sipstack.asterisk.assembler.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which letters a command is about. Of several options all must hold. */
final class Selection {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            arity = "0..*",
            converter = LetterPlace.Converter.class,
            description = "Single letters, as show names them.")
    private List<LetterPlace> places = new ArrayList<>();

    @Option(names = "--stage", paramLabel = "STAGE", description = "Who gave up: source, assembler or sink.")
    private String stage;

    @Option(names = "--pbx", paramLabel = "NAME", description = "Whose letters.")
    private String pbx;

    @Option(names = "--reason", paramLabel = "TEXT", description = "A part of the reason, in any case.")
    private String reason;

    @Option(
            names = "--call",
            paramLabel = "LINKEDID",
            converter = CallPattern.class,
            description = "Letters in whose key, reason or content this linkedid or uniqueid stands.")
    private Pattern call;

    @Option(names = "--from-topic", paramLabel = "TOPIC", description = "Where the record stood that failed.")
    private String topic;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Letters of then or later, e.g. 2026-11-22T08:00:00Z.")
    private Instant since;

    @Option(names = "--until", paramLabel = "INSTANT", description = "Letters before then.")
    private Instant until;

    boolean matches(StoredLetter letter) {
        return (places.isEmpty() || places.contains(letter.place()))
                && (stage == null || stage.equals(letter.stage()))
                && (pbx == null || pbx.equals(letter.pbx()))
                && (topic == null || topic.equals(letter.envelope().topic()))
                && (reason == null || lower(letter.reason()).contains(lower(reason)))
                && (call == null || isOf(call, letter))
                && (since == null || !letter.time().isBefore(since))
                && (until == null || letter.time().isBefore(until));
    }

    /**
     * For commands that change something: that all letters are meant must be said.
     *
     * @param all whether it was said
     */
    void requireNarrowedOr(boolean all) {
        boolean narrowed = !places.isEmpty()
                || stage != null
                || pbx != null
                || reason != null
                || call != null
                || topic != null
                || since != null
                || until != null;
        if (narrowed == all) {
            throw new CommandLine.ParameterException(
                    command.commandLine(), "Say which letters: by options, by their places, or --all");
        }
    }

    private static boolean isOf(Pattern call, StoredLetter letter) {
        String content = letter.value() == null ? "" : new String(letter.value(), UTF_8);
        return Stream.of(letter.keyText(), letter.reason(), content)
                .anyMatch(text -> call.matcher(text).find());
    }

    /** Another call's linkedid may begin or end like this one. */
    private static final class CallPattern implements CommandLine.ITypeConverter<Pattern> {
        @Override
        public Pattern convert(String linkedid) {
            return Pattern.compile("(?<![\\d.])" + Pattern.quote(linkedid) + "(?!\\d)");
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

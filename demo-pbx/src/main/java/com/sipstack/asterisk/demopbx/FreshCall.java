package com.sipstack.asterisk.demopbx;

import com.sipstack.asterisk.demopbx.RecordedCall.TableRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recorded call made new: its identities and times are as if it began now.
 *
 * @param linkedids the new identities of its calls
 * @param rows each with the time since the call's begin at which it must be written
 */
public record FreshCall(List<String> linkedids, List<DueRow> rows) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final Pattern UNIQUEID = Pattern.compile("\\d{10}\\.\\d+");
    /** What Asterisk tells channels of one name apart by: calls with the same channel would be taken for one another. */
    private static final Pattern CHANNEL_NUMBER = Pattern.compile("(?<=[^-]-)[0-9a-f]{8}(?![0-9a-zA-Z-])");

    public FreshCall {
        linkedids = List.copyOf(linkedids);
        rows = List.copyOf(rows);
    }

    /** A row and when it is due. */
    public record DueRow(Duration after, String table, Map<String, Object> columns) {}

    /**
     * Makes a recorded call new.
     *
     * @param sequence number of the first channel; as many numbers are used as the call has channels
     * @param speed how much faster than in reality rows arrive; the times in the rows stay as they were
     */
    public static FreshCall of(RecordedCall call, Instant begin, Sequence sequence, double speed, ZoneId zone) {
        LocalDateTime recordedBegin = local(call.rows().get(0).insertedAt());
        // Whole seconds, so that a uniqueid's second and the rows' fractions stay as they were to each other
        Duration shift = Duration.between(
                recordedBegin.truncatedTo(ChronoUnit.SECONDS),
                LocalDateTime.ofInstant(begin.truncatedTo(ChronoUnit.SECONDS), zone));
        Map<String, String> identities = new LinkedHashMap<>();
        List<DueRow> rows = new ArrayList<>(call.rows().size());
        for (TableRow row : call.rows()) {
            Duration after = Duration.between(recordedBegin, local(row.insertedAt()));
            Map<String, Object> columns = new LinkedHashMap<>(row.columns());
            columns.replaceAll((column, value) -> fresh(column, value, shift, sequence, identities));
            rows.add(new DueRow(Duration.ofNanos((long) (after.toNanos() / speed)), row.table(), columns));
        }
        return new FreshCall(
                call.linkedids().stream()
                        .map(linkedid -> freshText(linkedid, shift, sequence, identities))
                        .toList(),
                rows);
    }

    /** Numbers the channels of an Asterisk process, each once. */
    public static final class Sequence {
        private long next;

        public long next() {
            return next++;
        }
    }

    private static Object fresh(
            String column, Object value, Duration shift, Sequence sequence, Map<String, String> identities) {
        if (!(value instanceof String text)) {
            return value;
        }
        return switch (column) {
            case "eventtime" -> local(text).plus(shift).format(MICROS);
            case "calldate" -> local(text).plus(shift).format(SECONDS);
            default -> freshText(text, shift, sequence, identities);
        };
    }

    private static String freshText(String text, Duration shift, Sequence sequence, Map<String, String> identities) {
        String identified = UNIQUEID.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(identities.computeIfAbsent(
                        match.group(), uniqueid -> freshIdentity(uniqueid, shift, sequence))));
        return CHANNEL_NUMBER
                .matcher(identified)
                .replaceAll(match ->
                        identities.computeIfAbsent(match.group(), number -> String.format("%08x", sequence.next())));
    }

    private static String freshIdentity(String uniqueid, Duration shift, Sequence sequence) {
        long epochSecond = Long.parseLong(uniqueid.substring(0, uniqueid.indexOf('.'))) + shift.toSeconds();
        return epochSecond + "." + sequence.next();
    }

    private static LocalDateTime local(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }
}

package com.sipstack.asterisk.assembler.files;

import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.CsvLayout.Table;
import com.sipstack.asterisk.model.UniqueId;
import com.sipstack.asterisk.model.WrittenTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out how far the local times of a file are from UTC: a uniqueid holds the second of its channel's creation in UTC, and the rows
 * that begin with the channel hold the same second in local time. What most rows tell counts for the whole file.
 */
final class FileZone {
    /** Every zone of today is a multiple of it away from UTC. */
    private static final long STEP = Duration.ofMinutes(15).toSeconds();

    private static final long LARGEST = Duration.ofHours(18).toSeconds();
    /** An event is written with its channel's creation; a leg may begin later than its channel, by chance about a quarter of an hour. */
    private static final long TOLERANCE = Duration.ofSeconds(10).toSeconds();

    private FileZone() {}

    /** Empty if no row tells. */
    static Optional<ZoneOffset> of(List<FileRow> rows) {
        Map<ZoneOffset, Integer> votes = new HashMap<>();
        rows.forEach(row -> vote(row).ifPresent(offset -> votes.merge(offset, 1, Integer::sum)));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static Optional<ZoneOffset> vote(FileRow row) {
        boolean begins = row.table() == Table.CDR || CelEventType.of(row.text("eventtype")) == CelEventType.CHAN_START;
        Optional<WrittenTime> written = begins ? WrittenTime.parse(row.text(row.timeColumn())) : Optional.empty();
        return written.filter(WrittenTime.Local.class::isInstance)
                .map(local -> local.in(ZoneOffset.UTC).getEpochSecond())
                .flatMap(local -> UniqueId.parse(row.text("uniqueid")).map(id -> local - id.epochSecond()))
                .flatMap(FileZone::offset);
    }

    private static Optional<ZoneOffset> offset(long secondsAhead) {
        long rounded = Math.round((double) secondsAhead / STEP) * STEP;
        return Math.abs(rounded) <= LARGEST && Math.abs(secondsAhead - rounded) <= TOLERANCE
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded))
                : Optional.empty();
    }
}

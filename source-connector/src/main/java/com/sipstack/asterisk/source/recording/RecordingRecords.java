package com.sipstack.asterisk.source.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RowSource;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of one PBX. */
final class RecordingRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PbxRecordingsConfig pbx;
    private final Clock clock;
    private final Map<String, Object> partition;

    RecordingRecords(PbxRecordingsConfig pbx, Clock clock) {
        this.pbx = pbx;
        this.clock = clock;
        this.partition = new RecordingSourcePartition(pbx.pbx()).toMap();
    }

    /** @param sha256 null if the file was not read */
    SourceRecord recording(FoundRecording found, String sha256, AudioLocation audio) {
        Recording recording = describe(found, sha256, audio);
        String topic = pbx.topics().recordings();
        return pbx.isBytes()
                ? record(topic, Schema.BYTES_SCHEMA, json(recording))
                : record(topic, Recording.MAPPING.schema(), Recording.MAPPING.toStruct(recording));
    }

    SourceRecord chunk(String id, int number, byte[] bytes) {
        SourceRecord chunk = record(pbx.topics().audio(), Schema.BYTES_SCHEMA, bytes);
        chunk.headers().addString(AudioLocation.ID_HEADER, id).addString(AudioLocation.CHUNK_HEADER, "" + number);
        return chunk;
    }

    /** The dead letter of a file that cannot be named. */
    SourceRecord letter(RecordingFile file, FileVersion version, String reason) {
        SourceRecord letter = record(pbx.topics().dlq(), Schema.BYTES_SCHEMA, new byte[0]);
        DeadLetter.ofSource(reason, pbx.pbx(), file.origin(), version.modified())
                .toHeaders()
                .forEach(letter.headers()::addString);
        return letter;
    }

    private Recording describe(FoundRecording found, String sha256, AudioLocation audio) {
        NameReader.Told told = pbx.names().read(found.file().path());
        FileVersion version = found.version();
        Double seconds = found.audio().seconds().isPresent()
                ? (Double) found.audio().seconds().getAsDouble()
                : null;
        return new Recording(
                new Provenance(pbx.pbx(), RowSource.RECORDING, found.origin(), version.modified()),
                found.origin(),
                found.file().name(),
                version.size(),
                version.modified(),
                sha256,
                told.start() == null
                        ? null
                        : (Long) pbx.startTime()
                                .of(told.start(), told.uniqueid(), found.audio().seconds(), version),
                seconds,
                told.uniqueid(),
                null,
                told.named(),
                audio,
                Map.of());
    }

    private static byte[] json(Recording recording) {
        try {
            return JSON.writeValueAsBytes(Recording.MAPPING.toColumns(recording));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recording cannot be written as JSON", e);
        }
    }

    private SourceRecord record(String topic, Schema schema, Object value) {
        Map<String, Object> offset = new RecordingSourceOffset(clock.instant()).toMap();
        return new SourceRecord(partition, offset, topic, null, Schema.STRING_SCHEMA, pbx.pbx(), schema, value);
    }
}

package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.RowSource;
import com.sipstack.asterisk.source.database.RowClock;
import com.sipstack.asterisk.source.database.RowKind;
import com.sipstack.asterisk.source.database.TableRow;
import com.sipstack.asterisk.source.database.ZoneInference;
import com.sipstack.asterisk.source.fleet.Gap;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes the records of what one PBX says. For one thread at a time. */
final class AmiRecords {
    private static final Schema LETTER = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final AmiPbx pbx;
    private final Provenance provenance;
    private final Map<String, Object> partition;
    private final Map<RowKind, RowClock> clocks = new EnumMap<>(RowKind.class);
    private final Twins twins = new Twins();

    AmiRecords(AmiPbx pbx, Clock clock) {
        this.pbx = pbx;
        String origin = pbx.login().host() + ":" + pbx.login().port();
        this.provenance = new Provenance(pbx.pbx(), RowSource.AMI, origin, null);
        this.partition = new AmiSourcePartition(pbx.pbx()).toMap();
        for (RowKind kind : List.of(RowKind.CDR, RowKind.CEL)) {
            String label = "PBX " + pbx.pbx() + ", " + kind + " by AMI";
            clocks.put(kind, new RowClock(new ZoneInference(label, kind, pbx.zone(), clock), kind, clock));
        }
    }

    /**
     * The event's record, or its dead letter if it tells of no call; empty if it is not wanted.
     *
     * @param heardAt by our clock
     */
    Optional<SourceRecord> row(AmiEvent event, Instant heardAt) {
        return switch (event.name()) {
            case AmiEvent.CDR -> wanted(AmiSettings.CDR, RowKind.CDR, EventColumns.ofCdr(event), event, heardAt);
            case AmiEvent.CEL -> wanted(AmiSettings.CEL, RowKind.CEL, EventColumns.ofCel(event), event, heardAt);
            case AmiEvent.HOLD, AmiEvent.UNHOLD ->
                wanted(AmiSettings.HOLD, RowKind.CEL, EventColumns.ofHold(event, moment(heardAt)), event, heardAt);
            default -> Optional.empty();
        };
    }

    /** Declares that what the PBX said in between was not heard. */
    SourceRecord gap(Optional<Instant> from, Instant to, String reason) {
        Gap gap = new Gap(pbx.pbx(), from, to, reason, provenance.origin());
        return record(pbx.topics().gaps(), Gap.SCHEMA, gap.toStruct(), to);
    }

    SourceRecord letter(AmiEvent event, String reason, Instant heardAt) {
        SourceRecord letter = record(pbx.topics().dlq(), LETTER, new LinkedHashMap<>(event.headers()), heardAt);
        DeadLetter.ofSource(reason, pbx.pbx(), provenance.origin(), null)
                .toHeaders()
                .forEach(letter.headers()::addString);
        return letter;
    }

    private Optional<SourceRecord> wanted(
            String setting, RowKind kind, Map<String, Object> columns, AmiEvent event, Instant heardAt) {
        return pbx.takes(setting) ? Optional.of(row(kind, columns, event, heardAt)) : Optional.empty();
    }

    private SourceRecord row(RowKind kind, Map<String, Object> columns, AmiEvent event, Instant heardAt) {
        try {
            TableRow row = new TableRow(0, columns);
            Struct value = kind.toStruct(provenance, row, clocks.get(kind).zoneOf(row));
            SourceRecord record = record(kind.topic(pbx.topics()), value.schema(), value, heardAt);
            int twin = twins.next(columns, heardAt);
            if (twin > 1) {
                record.headers().addString(Provenance.TWIN_HEADER, Integer.toString(twin));
            }
            return record;
        } catch (RowFormatException e) {
            return letter(event, e.getMessage(), heardAt);
        } catch (RuntimeException e) {
            return letter(
                    event, e.toString(), heardAt); // nobody foresaw it: the events after it are taken all the same
        }
    }

    /** As cel_custom writes a moment that needs no zone. */
    private static String moment(Instant at) {
        return String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / 1000);
    }

    private SourceRecord record(String topic, Schema schema, Object value, Instant heardUntil) {
        return new SourceRecord(
                partition,
                new AmiSourceOffset(heardUntil).toMap(),
                topic,
                null,
                Schema.STRING_SCHEMA,
                pbx.pbx(),
                schema,
                value);
    }
}

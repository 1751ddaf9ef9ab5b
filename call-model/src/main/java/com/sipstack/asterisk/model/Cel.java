package com.sipstack.asterisk.model;

import java.util.Map;

/**
 * A channel event: something happened on a channel. Text is as Asterisk wrote it, an empty text stays empty and NULL stays null.
 *
 * @param eventTime when it happened, UTC microseconds since 1970; null if {@code localTime} could not be read
 * @param localTime the same moment as written: the PBX's local time, without a zone
 * @param eventtype a name, a number or a user event's own word; {@link #type} tells which
 * @param amaflags a number in tables and files, a word on AMI
 * @param peer the other channels of a bridge, joined by commas
 * @param extra JSON text, different for each type of event
 * @param custom columns that we do not know, by name; never null
 */
public record Cel(
        Provenance provenance,
        Long eventTime,
        @Column("eventtime") String localTime,
        String eventtype,
        String userdeftype,
        String cidName,
        String cidNum,
        String cidAni,
        String cidRdnis,
        String cidDnid,
        String exten,
        String context,
        String channame,
        String appname,
        String appdata,
        String amaflags,
        String accountcode,
        String peeraccount,
        String uniqueid,
        String linkedid,
        String userfield,
        String peer,
        String extra,
        Map<String, String> custom)
        implements Row {
    public static final RecordMapping<Cel> MAPPING = RecordMapping.of(Cel.class, "com.sipstack.asterisk.Cel", 1);

    public Cel {
        custom = Map.copyOf(custom);
    }

    public CelEventType type() {
        return CelEventType.of(eventtype);
    }

    @Override
    public Long occurredAt() {
        return eventTime;
    }
}

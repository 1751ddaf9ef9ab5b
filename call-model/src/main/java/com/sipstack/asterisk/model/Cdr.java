package com.sipstack.asterisk.model;

import java.util.Map;

/**
 * A call detail record: one leg of a call, written when the leg ends. Text is as Asterisk wrote it, an empty text stays empty
 * and NULL stays null. Names are those of Asterisk's own columns, those of FreePBX included.
 *
 * @param startTime start of the leg, UTC microseconds since 1970; null if {@code calldate} could not be read
 * @param calldate start of the leg as written: the PBX's local time, without a zone
 * @param answer moment of the answer as written, only in files
 * @param end end of the leg as written, only in files
 * @param duration whole seconds from start to end, truncated
 * @param billsec whole seconds from the channel's answer to the end, truncated; an IVR or a queue answers too
 * @param disposition a word, or a number; {@link #outcome} tells it in words
 * @param amaflags a number in tables, a word on AMI and in cdr-csv
 * @param sequence one for each leg of an Asterisk process, begins again at 0 when it restarts
 * @param custom columns that we do not know, by name; never null
 */
public record Cdr(
        Provenance provenance,
        Long startTime,
        String calldate,
        String clid,
        String src,
        String dst,
        String dcontext,
        String channel,
        String dstchannel,
        String lastapp,
        String lastdata,
        String answer,
        String end,
        Integer duration,
        Integer billsec,
        String disposition,
        String amaflags,
        String accountcode,
        String peeraccount,
        String uniqueid,
        String linkedid,
        Integer sequence,
        String userfield,
        String did,
        String recordingfile,
        String cnum,
        String cnam,
        String outboundCnum,
        String outboundCnam,
        String dstCnam,
        Map<String, String> custom)
        implements Row {
    public static final RecordMapping<Cdr> MAPPING = RecordMapping.of(Cdr.class, "com.sipstack.asterisk.Cdr", 1);

    public Cdr {
        custom = Map.copyOf(custom);
    }

    /**
     * The disposition in words: cdr_odbc writes the numbers of {@code enum ast_cdr_disposition} unless its {@code dispositionstring} is
     * set. Null if the row tells none.
     */
    public String outcome() {
        return disposition == null
                ? null
                : switch (disposition) {
                    case "0", "1" -> "NO ANSWER";
                    case "2" -> "FAILED";
                    case "4" -> "BUSY";
                    case "8" -> "ANSWERED";
                    case "16" -> "CONGESTION";
                    default -> disposition;
                };
    }

    @Override
    public Long occurredAt() {
        return startTime;
    }
}

package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.Clid;
import com.sipstack.asterisk.model.RawRecord;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Direction;
import com.sipstack.asterisk.model.document.Parties.Leg;
import com.sipstack.asterisk.model.document.RawRecords;
import com.sipstack.asterisk.model.document.Story.Queue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts into a call's rows what only the call tells. Numbers and direction are the call's; a queue and an agent stand in the CDRs of the
 * legs that are theirs. What is empty or unknown is absent.
 */
public final class RawRows {
    private final CallDocument call;

    /** @param call what is known of it */
    public RawRows(CallDocument call) {
        this.call = call;
    }

    /** @param dtmf whether the digits that people typed are told */
    RawRecords of(CallRows rows, boolean dtmf) {
        return new RawRecords(
                rows.cdrs().stream().map(this::cdr).toList(),
                rows.cels().stream()
                        .filter(cel -> dtmf || cel.type() != CelEventType.DTMF)
                        .map(this::cel)
                        .toList());
    }

    /** @param occurrence which it is of the rows that may say the same, from 1 on */
    public RawRecord of(Row row, int occurrence) {
        Integer later = occurrence == 1 ? null : (Integer) occurrence;
        String hostname = call.identity().hostname();
        return row instanceof Cdr cdr
                ? new RawRecord(RawRecord.Kind.CDR, call.identity().pbx(), hostname, later, cdr(cdr))
                : new RawRecord(RawRecord.Kind.CEL, call.identity().pbx(), hostname, later, cel((Cel) row));
    }

    private Map<String, Object> cdr(Cdr cdr) {
        Fields fields = new Fields()
                .with("src", cdr.src())
                .with("dst", cdr.dst())
                .with("src_number", call.parties().srcNumber())
                .with("dst_number", call.parties().dstNumber())
                .with("call_id", cdr.uniqueid())
                .with("call_type", direction())
                .with("direction", direction())
                .with("duration", cdr.duration())
                .with("billsec", cdr.billsec())
                .with("disposition", cdr.outcome())
                .with("calldate", time(cdr.startTime(), cdr.calldate()))
                .with("started_at", time(cdr.startTime(), null))
                .with("channel", cdr.channel())
                .with("dstchannel", cdr.dstchannel())
                .with("lastapp", cdr.lastapp())
                .with("accountcode", cdr.accountcode())
                .with("uniqueid", cdr.uniqueid())
                .with("linkedid", cdr.callKey().linkedid())
                .with("sequence", cdr.sequence())
                .with("context", cdr.dcontext())
                .with("dcontext", cdr.dcontext())
                .with("src_name", Clid.parse(cdr.clid()).name())
                .with("clid", cdr.clid())
                .with("tenant", call.identity().tenant())
                .with("host_name", call.identity().hostname());
        queue(cdr).ifPresent(queue -> fields.with("queue_name", queue.name()));
        agent(cdr).ifPresent(agent -> fields.with("agent_id", agent.extension()));
        return fields.values;
    }

    private Map<String, Object> cel(Cel cel) {
        return new Fields()
                .with("id", cel.provenance().position())
                .with("eventtime", time(cel.eventTime(), cel.localTime()))
                .with(
                        "eventtype",
                        cel.type() == CelEventType.USER_DEFINED
                                ? cel.eventtype()
                                : cel.type().name())
                .with("cid_name", cel.cidName())
                .with("cid_num", cel.cidNum())
                .with("cid_ani", cel.cidAni())
                .with("cid_rdnis", cel.cidRdnis())
                .with("cid_dnid", cel.cidDnid())
                .with("exten", cel.exten())
                .with("context", cel.context())
                .with("channame", cel.channame())
                .with("appname", cel.appname())
                .with("appdata", cel.appdata())
                .with("accountcode", cel.accountcode())
                .with("uniqueid", cel.uniqueid())
                .with("linkedid", cel.callKey().linkedid())
                .with("peer", cel.peer())
                .with("userfield", cel.userfield())
                .with("extra", cel.extra())
                .with("tenant", call.identity().tenant())
                .values;
    }

    private String direction() {
        Direction direction = call.outcome().direction();
        return direction == null ? null : direction.name().toLowerCase(Locale.ROOT);
    }

    /** The last application of a leg that waited in a queue has its name, before the first comma. */
    private Optional<Queue> queue(Cdr cdr) {
        List<Queue> queues = call.story().queue();
        if (queues == null || !"Queue".equalsIgnoreCase(cdr.lastapp())) {
            return Optional.empty();
        }
        String named =
                cdr.lastdata() == null ? "" : cdr.lastdata().split(",", 2)[0].strip();
        return queues.stream().filter(queue -> named.equals(queue.name())).findFirst();
    }

    private Optional<Leg> agent(Cdr cdr) {
        List<Leg> legs = call.parties().legs();
        return legs == null || cdr.dstchannel() == null
                ? Optional.empty()
                : legs.stream()
                        .filter(leg ->
                                "agent".equals(leg.role()) && cdr.dstchannel().equals(leg.channel()))
                        .findFirst();
    }

    /** With the zone's offset; as written where that is not known. */
    private static String time(Long micros, String written) {
        Instant instant = Times.instant(micros);
        return instant == null ? written : instant.toString();
    }

    /** What has a value, in order. */
    private static final class Fields {
        private final Map<String, Object> values = new LinkedHashMap<>();

        Fields with(String name, Object value) {
            if (value != null && !"".equals(value)) {
                values.put(name, value);
            }
            return this;
        }
    }
}

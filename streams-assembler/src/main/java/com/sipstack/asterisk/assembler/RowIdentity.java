package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.Row;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** By what a row is known again: when it is read twice, and when another source has seen it too. */
final class RowIdentity {
    /** No name that earlier releases gave a row begins so. */
    static final String GROUP = "=";

    private static final long SECOND = 1_000_000;

    private RowIdentity() {}

    /**
     * What every source says of a row alike: sources differ in how finely they tell the time, and not all have sequence or extra. Rows
     * that agree in it may still be several.
     */
    static String group(Row row) {
        return row instanceof Cdr cdr
                ? String.join(
                        "/",
                        GROUP + "leg",
                        text(cdr.uniqueid()),
                        second(cdr),
                        text(cdr.channel()),
                        text(cdr.dstchannel()))
                : eventGroup((Cel) row);
    }

    private static String eventGroup(Cel cel) {
        return String.join(
                "/", GROUP + "event", text(cel.uniqueid()), cel.type().name(), second(cel), text(cel.appname()));
    }

    private static String second(Row row) {
        Long micros = row.occurredAt();
        return micros == null ? "" : Long.toString(Math.floorDiv(micros, SECOND));
    }

    /** Without the characters that tell twins and their index from rows: whoever dials may bring any into a channel's name. */
    private static String text(String column) {
        return requireNonNullElse(column, "").replace(RowGroup.TWIN, ' ').replace(RowGroup.INDEX, ' ');
    }

    static ArrivedRow arrived(Row row, Headers headers, long offset) {
        return new ArrivedRow(row, twin(headers), offset);
    }

    static Sighting sighting(ArrivedRow arrived, String twin, long offset) {
        Row row = arrived.row();
        byte[] bytes = arrived.bytes();
        Provenance read = row.provenance();
        boolean hasPosition = read.position() != null;
        String place = hasPosition ? read.position().toString() : placeless(row, bytes) + twin;
        return new Sighting(origin(read), place, Sighting.content(bytes), hasPosition ? 0 : offset);
    }

    static String origin(Provenance read) {
        return read.source() + "/" + read.origin();
    }

    /** Asterisk gives each leg of its process a sequence, whatever is changed in its row later. */
    private static String placeless(Row row, byte[] bytes) {
        return row instanceof Cdr cdr && cdr.sequence() != null
                ? "leg/" + cdr.sequence()
                : Long.toHexString(ContentHash.of(bytes));
    }

    /** The name of a row in the stores of earlier releases, which knew again only what the same source had read. */
    static String former(Row row, String twin) {
        Provenance read = row.provenance();
        if (read.position() != null) {
            return origin(read) + "/" + read.position();
        }
        return read.source() + "/" + (row instanceof Cdr cdr ? legOf(cdr) : eventOf((Cel) row)) + twin;
    }

    private static String legOf(Cdr cdr) {
        String leg = cdr.sequence() != null
                ? cdr.sequence().toString()
                : cdr.channel() + "/" + cdr.dstchannel() + "/" + cdr.calldate();
        return "leg/" + cdr.uniqueid() + "/" + leg;
    }

    private static String eventOf(Cel cel) {
        return "event/" + cel.uniqueid() + "/" + cel.eventtype() + "/" + cel.channame() + "/" + cel.localTime() + "/"
                + cel.extra();
    }

    private static String twin(Headers headers) {
        Header twin = headers.lastHeader(Provenance.TWIN_HEADER);
        return twin == null ? "" : "/" + new String(twin.value(), UTF_8);
    }
}

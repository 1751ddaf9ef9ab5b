package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A row and who has seen it. It is stored as {@link RowCodec} writes the row; sightings follow behind, where the row alone does not tell
 * them, in a place that earlier releases do not look at.
 *
 * @param row the best that was said of it
 * @param sightings one for each origin, at least one
 * @param isSent whether it left for the raw endpoint
 */
record SeenRow(Row row, List<Sighting> sightings, boolean isSent) {
    /** Ends the bytes of a row with sightings; a row without them ends with a brace. */
    private static final byte SIGHTINGS = 1;

    private static final int FOOTER = Integer.BYTES + 1;

    SeenRow {
        sightings = List.copyOf(sightings);
    }

    boolean isSeenBy(String origin) {
        return sightings.stream().anyMatch(sighting -> sighting.origin().equals(origin));
    }

    /** Null if it was not seen there. */
    Sighting seenAt(Sighting place) {
        return sightings.stream().filter(place::isSamePlace).findFirst().orElse(null);
    }

    /** Another origin has it too. */
    SeenRow and(Row other, Sighting sighting) {
        List<Sighting> all = new ArrayList<>(sightings);
        all.add(sighting);
        return new SeenRow(TwinRows.best(row, other), all, isSent);
    }

    /** An origin says something else now. What it says best is sent again. */
    SeenRow changed(Row now, Sighting sighting) {
        List<Sighting> all = new ArrayList<>(sightings);
        all.replaceAll(known -> known.isSamePlace(sighting) ? sighting : known);
        boolean isBest = RowIdentity.origin(row.provenance()).equals(sighting.origin());
        Row best = all.size() == 1 ? now : isBest ? TwinRows.filled(now, row) : TwinRows.best(row, now);
        return new SeenRow(best, all, isSent && !isBest);
    }

    /** Of a row that one origin alone has seen yet. Where it has a position there, the row alone tells that. */
    static byte[] toBytes(ArrivedRow arrived) {
        return arrived.row().provenance().position() != null
                ? arrived.bytes()
                : new SeenRow(arrived.row(), List.of(arrived.sighting()), false).toBytes(arrived.bytes());
    }

    byte[] toBytes() {
        return toBytes(RowCodec.toBytes(row));
    }

    private byte[] toBytes(byte[] columns) {
        if (!isSent && sightings.equals(List.of(alone(row, columns)))) {
            return columns;
        }
        byte[] seen = sightingBytes();
        return ByteBuffer.allocate(columns.length + seen.length + FOOTER)
                .put(columns)
                .put(seen)
                .putInt(columns.length)
                .put(SIGHTINGS)
                .array();
    }

    /**
     * What most ask for of a row that was stored, without finding out who has seen it.
     *
     * @param arrival the order of reading of rows whose origin has none of its own
     */
    record Told(Row row, long arrival, boolean isSent) {
        static Told fromBytes(byte[] bytes, boolean isPacked) {
            if (!hasSightings(bytes)) {
                return new Told(RowCodec.fromBytes(bytes), 0, isPacked);
            }
            SeenRow seen = SeenRow.fromBytes(bytes, isPacked);
            long arrival =
                    seen.sightings.stream().mapToLong(Sighting::arrival).max().orElse(0);
            return new Told(seen.row, arrival, seen.isSent);
        }
    }

    /** @param isPacked whether they stood in a pack: such rows were sent */
    static SeenRow fromBytes(byte[] bytes, boolean isPacked) {
        Row row = RowCodec.fromBytes(bytes);
        if (!hasSightings(bytes)) {
            return new SeenRow(row, List.of(alone(row, bytes)), isPacked);
        }
        int columns = ByteBuffer.wrap(bytes).getInt(bytes.length - FOOTER);
        return read(row, new ByteArrayInputStream(bytes, columns, bytes.length - columns - FOOTER), isPacked);
    }

    private static boolean hasSightings(byte[] bytes) {
        return bytes[bytes.length - 1] == SIGHTINGS;
    }

    /** Of a row that only its own origin has seen, and that has a position there. */
    private static Sighting alone(Row row, byte[] columns) {
        String origin = RowIdentity.origin(row.provenance());
        return new Sighting(origin, String.valueOf(row.provenance().position()), Sighting.content(columns), 0);
    }

    private byte[] sightingBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(isSent);
            out.writeShort(sightings.size());
            for (Sighting sighting : sightings) {
                out.writeUTF(sighting.origin());
                out.writeUTF(sighting.place());
                out.writeInt(sighting.content());
                out.writeLong(sighting.arrival());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sightings of a row cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static SeenRow read(Row row, ByteArrayInputStream bytes, boolean isPacked) {
        try (DataInputStream in = new DataInputStream(bytes)) {
            boolean isSent = in.readBoolean();
            List<Sighting> sightings = new ArrayList<>();
            for (int left = in.readShort(); left > 0; left--) {
                sightings.add(new Sighting(in.readUTF(), in.readUTF(), in.readInt(), in.readLong()));
            }
            return new SeenRow(row, sightings, isSent || isPacked);
        } catch (IOException e) {
            throw new UncheckedIOException("sightings of a row cannot be read", e);
        }
    }
}

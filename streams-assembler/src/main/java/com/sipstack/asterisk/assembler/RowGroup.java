package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rows of a call that their sources may tell of alike: mostly one, else twins in the order in which they came. The nth that one
 * source tells of is the nth that the other does, unless they contradict each other. What a row costs does not grow with its twins.
 */
final class RowGroup {
    /** Twins, beginning with the second, stand under the group's name, this and their number. */
    static final char TWIN = '\u0001';
    /** So stands what is known of the twins beside their rows. */
    static final char INDEX = '\u0002';

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** So many twins are looked at that another source may have lost. */
    private static final int MOST_LOST = 32;

    private final Shelf shelf;
    private final String name;
    private final Map<String, Integer> nexts = new HashMap<>();
    private int count = 1;

    /** Where the entries of one call stand, by name. */
    interface Shelf {
        /** Null if there is none. */
        byte[] bytes(String name);

        /** Null if there is none. */
        SeenRow row(String name);

        void put(String name, byte[] bytes);
    }

    /** What a row brought. */
    enum Taken {
        /** It was not known. */
        NEW,
        /** It was known, and tells more. */
        RICHER,
        /** It was known. */
        KNOWN
    }

    RowGroup(Shelf shelf, String name) {
        this.shelf = shelf;
        this.name = name;
    }

    Taken add(ArrivedRow arrived) {
        Row row = arrived.row();
        Sighting sighting = arrived.sighting();
        SeenRow first = shelf.row(name);
        if (first == null) {
            shelf.put(name, SeenRow.toBytes(arrived));
            return Taken.NEW;
        }
        readIndex();
        int known = first.seenAt(sighting) != null ? 0 : placed(sighting);
        if (known >= 0) {
            return again(known, row, sighting);
        }
        int twin = unseenTwin(row, sighting.origin());
        return twin < count ? pair(twin, row, sighting) : append(arrived);
    }

    private int placed(Sighting sighting) {
        byte[] number = count == 1 ? null : shelf.bytes(placeName(sighting));
        return number == null ? -1 : ByteBuffer.wrap(number).getInt();
    }

    private Taken again(int number, Row row, Sighting sighting) {
        SeenRow before = twin(number);
        if (before.seenAt(sighting).content() == sighting.content()) {
            return Taken.KNOWN;
        }
        shelf.put(twinName(number), before.changed(row, sighting).toBytes());
        return Taken.RICHER;
    }

    /** The count if there is none: then the row is one that no other source told of. */
    private int unseenTwin(Row row, String origin) {
        int next = nexts.getOrDefault(origin, 0);
        while (next < count && twin(next).isSeenBy(origin)) {
            next++;
        }
        nexts.put(origin, next);
        for (int number = next; number < Math.min(count, next + MOST_LOST); number++) {
            SeenRow twin = twin(number);
            if (!twin.isSeenBy(origin) && TwinRows.mayBeOne(twin.row(), row)) {
                return number;
            }
        }
        return count;
    }

    private Taken pair(int number, Row row, Sighting sighting) {
        SeenRow before = twin(number);
        SeenRow after = before.and(row, sighting);
        shelf.put(twinName(number), after.toBytes());
        if (number > 0) {
            place(number, sighting);
        }
        if (count > 1) {
            writeIndex();
        }
        return after.row().equals(before.row()) ? Taken.KNOWN : Taken.RICHER;
    }

    private Taken append(ArrivedRow arrived) {
        int number = count++;
        shelf.put(twinName(number), SeenRow.toBytes(arrived));
        place(number, arrived.sighting());
        writeIndex();
        return Taken.NEW;
    }

    private SeenRow twin(int number) {
        return shelf.row(twinName(number));
    }

    /** Which of its twins stands under a name, from 1 on. */
    static int occurrence(String name) {
        String number = name.substring(name.lastIndexOf(TWIN) + 1);
        boolean isTwin =
                number.length() < name.length() && NUMBER.matcher(number).matches();
        return isTwin ? 1 + Integer.parseInt(number) : 1;
    }

    private String twinName(int number) {
        return number == 0 ? name : name + TWIN + number;
    }

    private void place(int number, Sighting sighting) {
        shelf.put(
                placeName(sighting),
                ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private String placeName(Sighting sighting) {
        return name + INDEX + sighting.origin() + "/" + sighting.place();
    }

    private void readIndex() {
        byte[] index = shelf.bytes(name + INDEX);
        if (index == null) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(index))) {
            count = in.readInt();
            while (in.available() > 0) {
                nexts.put(in.readUTF(), in.readInt());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the index of twin rows cannot be read", e);
        }
    }

    private void writeIndex() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(count);
            for (Map.Entry<String, Integer> next : nexts.entrySet()) {
                out.writeUTF(next.getKey());
                out.writeInt(next.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the index of twin rows cannot be written", e);
        }
        shelf.put(name + INDEX, bytes.toByteArray());
    }
}

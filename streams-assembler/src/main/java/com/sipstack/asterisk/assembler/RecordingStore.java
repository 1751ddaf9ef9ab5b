package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.assembler.CallTimers.Due;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The recordings that were found: each under its place, and once its call is known under that too. A timer says when it is looked for
 * again, when it leaves at the latest, and when it is forgotten. Belongs to the task's thread.
 */
final class RecordingStore {
    private static final byte FORMAT = 1;
    private static final char SEPARATOR = '\0';
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyValueStore<Bytes, byte[]> recordings;
    private final CallTimers timers;

    /**
     * A recording and what became of it.
     *
     * @param linkedid of its call; null while that is not known
     * @param until when it leaves with what is known then, milliseconds since 1970 by the assembler's clock
     * @param due when it must be looked at again
     */
    record Found(Recording recording, String linkedid, boolean isSent, boolean isUploaded, long until, long due) {
        String pbx() {
            return recording.provenance().pbx();
        }

        String place() {
            Long position = recording.provenance().position();
            return place(
                    recording.provenance().origin(), position == null ? recording.fileName() : position.toString());
        }

        static String place(String origin, String position) {
            return origin + "/" + position;
        }

        CallKey call() {
            return linkedid == null ? null : new CallKey(pbx(), linkedid);
        }

        boolean mustLeave() {
            return recording.isFile() && !isSent;
        }

        Found of(CallKey call) {
            return new Found(recording, call.linkedid(), isSent, isUploaded, until, due);
        }

        Found sent() {
            return new Found(recording, linkedid, true, isUploaded, until, due);
        }

        Found uploaded() {
            return new Found(recording, linkedid, isSent, true, until, due);
        }

        Found dueAt(long at) {
            return new Found(recording, linkedid, isSent, isUploaded, until, at);
        }
    }

    RecordingStore(KeyValueStore<Bytes, byte[]> recordings, KeyValueStore<Bytes, byte[]> timers) {
        this.recordings = recordings;
        this.timers = new CallTimers(timers);
    }

    /** Null if it is not known. */
    Found at(String pbx, String place) {
        byte[] bytes = recordings.get(StoreKeys.under(pbx, place));
        return bytes == null ? null : fromBytes(bytes);
    }

    void put(Found before, Found after) {
        recordings.put(StoreKeys.under(after.pbx(), after.place()), toBytes(after));
        if (after.linkedid() != null) {
            recordings.put(StoreKeys.under(after.call(), after.place()), StoreKeys.EMPTY);
        }
        timers.move(timerName(after), before == null ? CallState.NEVER : before.due(), after.due());
    }

    void forget(Found found) {
        // First, so that a process that dies in between leaves no call with a recording that is gone
        if (found.linkedid() != null) {
            recordings.delete(StoreKeys.under(found.call(), found.place()));
        }
        recordings.delete(StoreKeys.under(found.pbx(), found.place()));
        timers.move(timerName(found), found.due(), CallState.NEVER);
    }

    /** In the order of their places. */
    List<Found> of(CallKey call) {
        List<String> places = new ArrayList<>();
        StoreKeys.scan(recordings, call, entry -> places.add(StoreKeys.nameIn(entry.key, call.toString())));
        return places.stream().map(place -> at(call.pbx(), place)).toList();
    }

    /** When the next one is due. */
    long next() {
        return timers.next();
    }

    List<Found> due(long now, int limit) {
        return timers.due(now, limit).stream()
                .map(timer -> dueAt(timer, now))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Null for a timer that its recording knows nothing of: it is set right. */
    private Found dueAt(Due timer, long now) {
        String[] name = timer.name().split(String.valueOf(SEPARATOR), 2);
        Found found = at(name[0], name[1]);
        if (found != null && found.due() <= now) {
            return found;
        }
        timers.move(timer.name(), timer.at(), found == null ? CallState.NEVER : found.due());
        return null;
    }

    private static String timerName(Found found) {
        return found.pbx() + SEPARATOR + found.place();
    }

    private static byte[] toBytes(Found found) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("recording", Recording.MAPPING.toColumns(found.recording()));
        fields.put("linkedid", found.linkedid());
        fields.put("sent", found.isSent());
        fields.put("uploaded", found.isUploaded());
        fields.put("until", found.until());
        fields.put("due", found.due());
        try {
            byte[] json = JSON.writeValueAsBytes(fields);
            byte[] bytes = new byte[1 + json.length];
            bytes[0] = FORMAT;
            System.arraycopy(json, 0, bytes, 1, json.length);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a recording cannot be written as JSON", e);
        }
    }

    private static Found fromBytes(byte[] bytes) {
        if (bytes[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a recording", bytes[0], "" + FORMAT);
        }
        try {
            Map<?, ?> fields =
                    JSON.readValue(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8), Map.class);
            return new Found(
                    Recording.MAPPING.fromConnect(fields.get("recording")),
                    (String) fields.get("linkedid"),
                    (Boolean) fields.get("sent"),
                    (Boolean) fields.get("uploaded"),
                    ((Number) fields.get("until")).longValue(),
                    ((Number) fields.get("due")).longValue());
        } catch (IOException e) {
            throw new UnreadableStateException("a stored recording is no JSON", e);
        }
    }
}

package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import java.math.BigDecimal;
import java.time.Instant;
import okhttp3.MultipartBody;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A recording on its way to the API.
 *
 * @param record where it came from
 * @param ticket its place
 * @param deadline from when on a failed attempt was the last
 */
record OutboundRecording(SinkRecord record, OffsetTicket ticket, ReadyRecording ready, Instant deadline) {
    private static final int HASH_CHARACTERS = 32;

    Recording file() {
        return ready.file();
    }

    /** {@code pbx/recording_id/hash}: the same on every attempt, of the audio where its hash is known, else of the file's name and age. */
    String idempotencyKey() {
        Recording file = ready.file();
        String hash = file.sha256() != null
                ? file.sha256()
                : Sha256.of(
                        file.provenance().origin() + '\n' + file.provenance().position());
        return ready.pbx()
                + '/'
                + ready.fields().get("recording_id")
                + '/'
                + hash.substring(0, Math.min(HASH_CHARACTERS, hash.length()));
    }

    /** The API's fields, and the audio after them. */
    MultipartBody form(AudioBody audio) {
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        ready.fields().forEach((name, value) -> form.addFormDataPart(name, text(value)));
        return form.addFormDataPart("audio", file().fileName(), audio).build();
    }

    private static String text(Object value) {
        return value instanceof Double number ? BigDecimal.valueOf(number).toPlainString() : value.toString();
    }
}

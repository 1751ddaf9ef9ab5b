package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.AudioLocation;
import com.sipstack.asterisk.model.Provenance;
import com.sipstack.asterisk.model.ReadyRecording;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingName;
import com.sipstack.asterisk.model.RowSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Recordings with real files. */
final class Recordings {
    static final String PBX = "pbx-east";

    private Recordings() {}

    /** A file of noise. */
    static Path file(Path folder, String name, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(name.hashCode()).nextBytes(noise);
        return Files.write(folder.resolve(name), noise);
    }

    static String sha256(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }

    /** As the source finds a file that it does not read. */
    static Recording found(Path file) throws IOException {
        return found(file, null, AudioLocation.NONE);
    }

    static Recording found(Path file, String sha256, AudioLocation audio) throws IOException {
        long modified = Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
        return new Recording(
                new Provenance(PBX, RowSource.RECORDING, file.toString(), modified),
                file.toString(),
                file.getFileName().toString(),
                Files.size(file),
                modified,
                sha256,
                null,
                6.02,
                null,
                null,
                RecordingName.NONE,
                audio,
                Map.of());
    }

    static ReadyRecording ready(Recording file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recording_id", file.id());
        fields.put("linkedid", "1795305379.1");
        fields.put("direction", "inbound");
        fields.put("duration", file.durationSeconds());
        fields.put("file_name", file.fileName());
        fields.put("file_size", file.fileSize());
        fields.put("metadata", "{\"a\":\"é\"}");
        return new ReadyRecording(PBX, "east.example", fields, file);
    }

    static String json(Recording file) {
        return new String(ready(file).toJson(), StandardCharsets.UTF_8);
    }
}

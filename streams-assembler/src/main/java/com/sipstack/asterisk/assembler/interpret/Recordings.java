package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.CallDocument.RecordingFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recordings that a call's rows speak of: MixMonitor's in events, FreePBX's {@code recordingfile} in CDRs. */
final class Recordings {
    /** Some PBXs raise an event of this name, with the file in {@code extra}. */
    private static final String STARTED = "MIXMONITOR_START";

    private static final List<String> FILE_FIELDS = List.of("filename", "file", "path", "extra");
    private static final Pattern LOCAL_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2}).*", Pattern.DOTALL);

    private final String directory;
    private final Map<String, RecordingFile> byName = new LinkedHashMap<>();

    private Recordings(String directory) {
        this.directory = directory;
    }

    /** @param directory where names that do not begin with a slash start from */
    static List<RecordingFile> of(CallRows rows, String directory) {
        Recordings recordings = new Recordings(directory);
        rows.cels().forEach(recordings::addEvent);
        rows.cdrs().forEach(recordings::addLeg);
        return List.copyOf(recordings.byName.values());
    }

    private void addEvent(Cel cel) {
        fileIn(cel).ifPresent(file -> add(file, "cel"));
    }

    /** As the event has it; empty if it speaks of none. */
    static Optional<String> fileIn(Cel cel) {
        boolean isStart = cel.type() == CelEventType.APP_START || cel.type() == CelEventType.APP_END;
        if (isStart && "MixMonitor".equalsIgnoreCase(cel.appname()) && cel.appdata() != null) {
            return Optional.of(cel.appdata().split(",", 2)[0].strip());
        } else if (STARTED.equalsIgnoreCase(cel.eventtype())) {
            Extra extra = Extra.of(cel);
            return FILE_FIELDS.stream()
                    .map(extra::text)
                    .filter(file -> !file.isEmpty())
                    .findFirst();
        }
        return Optional.empty();
    }

    /** FreePBX writes the base name, and keeps the file in a directory for each local day. */
    private void addLeg(Cdr cdr) {
        String file = cdr.recordingfile();
        if (file == null || file.isBlank()) {
            return;
        }
        Matcher day = LOCAL_DATE.matcher(cdr.calldate() == null ? "" : cdr.calldate());
        boolean isBaseName = !file.contains("/");
        add(isBaseName && day.matches() ? String.join("/", dayOf(day)) + "/" + file : file, "cdr");
    }

    private static List<String> dayOf(Matcher day) {
        List<String> parts = new ArrayList<>();
        for (int group = 1; group <= day.groupCount(); group++) {
            parts.add(day.group(group));
        }
        return parts;
    }

    private void add(String file, String source) {
        String path = file.startsWith("/") ? file : directory + "/" + file;
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!name.isEmpty()) {
            byName.putIfAbsent(name, new RecordingFile(name, path, null, source, "expected"));
        }
    }
}

package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.RecordingFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document's {@code recording_files}, with what was found of them. */
public final class FoundFiles {
    private static final List<String> STATES = List.of("expected", "found", "uploaded");

    private final CallDocument document;
    private final Map<String, RecordingFile> byName = new LinkedHashMap<>();

    public FoundFiles(CallDocument document) {
        this.document = document;
        List<RecordingFile> named = document.recordingFiles();
        if (named != null) {
            named.forEach(file -> byName.put(file.filename(), file));
        }
    }

    /**
     * Adds what a file or a table's row tells.
     *
     * @param isOwn whether it is a recording of this very call: of a call that is tied to it only those files count that its rows name
     */
    public void add(Recording recording, boolean isUploaded, boolean isOwn) {
        RecordingFile known = byName.get(recording.fileName());
        if (known != null || isOwn) {
            byName.put(recording.fileName(), told(known, recording, stateOf(recording, isUploaded)));
        }
    }

    private static String stateOf(Recording recording, boolean isUploaded) {
        return isUploaded ? "uploaded" : recording.isFile() ? "found" : "expected";
    }

    private static RecordingFile told(RecordingFile known, Recording recording, String state) {
        String source = recording.provenance().source().toString();
        if (known == null) {
            return new RecordingFile(recording.fileName(), recording.filePath(), recording.fileSize(), source, state);
        }
        boolean isBehind = STATES.indexOf(state) < STATES.indexOf(known.state());
        Long size = recording.fileSize() == null || (isBehind && known.fileSize() != null)
                ? known.fileSize()
                : recording.fileSize();
        String path = recording.isFile() ? recording.filePath() : known.filePath();
        return new RecordingFile(known.filename(), path, size, known.source(), isBehind ? known.state() : state);
    }

    public CallDocument document() {
        return new CallDocument(
                document.identity(),
                document.phase(),
                document.timing(),
                document.outcome(),
                document.parties(),
                document.story(),
                document.relations(),
                List.copyOf(byName.values()),
                document.analysis(),
                document.custom(),
                document.completeness(),
                document.journal(),
                document.rawRecords());
    }
}

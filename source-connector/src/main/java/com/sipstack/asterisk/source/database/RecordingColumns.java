package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.model.RowFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a recording's file and length out of columns in which tables differ. */
final class RecordingColumns {
    static final String FILE_NAME = "file_name";
    static final String FILE_PATH = "file_path";
    static final String DURATION = "duration_seconds";

    static final ColumnAliases ALIASES = new ColumnAliases(Map.of(
            "calldate",
            List.of("start", "start_time", "starttime"),
            "uniqueid",
            List.of("call_id"),
            FILE_NAME,
            List.of("filename", "recordingfile"),
            FILE_PATH,
            List.of("path", "filepath"),
            "file_size",
            List.of("filesize", "size"),
            DURATION,
            List.of("duration")));

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RecordingColumns() {}

    /**
     * The same columns with the file's name apart from its path, where one column has both.
     *
     * @throws RowFormatException if no file is named
     */
    static Map<String, Object> read(Map<String, Object> columns) {
        Map<String, Object> read = new LinkedHashMap<>(columns);
        String name = text(columns, FILE_NAME);
        String path = text(columns, FILE_PATH);
        if (name.isEmpty() && path.isEmpty()) {
            throw new RowFormatException("row names no file");
        }
        String whole = name.isEmpty() ? path : name;
        read.put(FILE_NAME, whole.substring(whole.lastIndexOf('/') + 1));
        read.put(FILE_PATH, path(path, name));
        String duration = text(columns, DURATION);
        if (!duration.isEmpty() && !NUMBER.matcher(duration).matches()) {
            read.remove(DURATION);
            read.put("duration", duration); // minutes and a colon, perhaps: carried along as it is
        }
        return read;
    }

    /** A path may be that of the file or of its folder. Null if there is none. */
    private static String path(String path, String name) {
        if (name.contains("/")) {
            return name;
        }
        if (path.isEmpty() || name.isEmpty() || path.endsWith("/" + name)) {
            return path.isEmpty() ? null : path;
        }
        return path + (path.endsWith("/") ? "" : "/") + name;
    }

    private static String text(Map<String, Object> columns, String name) {
        Object value = columns.get(name);
        return value == null ? "" : value.toString().strip();
    }
}

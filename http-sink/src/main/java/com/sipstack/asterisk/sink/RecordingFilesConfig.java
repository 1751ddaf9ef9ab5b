package com.sipstack.asterisk.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * The settings that say which files may be uploaded.
 *
 * @param roots folders on this worker
 * @param mapping from paths on the PBXs to those on this worker
 * @param maxBytes of a recording
 * @param allowed folders that the worker limits all connectors to; none if it does not
 */
record RecordingFilesConfig(List<Path> roots, PathMapping mapping, long maxBytes, List<Path> allowed) {
    static final String ROOTS = "file.roots";
    static final String MAPPING = "file.path.mapping";
    static final String MAX_BYTES = "recording.max.bytes";

    private static final String GROUP = "Recordings";
    private static final String WORKER_PROPERTY = "sipstack.file.roots";
    private static final String WORKER_VARIABLE = "SIPSTACK_FILE_ROOTS";

    static void define(ConfigDef settings) {
        defineRoots(settings);
        defineMapping(settings);
        defineMaxBytes(settings);
    }

    static RecordingFilesConfig from(AbstractConfig settings) {
        String allowed = System.getProperty(WORKER_PROPERTY, System.getenv().getOrDefault(WORKER_VARIABLE, ""));
        return new RecordingFilesConfig(
                paths(settings.getList(ROOTS).stream()),
                PathMapping.parse(settings.getList(MAPPING)),
                settings.getLong(MAX_BYTES),
                paths(Arrays.stream(allowed.split(",", -1))));
    }

    private static List<Path> paths(Stream<String> folders) {
        return folders.map(String::strip)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .toList();
    }

    boolean isInside(Path file) {
        return isBelow(roots, file) && (allowed.isEmpty() || isBelow(allowed, file));
    }

    /** @param file without links */
    boolean isReallyInside(Path file) {
        return isBelow(real(roots), file) && (allowed.isEmpty() || isBelow(real(allowed), file));
    }

    private static boolean isBelow(List<Path> folders, Path file) {
        return folders.stream().anyMatch(file::startsWith);
    }

    private static List<Path> real(List<Path> folders) {
        return folders.stream().flatMap(RecordingFilesConfig::real).toList();
    }

    private static Stream<Path> real(Path folder) {
        try {
            return Stream.of(folder.toRealPath());
        } catch (IOException e) {
            return Stream.empty(); // what is not there holds no file
        }
    }

    private static void defineRoots(ConfigDef settings) {
        settings.define(
                ROOTS,
                ConfigDef.Type.LIST,
                "/var/spool/asterisk/monitor",
                SinkSettingRule.list("absolute paths, with commas between", RecordingFilesConfig::requireAbsolute),
                Importance.HIGH,
                "The folders on the worker that recordings are read from, where their audio does not travel through Kafka."
                        + " No file outside of them is ever opened, whatever a path or a symbolic link says.",
                GROUP,
                1,
                Width.LONG,
                "Folders");
    }

    private static void requireAbsolute(List<String> folders) {
        if (!folders.stream().allMatch(folder -> Path.of(folder).isAbsolute())) {
            throw new IllegalArgumentException(folders + " are not all absolute");
        }
    }

    private static void defineMapping(ConfigDef settings) {
        settings.define(
                MAPPING,
                ConfigDef.Type.LIST,
                "",
                SinkSettingRule.list(
                        "/folder/on/the/pbx=/folder/here, with commas between; {pbx} stands for the PBX's name",
                        PathMapping::parse),
                Importance.MEDIUM,
                "Where the worker sees the PBXs' folders, if not under the same path, such as"
                        + " /var/spool/asterisk/monitor=/mnt/{pbx}/monitor. The longest folder that fits decides.",
                GROUP,
                2,
                Width.LONG,
                "Path mapping");
    }

    private static void defineMaxBytes(ConfigDef settings) {
        settings.define(
                MAX_BYTES,
                ConfigDef.Type.LONG,
                4L * 1024 * 1024 * 1024,
                Range.atLeast(1),
                Importance.MEDIUM,
                "The largest recording that is uploaded, in bytes. A larger one goes to the dead-letter topic.",
                GROUP,
                3,
                Width.MEDIUM,
                "Largest recording");
    }
}

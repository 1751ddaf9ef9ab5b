package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.source.fleet.FileRoots;
import com.sipstack.asterisk.source.fleet.FleetValidation;
import com.sipstack.asterisk.source.fleet.PathPattern;
import com.sipstack.asterisk.source.fleet.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is wrong with the connector's settings: each by itself, then together, then as the disk shows it. */
final class RecordingSourceValidation {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingSourceValidation.class);

    private final Map<String, String> settings;
    private final FleetValidation found;

    RecordingSourceValidation(Map<String, String> settings) {
        this.settings = settings;
        this.found = new FleetValidation(RecordingSourceConfig.definition(settings), settings);
    }

    Collection<ConfigValue> validate() {
        if (found.isFine()) {
            checkTogether(new RecordingSourceConfig(settings));
        }
        if (found.isFine()) {
            checkDisk(new RecordingSourceConfig(settings));
        }
        return found.values();
    }

    private void checkTogether(RecordingSourceConfig config) {
        for (String needed : List.of(WorkerSettings.STATE_DIRECTORY, WorkerSettings.BOOTSTRAP)) {
            if (settings.getOrDefault(needed, "").isBlank()) {
                found.refuse(needed, "is needed");
            }
        }
        config.pbxs().forEach(pbx -> checkTogether(pbx, config));
    }

    private void checkTogether(PbxRecordingsConfig pbx, RecordingSourceConfig config) {
        if (pbx.roots().isEmpty()) {
            found.refuse(pbx.pbx(), RecordingSettings.PATHS, "names no folder");
        }
        if (pbx.transport() == Transport.CHUNKS && !pbx.isBytes()) {
            found.refuse(
                    pbx.pbx(),
                    RecordingSettings.TRANSPORT,
                    "is chunks: the connector's own " + RecordingSourceConfig.VALUE_CONVERTER + " must be "
                            + RecordingSourceConfig.BYTES_CONVERTER);
        }
        if (pbx.transport() == Transport.CHUNKS && pbx.chunkBytes() > config.audioMemory()) {
            refuse(pbx, RecordingSettings.CHUNK, "is more than " + WorkerSettings.AUDIO_MEMORY);
        }
    }

    private void checkDisk(RecordingSourceConfig config) {
        checkState(config.stateDirectory());
        Map<Path, String> owners = new LinkedHashMap<>();
        config.pbxs().forEach(pbx -> checkFolders(pbx, owners));
    }

    private void checkState(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                found.refuse(WorkerSettings.STATE_DIRECTORY, folder + " cannot be written to");
            }
        } catch (IOException e) {
            found.refuse(WorkerSettings.STATE_DIRECTORY, folder + " cannot be made: " + e);
        }
    }

    private void checkFolders(PbxRecordingsConfig pbx, Map<Path, String> owners) {
        for (PathPattern pattern : pbx.roots()) {
            try {
                for (Path root : pattern.paths()) {
                    checkFolder(pbx, root);
                    checkApart(pbx, Files.exists(root) ? root.toRealPath() : root, owners);
                }
            } catch (IOException e) {
                LOG.warn("PBX {}: {} cannot be looked for: {}", pbx.pbx(), pattern.text(), e.toString());
            }
        }
    }

    /** Each recording in a folder of two PBXs would be both's. What a pattern will find later is not known. */
    private void checkApart(PbxRecordingsConfig pbx, Path root, Map<Path, String> owners) {
        owners.forEach((other, owner) -> {
            if (other.startsWith(root) || root.startsWith(other)) {
                refuse(pbx, RecordingSettings.PATHS, root + " overlaps with " + other + " of PBX " + owner);
            }
        });
        owners.put(root, pbx.pbx());
    }

    private void checkFolder(PbxRecordingsConfig pbx, Path root) {
        if (!FileRoots.fromEnvironment().allow(root)) {
            refuse(pbx, RecordingSettings.PATHS, root + " is in none of the folders that the worker allows");
        } else if (Files.isRegularFile(root)) {
            refuse(pbx, RecordingSettings.PATHS, root + " is no folder");
        } else if (!Files.isDirectory(root)) {
            LOG.warn("PBX {}: {} is not there yet", pbx.pbx(), root);
        } else if (!Files.isReadable(root) || !Files.isExecutable(root)) {
            LOG.warn("PBX {}: {} cannot be read by the worker's user", pbx.pbx(), root);
        }
    }

    private void refuse(PbxRecordingsConfig pbx, Setting setting, String reason) {
        found.refuse(pbx.pbx(), setting, reason);
    }
}

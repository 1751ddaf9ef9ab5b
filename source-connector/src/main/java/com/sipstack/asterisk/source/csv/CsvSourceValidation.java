package com.sipstack.asterisk.source.csv;

import com.sipstack.asterisk.source.csv.PbxFilesConfig.Watched;
import com.sipstack.asterisk.source.csv.RecordReader.Entry;
import com.sipstack.asterisk.source.fleet.FileRoots;
import com.sipstack.asterisk.source.fleet.FleetValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is wrong with the connector's settings: each by itself, then together, then as the files show it. */
final class CsvSourceValidation {
    private static final Logger LOG = LoggerFactory.getLogger(CsvSourceValidation.class);

    private final Map<String, String> settings;
    private final FleetValidation found;

    CsvSourceValidation(Map<String, String> settings) {
        this.settings = settings;
        this.found = new FleetValidation(CsvSourceConfig.FLEET, settings);
    }

    Collection<ConfigValue> validate() {
        if (found.isFine()) {
            new CsvSourceConfig(settings).pbxs().forEach(this::checkTogether);
        }
        if (found.isFine()) {
            new CsvSourceConfig(settings).pbxs().forEach(this::checkFiles);
        }
        return found.values();
    }

    private void checkTogether(PbxFilesConfig pbx) {
        Set<FilePattern> named = new HashSet<>();
        for (Watched watched : pbx.watched()) {
            if (!named.add(watched.pattern())) {
                found.refuse(
                        pbx.pbx(),
                        CsvSettings.CDR_PATHS,
                        "and " + CsvSettings.CEL_PATHS.key() + " both name "
                                + watched.pattern().text());
            }
        }
        if (named.isEmpty()) {
            found.refuse(pbx.pbx(), CsvSettings.CEL_PATHS, "and " + CsvSettings.CDR_PATHS.key() + " name no file");
        }
    }

    private void checkFiles(PbxFilesConfig pbx) {
        for (Watched watched : pbx.watched()) {
            try {
                for (Path path : watched.pattern().files(List.of())) {
                    checkFile(pbx, watched, path);
                }
            } catch (IOException e) {
                found.refuse(pbx.pbx(), watched.setting(), "cannot be looked for: " + e);
            }
        }
    }

    private void checkFile(PbxFilesConfig pbx, Watched watched, Path path) {
        if (!FileRoots.fromEnvironment().allow(path)) {
            found.refuse(pbx.pbx(), watched.setting(), path + " is in none of the folders that the worker allows");
            return;
        }
        try {
            firstRecord(watched, path)
                    .ifPresent(reason -> found.refuse(
                            pbx.pbx(), watched.columnsSetting(), "does not fit " + path + ": its first " + reason));
        } catch (NoSuchFileException e) {
            LOG.info("PBX {}: {} is not there yet", pbx.pbx(), path);
        } catch (IOException e) {
            found.refuse(pbx.pbx(), watched.setting(), path + " cannot be read: " + e);
        }
    }

    /** Why the first record cannot be read; empty if it can, or there is none. */
    private static Optional<String> firstRecord(Watched watched, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder");
        }
        byte[] head = new byte[Fingerprint.BLOCK];
        try (FileContent content = FileContent.Plain.openPlain(path)) {
            int count = content.read(head, head.length, 0);
            List<Entry> entries = new RecordReader(watched.kind(), watched.columns()).readAll(head, count, 0, false);
            return entries.stream()
                    .filter(entry -> !(entry instanceof Entry.Nothing))
                    .findFirst()
                    .filter(Entry.Unreadable.class::isInstance)
                    .map(entry -> ((Entry.Unreadable) entry).reason());
        }
    }
}

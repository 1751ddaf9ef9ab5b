package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.PbxSettings.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of PBXs in a file, which is looked at again and again: a mounted file is often replaced by a link's change, which gives no
 * notice. One thread of its own reads it.
 */
final class SettingsFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SettingsFile.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long LARGEST = 64L << 20;

    private final Path path;
    private final PbxSettings settings;
    private final AssemblerMetrics metrics;
    private final ScheduledExecutorService reader;
    private Future<?> looking;
    private byte[] lastRead;
    private String lastFault = "";
    private Map<String, Map<String, String>> inUse = Map.of();

    private SettingsFile(Path path, PbxSettings settings, AssemblerMetrics metrics) {
        this.path = path;
        this.settings = settings;
        this.metrics = metrics;
        this.reader = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "settings-file");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the file, and again whenever it changes.
     *
     * @throws ConfigException if it cannot be read now, or any PBX's settings are wrong; later faults are logged, and the old
     *     settings stay
     */
    static SettingsFile watch(Path path, PbxSettings settings, AssemblerMetrics metrics) {
        SettingsFile file = new SettingsFile(path, settings, metrics);
        try {
            Map<String, String> refused = file.take(file.read());
            if (!refused.isEmpty()) {
                throw new ConfigException(OperationConfig.SETTINGS_FILE, path, refused.toString());
            }
        } catch (IOException e) {
            throw new ConfigException(OperationConfig.SETTINGS_FILE, path, "cannot be read: " + e);
        }
        file.looking = file.reader.scheduleWithFixedDelay(
                file::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return file;
    }

    @Override
    public void close() {
        looking.cancel(true);
        reader.shutdownNow();
    }

    private void look() {
        try {
            byte[] now = read();
            if (!Arrays.equals(now, lastRead)) {
                Map<String, String> refused = take(now);
                log.info("Read the settings of {} PBXs again from {}", inUse.size(), path);
                refused.forEach((pbx, reason) -> {
                    metrics.refusedSettings();
                    log.error(
                            "The settings of the PBX {} in {} are refused; it keeps the old ones: {}",
                            pbx,
                            path,
                            reason);
                });
            }
            lastFault = "";
        } catch (IOException | RuntimeException e) {
            noteFault(e);
        }
    }

    /** A file that stays broken is said once. */
    private void noteFault(Exception fault) {
        if (!fault.toString().equals(lastFault)) {
            metrics.refusedSettings();
            log.error("The settings in {} cannot be read; the old ones stay", path, fault);
        }
        lastFault = fault.toString();
    }

    private byte[] read() throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException("more than " + LARGEST + " bytes");
        }
        return Files.readAllBytes(path);
    }

    /** Returns why PBXs were refused. */
    private Map<String, String> take(byte[] content) {
        Map<String, Map<String, String>> next = SettingsText.ofPbxs(content);
        Map<String, Map<String, String>> changed = new LinkedHashMap<>();
        inUse.keySet().stream().filter(pbx -> !next.containsKey(pbx)).forEach(pbx -> changed.put(pbx, Map.of()));
        next.forEach((pbx, told) -> {
            if (!told.equals(inUse.get(pbx))) {
                changed.put(pbx, told);
            }
        });
        Map<String, String> refused = settings.put(Layer.FILE, changed);
        inUse = next;
        lastRead = content;
        return refused;
    }
}

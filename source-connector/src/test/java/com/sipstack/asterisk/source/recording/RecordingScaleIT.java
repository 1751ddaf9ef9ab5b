package com.sipstack.asterisk.source.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders as large as they get, in a process with little memory. */
@Tag("long")
class RecordingScaleIT {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingScaleIT.class);
    private static final int FOLDERS = 1000;
    private static final int FILES_IN_A_FOLDER = 1000;
    private static final int FILES = FOLDERS * FILES_IN_A_FOLDER;
    private static final int GSM_FRAME = 33;

    @TempDir
    private Path folder;

    @Test
    void aMillionRecordingsInSixtyFourMegabytesGoEachOnce() throws Exception {
        Path root = create();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            long began = System.nanoTime();
            Process task = new ProcessBuilder(TaskProcess.command(settings(root, broker), "-Xmx64m"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said = task.inputReader(StandardCharsets.UTF_8)) {
                read(said, began);
            } finally {
                task.destroyForcibly().waitFor();
            }
        }
        LOG.info("The ledger has {} bytes", Files.size(folder.resolve("state/east.recordings")));
    }

    /** Until two scans in a row found all to be known. */
    private static void read(BufferedReader said, long began) throws IOException {
        BitSet sent = new BitSet(FILES);
        int idle = 0;
        long cpu = 0;
        for (String line = said.readLine(); idle < 2; line = said.readLine()) {
            assertThat(line).as("the process goes on").isNotNull();
            if (TaskOutput.isScan(line)) {
                Map<String, String> scan = TaskOutput.scan(line);
                long used = Long.parseLong(scan.get("cpu-ms"));
                LOG.info(
                        "After {} ms: {}, of CPU {} ms more",
                        (System.nanoTime() - began) / 1_000_000,
                        line,
                        used - cpu);
                assertThat(scan).containsEntry("found", "" + FILES);
                idle += scan.get("known").equals("" + FILES) ? 1 : 0;
                cpu = used;
            } else {
                int number = Integer.parseInt(line.replaceFirst("sent in-(\\d+)\\.gsm null", "$1"));
                assertThat(sent.get(number)).as("%d was sent before", number).isFalse();
                sent.set(number);
            }
        }
        assertThat(sent.cardinality()).isEqualTo(FILES);
    }

    private Path create() throws IOException {
        Path root = Files.createDirectory(folder.resolve("monitor"));
        byte[] audio = new byte[GSM_FRAME];
        for (int i = 0; i < FOLDERS; i++) {
            Path day = Files.createDirectory(root.resolve("" + i));
            for (int j = 0; j < FILES_IN_A_FOLDER; j++) {
                Files.write(day.resolve("in-" + (i * FILES_IN_A_FOLDER + j) + ".gsm"), audio);
            }
        }
        return root;
    }

    private Map<String, String> settings(Path root, EmbeddedBroker broker) {
        return Map.of(
                "pbxs", "east",
                "recording.paths", root.toString(),
                "min.size.bytes", "1",
                "min.age.ms", "0",
                "stability.check.ms", "10",
                "check.interval.ms", "1000",
                "value.converter", RecordingSourceConfig.BYTES_CONVERTER,
                "state.directory", folder.resolve("state").toString(),
                "kafka.bootstrap.servers", broker.bootstrapServers());
    }
}

package com.sipstack.asterisk.source.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
@Tag("long")
class CsvRotationProcessIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int KILLS = 10;
    private static final int ROWS_BETWEEN = 140;

    @TempDir
    private Path folder;

    private Path worker;

    @Test
    void aStormOfRotationsLosesNothingAndDoublesOnlyWhatAKillLeftUncommitted() throws Exception {
        worker = Files.createDirectory(folder.resolve("worker"));
        CelCsvFile master =
                new CelCsvFile(Files.createDirectory(folder.resolve("pbx")).resolve("Master.csv"));
        Random random = new Random(17);
        int total = KILLS * ROWS_BETWEEN;
        for (int kill = 0; kill < KILLS; kill++) {
            Process task = CsvTaskProcess.start(master.settings("earliest"), worker);
            int wanted = lines().size() + 1 + random.nextInt(ROWS_BETWEEN);
            master.appendWithRotations(random, kill * ROWS_BETWEEN, (kill + 1) * ROWS_BETWEEN);
            awaitThat(task, () -> lines().size() >= wanted);
            task.destroyForcibly().waitFor();
        }
        Process last = CsvTaskProcess.start(master.settings("earliest"), worker);
        awaitThat(last, () -> reached() >= total);
        last.destroyForcibly().waitFor();

        assertEachRunGoesOnWhereTheLastCommitWas(total);
    }

    private void assertEachRunGoesOnWhereTheLastCommitWas(int total) throws IOException {
        List<String> expected =
                CelCsvFile.expected(0, total).stream().map(CsvTaskProcess::line).toList();
        int reached = 0;
        int runs = 0;
        for (List<String> run : runs()) {
            int from = startOf(run);
            int to = from + run.size() - 1;
            assertThat(from).isLessThanOrEqualTo(reached);
            assertThat(run.subList(1, run.size())).isEqualTo(expected.subList(from, to));
            reached = Math.max(reached, to);
            runs++;
        }
        assertThat(reached).isEqualTo(total);
        assertThat(runs).isEqualTo(KILLS + 1);
    }

    /** How many records were written by now, those that were written twice counted once. */
    private int reached() throws IOException {
        return runs().stream()
                .mapToInt(run -> startOf(run) + run.size() - 1)
                .max()
                .orElse(0);
    }

    private static int startOf(List<String> run) {
        return Integer.parseInt(run.get(0).substring(CsvTaskProcess.START.length()));
    }

    private List<List<String>> runs() throws IOException {
        List<List<String>> runs = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith(CsvTaskProcess.START)) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(line);
        }
        return runs;
    }

    private List<String> lines() throws IOException {
        Path records = worker.resolve(CsvTaskProcess.RECORDS);
        return Files.exists(records) ? Files.readAllLines(records) : List.of();
    }

    private static void awaitThat(Process task, Awaited condition) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            assertThat(task.isAlive()).as("the task lives").isTrue();
            return condition.holds();
        });
    }

    private interface Awaited {
        boolean holds() throws IOException;
    }
}

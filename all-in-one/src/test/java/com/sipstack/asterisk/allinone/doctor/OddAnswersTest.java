package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.embedded.FreePort;
import com.sipstack.asterisk.stubapi.StubApi;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Against servers that are no Connect worker and no assembler, or answer as those do for a moment only. */
class OddAnswersTest {
    @Test
    void addressThatIsNoWorkerIsTold() throws Exception {
        worker("http://127.0.0.1:" + FreePort.any()).has(Severity.ERROR, "does not answer as a Connect worker");
        try (StubApi other = StubApi.start()) {
            worker(other.uri().resolve("/").toString()).has(Severity.ERROR, "does not answer as a Connect worker");
        }
    }

    /** As Connect answers while tasks move, and where {@code plugin.path} was forgotten. */
    @Test
    void workerWithoutPluginsAndTasksOnTheirWayAreTold() throws Exception {
        String connectors = """
                {"east": {"info": {"config": {"connector.class": "com.sipstack.asterisk.source.csv.CsvSourceConnector"}},
                  "status": {"name": "east", "connector": {"state": "RUNNING", "worker_id": "w:8083"},
                    "tasks": [{"id": 0, "state": "UNASSIGNED", "worker_id": "w:8083"}]}}}
                """;
        try (JsonServer worker = new JsonServer()
                .answers("/", 200, "{\"version\":\"4.3.1\"}")
                .answers("/connector-plugins", 200, "[]")
                .answers("/connectors", 200, connectors)) {
            Found found = worker(worker.url());

            assertThat(found.has(Severity.ERROR, "has none of our plugins").remedy())
                    .contains("plugin.path");
            found.has(Severity.WARNING, "east, task 0 is unassigned");
        }
    }

    @Test
    void addressThatIsNoAssemblerIsTold() throws Exception {
        try (StubApi other = StubApi.start()) {
            assembler(other.uri().resolve("/x").toString()).has(Severity.ERROR, "answers /health with HTTP 404");
        }
    }

    @Test
    void assemblerThatIsNotReadySaysWhy() throws Exception {
        try (JsonServer starting = new JsonServer()
                .answers("/health", 200, "{\"status\":\"up\",\"reasons\":[]}")
                .answers("/ready", 503, "{\"status\":\"down\",\"reasons\":[\"rebalancing\"]}")) {
            assembler(starting.url()).has(Severity.ERROR, "does not work yet: rebalancing");
        }
    }

    private static Found worker(String url) throws Exception {
        return Found.by(new ConnectCheck(List.of(HttpUrl.get(url))));
    }

    private static Found assembler(String url) throws Exception {
        return Found.by(new AssemblerCheck(HttpUrl.get(url)));
    }
}

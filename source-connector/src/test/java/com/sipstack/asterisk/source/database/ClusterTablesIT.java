package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One cdr and one cel table into which several PBXs write. */
class ClusterTablesIT {
    @ParameterizedTest
    @EnumSource(TestServers.class)
    void twoNodesWithEqualUniqueidsAreTwoPbxs(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.execute(
                "ALTER TABLE cdr ADD COLUMN server VARCHAR(20)", "ALTER TABLE cel ADD COLUMN server VARCHAR(20)");
        database.insert("cdr", ofNodes(Corpus.PBX_20.rows("cdr").subList(0, 3)));
        database.insert("cel", ofNodes(RowsOfCalls.cel(20)));
        try (RunningTask task =
                RunningTask.start(database.settings("start.from", "earliest", "node.from", "column:server"))) {
            assertOfNodes(task.await("asterisk.cdr", 9));
            assertOfNodes(task.await("asterisk.cel", 60));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServers.class)
    void theSystemnameTellsNodesApart(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        database.insert("cel", Corpus.PBX_22_PJSIP.rows("cel").subList(0, 10));
        database.insert("cel", RowsOfCalls.cel(1));
        try (RunningTask task =
                RunningTask.start(database.settings("start.from", "earliest", "node.from", "systemname"))) {
            List<SourceRecord> records = task.await("asterisk.cel", 11);
            assertThat(records.subList(0, 10)).extracting(SourceRecord::key).containsOnly("east.pbx1");
            assertThat(records.get(10).key()).isEqualTo("east");
        }
    }

    /** The same rows of node a, of node b, and of none. */
    private static List<Map<String, Object>> ofNodes(List<Map<String, Object>> rows) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String node : new String[] {"a", "b", null}) {
            for (Map<String, Object> row : rows) {
                Map<String, Object> copy = new LinkedHashMap<>(row);
                copy.put("server", node);
                all.add(copy);
            }
        }
        return all;
    }

    private static void assertOfNodes(List<SourceRecord> records) {
        int third = records.size() / 3;
        String[] pbxs = {"east.a", "east.b", "east"};
        for (int i = 0; i < records.size(); i++) {
            SourceRecord record = records.get(i);
            assertThat(record.key()).isEqualTo(pbxs[i / third]);
            assertThat(((Struct) record.value()).getString("pbx")).isEqualTo(record.key());
        }
    }
}

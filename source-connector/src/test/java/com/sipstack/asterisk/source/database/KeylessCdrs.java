package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.demopbx.Corpus;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** FreePBX's cdr table, which has no id, and rows for it. */
final class KeylessCdrs {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Set<String> FREEPBX_ONLY =
            Set.of("did", "recordingfile", "cnum", "cnam", "outbound_cnum", "outbound_cnam", "dst_cnam");
    private static final List<Map<String, Object>> CORPUS = Corpus.PBX_20.rows("cdr_freepbx");

    private KeylessCdrs() {}

    /** A database whose table {@code cdr} is FreePBX's, with its index. */
    static TestDatabase database(TestServers server) throws Exception {
        TestDatabase database = withoutIndex(server);
        database.execute("CREATE INDEX calldate ON cdr (calldate)");
        return database;
    }

    static TestDatabase withoutIndex(TestServers server) throws Exception {
        TestDatabase database = server.newDatabase();
        String time = database.isPostgres() ? "TIMESTAMP" : "DATETIME";
        database.execute(
                "DROP TABLE cdr",
                "CREATE TABLE cdr (calldate " + time + " NOT NULL, clid VARCHAR(80) NOT NULL DEFAULT '',"
                        + " src VARCHAR(80) NOT NULL DEFAULT '', dst VARCHAR(80) NOT NULL DEFAULT '',"
                        + " dcontext VARCHAR(80) NOT NULL DEFAULT '', channel VARCHAR(80) NOT NULL DEFAULT '',"
                        + " dstchannel VARCHAR(80) NOT NULL DEFAULT '', lastapp VARCHAR(80) NOT NULL DEFAULT '',"
                        + " lastdata VARCHAR(80) NOT NULL DEFAULT '', duration INT NOT NULL DEFAULT 0,"
                        + " billsec INT NOT NULL DEFAULT 0, disposition VARCHAR(45) NOT NULL DEFAULT '',"
                        + " amaflags INT NOT NULL DEFAULT 0, accountcode VARCHAR(20) NOT NULL DEFAULT '',"
                        + " uniqueid VARCHAR(32) NOT NULL DEFAULT '', userfield VARCHAR(255) NOT NULL DEFAULT '',"
                        + " did VARCHAR(50) NOT NULL DEFAULT '', recordingfile VARCHAR(255) NOT NULL DEFAULT '',"
                        + " cnum VARCHAR(80) NOT NULL DEFAULT '', cnam VARCHAR(80) NOT NULL DEFAULT '',"
                        + " outbound_cnum VARCHAR(80) NOT NULL DEFAULT '', outbound_cnam VARCHAR(80) NOT NULL DEFAULT '',"
                        + " dst_cnam VARCHAR(80) NOT NULL DEFAULT '', linkedid VARCHAR(32) NOT NULL DEFAULT '',"
                        + " peeraccount VARCHAR(80) NOT NULL DEFAULT '', sequence INT NOT NULL DEFAULT 0)");
        database.grantSelect();
        return database;
    }

    static List<Map<String, Object>> corpus() {
        return CORPUS;
    }

    /** A leg of a call of its own. */
    static Map<String, Object> leg(String uniqueid, LocalDateTime start, int seconds) {
        Map<String, Object> row = new LinkedHashMap<>(CORPUS.get(0));
        row.put("calldate", start.format(SECONDS));
        row.put("duration", seconds);
        row.put("billsec", seconds);
        row.put("uniqueid", uniqueid);
        row.put("linkedid", uniqueid);
        return row;
    }

    /** The same for Asterisk's own cdr table. */
    static Map<String, Object> asteriskLeg(String uniqueid, LocalDateTime start, int seconds) {
        Map<String, Object> row = leg(uniqueid, start, seconds);
        row.keySet().removeIf(FREEPBX_ONLY::contains);
        return row;
    }
}

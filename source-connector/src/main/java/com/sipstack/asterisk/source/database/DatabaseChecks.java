package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.DatabaseFault.Refused;
import com.sipstack.asterisk.source.database.DatabaseFault.Unreachable;
import com.sipstack.asterisk.source.fleet.Setting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;

/** Asks the PBXs' databases, all side by side, whether they would let us read. */
final class DatabaseChecks {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_THREADS = 32;

    private final List<PbxConfig> pbxs;

    DatabaseChecks(List<PbxConfig> pbxs) {
        this.pbxs = pbxs;
    }

    /** The faults of each PBX; none if all is well. Returns within the limit. */
    Map<PbxConfig, List<DatabaseFault>> run() {
        List<Future<List<DatabaseFault>>> answers = ask();
        Map<PbxConfig, List<DatabaseFault>> faults = new LinkedHashMap<>();
        for (int i = 0; i < pbxs.size(); i++) {
            faults.put(pbxs.get(i), answer(answers.get(i)));
        }
        return faults;
    }

    private List<Future<List<DatabaseFault>>> ask() {
        List<Callable<List<DatabaseFault>>> checks = new ArrayList<>();
        pbxs.forEach(pbx -> checks.add(() -> check(pbx)));
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(MOST_THREADS, pbxs.size()), task -> daemon(task, "asterisk-database-check"));
        try {
            return threads.invokeAll(checks, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while databases were being asked", e);
        } finally {
            threads.shutdown();
        }
    }

    private static List<DatabaseFault> answer(Future<List<DatabaseFault>> check) {
        try {
            return check.get();
        } catch (CancellationException e) {
            return List.of(new Unreachable("no answer within " + LIMIT.toSeconds() + " seconds"));
        } catch (ExecutionException e) {
            throw new ConnectException("a database could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectException("interrupted while databases were being asked", e);
        }
    }

    private static List<DatabaseFault> check(PbxConfig pbx) {
        try (Session session = Session.open(pbx.login())) {
            List<DatabaseFault> faults = new ArrayList<>();
            for (AsteriskTable table : pbx.tables()) {
                faults.addAll(check(session, table, pbx.nodeFrom()));
            }
            return faults;
        } catch (SQLException e) {
            return List.of(DatabaseFault.of(e, DatabaseSettings.URL));
        }
    }

    private static List<DatabaseFault> check(Session session, AsteriskTable table, NodeFrom nodeFrom) {
        Setting setting = table.kind().setting();
        try {
            TableLayout layout = session.layout(table);
            List<DatabaseFault> faults = new ArrayList<>();
            layout.missing(table.kind()).forEach(column -> faults.add(missing(setting, table, column)));
            if (nodeFrom instanceof NodeFrom.Column node && !layout.columns().contains(node.name())) {
                faults.add(missing(DatabaseSettings.NODE_FROM, table, node.name()));
            }
            return faults;
        } catch (SQLException e) {
            return List.of(DatabaseFault.of(e, setting));
        }
    }

    private static Refused missing(Setting setting, AsteriskTable table, String column) {
        return new Refused(setting, "table " + table.name() + " has no column " + column);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

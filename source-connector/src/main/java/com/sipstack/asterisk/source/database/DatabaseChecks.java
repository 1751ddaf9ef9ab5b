package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.database.DatabaseFault.Refused;
import com.sipstack.asterisk.source.database.DatabaseFault.Unreachable;
import com.sipstack.asterisk.source.fleet.Setting;
import com.sipstack.asterisk.source.fleet.SideBySide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the PBXs' databases, all side by side, whether they would let us read. */
final class DatabaseChecks {
    private final List<PbxConfig> pbxs;

    DatabaseChecks(List<PbxConfig> pbxs) {
        this.pbxs = pbxs;
    }

    /** The faults of each PBX; none if all is well. */
    Map<PbxConfig, List<DatabaseFault>> run() {
        return SideBySide.ask(pbxs, DatabaseChecks::check, reason -> List.of(new Unreachable(reason)));
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
}

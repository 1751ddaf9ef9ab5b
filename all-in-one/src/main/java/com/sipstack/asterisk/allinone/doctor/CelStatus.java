package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.RowsFrom;
import com.sipstack.asterisk.model.CelEventType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code cel show status} prints: Asterisk's cel.c. */
final class CelStatus {
    private static final String EVENT = "CEL Tracking Event:";
    private static final String APPLICATION = "CEL Tracking Application:";
    private static final String BACKEND = "CEL Event Subscriber:";

    private final List<String> lines;
    private final RowsFrom readFrom;

    /** @param readFrom where we read channel events from */
    CelStatus(List<String> lines, RowsFrom readFrom) {
        this.lines = List.copyOf(lines);
        this.readFrom = readFrom;
    }

    void tell(Findings out) {
        if (!values("CEL Logging:").contains("Enabled")) {
            out.error(
                    "channel events are switched off",
                    "CDRs alone do not tell who hung up, where queues and menus ended, or what recordings there are.\n"
                            + AsteriskConfiguration.CEL);
            return;
        }
        List<String> backends = values(BACKEND);
        out.ok("channel events are written to " + (backends.isEmpty() ? "nothing" : String.join(", ", backends)));
        tellBackend(backends, out);
        Set<CelEventType> events = values(EVENT).stream().map(CelEventType::of).collect(Collectors.toSet());
        EventCoverage.ofConfiguration(events, out);
        tellApplications(events, out);
    }

    private void tellBackend(List<String> backends, Findings out) {
        if (backends.stream().map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(this::isReadFrom)) {
            return;
        }
        switch (readFrom) {
            case MANAGER ->
                out.error(
                        "channel events do not go to the manager interface, from which they are read",
                        AsteriskConfiguration.CEL_MANAGER);
            case FILE ->
                out.error(
                        "channel events do not go to cel_custom's file, from which they are read",
                        AsteriskConfiguration.CEL_CUSTOM);
            case DATABASE ->
                out.warning(
                        "no backend writes channel events to a database, from which they are read",
                        "Load cel_odbc.so or cel_pgsql.so, if another PBX does not write there.");
        }
    }

    private boolean isReadFrom(String backend) {
        return switch (readFrom) {
            case MANAGER -> backend.contains("manager");
            case FILE -> backend.contains("custom");
            case DATABASE -> backend.contains("odbc") || backend.contains("sql");
        };
    }

    private void tellApplications(Set<CelEventType> events, Findings out) {
        List<String> applications = values(APPLICATION);
        if (!events.contains(CelEventType.APP_START)) {
            out.warning(
                    "cel.conf does not log APP_START: no application is seen",
                    EventCoverage.NO_APPLICATIONS + AsteriskConfiguration.CEL);
        } else if (applications.isEmpty()) {
            out.warning(
                    "cel.conf has no apps=: no application is logged, whatever events= says",
                    EventCoverage.NO_APPLICATIONS + AsteriskConfiguration.CEL);
        } else {
            out.ok("applications logged: " + String.join(", ", applications));
        }
    }

    private List<String> values(String field) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).strip())
                .toList();
    }
}

package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.RowsFrom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code cdr show status} prints: Asterisk's cdr.c, the same from 12 on but for some lines. */
final class CdrStatus {
    private static final String SUSPENDED = "(suspended)";
    private static final Pattern FIELD = Pattern.compile("\\s+([A-Z][A-Za-z ]+):\\s+(\\S.*?)\\s*");
    private static final Pattern DATABASE = Pattern.compile("(?i).*(odbc|sql|tds|radius).*");
    private static final Pattern FILE = Pattern.compile("(?i)csv|cdr-custom.*");

    private final List<String> lines;
    private final RowsFrom readFrom;

    /** @param readFrom where we read CDRs from */
    CdrStatus(List<String> lines, RowsFrom readFrom) {
        this.lines = List.copyOf(lines);
        this.readFrom = readFrom;
    }

    void tell(Findings out) {
        Optional<String> logging = field("Logging");
        if (logging.isEmpty()) {
            out.note("Asterisk does not say what it does with CDRs", "asterisk -rx \"cdr show status\" may tell more.");
        } else if (!logging.get().equals("Enabled")) {
            out.error("CDRs are switched off: no leg of any call is written", AsteriskConfiguration.CDR);
        } else {
            out.ok("CDRs are written to " + String.join(", ", backends()));
            tellSuspended(out);
            tellBackend(out);
            tellBatch(out);
            tellUnanswered(out);
        }
    }

    /** Whether CDRs go to the manager interface, suspended or not. */
    boolean hasManager() {
        return backends().stream().anyMatch(name -> name.startsWith("cdr_manager"));
    }

    private void tellSuspended(Findings out) {
        backends().stream().filter(name -> name.contains(SUSPENDED)).forEach(name -> {
            String backend = name.replace(SUSPENDED, "").strip();
            out.add(
                    isReadFrom(backend) ? Severity.ERROR : Severity.WARNING,
                    backend + " is suspended: Asterisk writes no CDRs there",
                    "Its module goes on when it is loaded anew, for instance:\n"
                            + "asterisk -rx \"module unload cdr_manager.so\"; asterisk -rx \"module load cdr_manager.so\"");
        });
    }

    private void tellBackend(Findings out) {
        if (readFrom != RowsFrom.MANAGER && backends().stream().noneMatch(this::isReadFrom)) {
            out.warning(
                    "none of these writes to the " + (readFrom == RowsFrom.FILE ? "CSV file" : "database")
                            + " that CDRs are read from",
                    "Load cdr_adaptive_odbc.so, cdr_odbc.so or cdr_pgsql.so (or cdr_csv.so), if another PBX does not write there.");
        }
    }

    private boolean isReadFrom(String backend) {
        return switch (readFrom) {
            case MANAGER -> backend.startsWith("cdr_manager");
            case DATABASE -> DATABASE.matcher(backend).matches();
            case FILE -> FILE.matcher(backend).matches();
        };
    }

    private void tellBatch(Findings out) {
        if (field("Mode").filter("Batch"::equals).isPresent()) {
            String size = field("Maximum batch size").orElse("100 records");
            String time = field("Maximum batch time").orElse("300 seconds");
            out.warning(
                    "CDRs are written in batches: up to " + size + " or " + time + " late"
                            + field("Current batch size")
                                    .map(waiting -> ", " + waiting + " waiting now")
                                    .orElse(""),
                    "Documents of calls are complete that much later; nothing is lost by it, unless Asterisk is killed.\n"
                            + "asterisk -rx \"cdr submit\" writes what waits.\n" + AsteriskConfiguration.CDR);
        }
    }

    private void tellUnanswered(Findings out) {
        if (field("Log unanswered calls").filter("No"::equals).isPresent()) {
            out.note(
                    "cdr.conf has unanswered = no: some calls that nobody answered have no CDR",
                    "Their channel events tell of them; with CDRs alone they are not seen.");
        }
        if (field("Log congestion").filter("No"::equals).isPresent()) {
            out.note("cdr.conf has congestion = no: congestion reads FAILED", "");
        }
    }

    private List<String> backends() {
        return lines.stream()
                .dropWhile(line -> !line.contains("Registered Backends"))
                .skip(1)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                .toList();
    }

    private Optional<String> field(String name) {
        return lines.stream()
                .map(FIELD::matcher)
                .filter(matcher -> matcher.matches() && matcher.group(1).equals(name))
                .map((Matcher matcher) -> matcher.group(2))
                .findFirst();
    }
}

package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.RowFile;
import com.sipstack.asterisk.model.CsvLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the ends of the files that Asterisk writes rows to. */
final class CsvCheck implements Check {
    /** So many events have each common kind among them. */
    static final int ENOUGH = 200;

    private static final Duration QUIET = Duration.ofDays(1);

    private final List<RowFile> files;
    private final Optional<String> timezone;
    private final Clock clock;

    CsvCheck(List<RowFile> files, Optional<String> timezone, Clock clock) {
        this.files = List.copyOf(files);
        this.timezone = timezone;
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.CSV;
    }

    @Override
    public void run(Findings out) throws IOException {
        for (RowFile file : files) {
            look(file, out);
        }
    }

    private void look(RowFile file, Findings out) throws IOException {
        Path path = file.path();
        if (!Files.isRegularFile(path)) {
            out.error(
                    path + (Files.exists(path) ? " is no file" : " does not exist"),
                    "Asterisk makes it with the first row. In a container its folder has to be mounted (/var/log/asterisk, read-only"
                            + " is enough).\n" + (file.holdsEvents() ? AsteriskConfiguration.CEL_CUSTOM : ""));
        } else if (!Files.isReadable(path)) {
            out.error(path + " may not be read", FileOwner.of(path).remedy(path, "r--"));
        } else {
            tellAge(path, out);
            tellContent(file, CsvTail.of(path), out);
        }
    }

    private void tellAge(Path path, Findings out) throws IOException {
        Duration age = Duration.between(Files.getLastModifiedTime(path).toInstant(), clock.instant());
        if (age.compareTo(QUIET) > 0) {
            out.warning(
                    path + " was last written " + Ages.of(age) + " ago",
                    "If there were calls since, Asterisk no longer writes here: cel show status and cdr show status tell where to.");
        } else {
            out.ok(path + " was last written " + Ages.of(age) + " ago");
        }
    }

    private void tellContent(RowFile file, CsvTail tail, Findings out) {
        if (tail.isEndless()) {
            out.error(
                    file.path()
                            + " is written by a mapping that lacks its last )}: each row swallows the end of its line",
                    "Rows are read all the same, but without extra: who hung up, bridges and transfers are lost in all of them.\n"
                            + AsteriskConfiguration.CEL_CUSTOM);
            return;
        }
        if (tail.records().isEmpty()) {
            out.warning(file.path() + " has no rows", "Right after it was rotated, and for a new PBX.");
            return;
        }
        tellLayout(file, tail, out);
    }

    private void tellLayout(RowFile file, CsvTail tail, Findings out) {
        CsvLayout.Table table = file.holdsEvents() ? CsvLayout.Table.CEL : CsvLayout.Table.CDR;
        List<String> last = tail.records().get(tail.records().size() - 1);
        Optional<CsvLayout> layout = CsvLayout.of(last).filter(found -> found.table() == table);
        if (layout.isEmpty()) {
            out.error(
                    file.path() + " has rows of " + last.size() + " columns, which is no form of " + table
                            + " that Asterisk writes",
                    "A mapping of your own has to be named, column by column, in the connector's "
                            + (file.holdsEvents() ? "cel" : "cdr") + ".columns, or be like this:\n"
                            + (file.holdsEvents() ? AsteriskConfiguration.CEL_CUSTOM : ""));
        } else {
            tellRows(file, layout.get(), tail, out);
        }
    }

    private void tellRows(RowFile file, CsvLayout layout, CsvTail tail, Findings out) {
        List<Map<String, String>> rows =
                tail.records().stream().filter(layout::fits).map(layout::read).toList();
        out.ok(file.path() + " has " + layout.columns().size() + " columns, as Asterisk writes " + layout.table());
        new RowTimes(file.path().toString(), timezone, clock).tell(tableRows(layout.table(), rows), out);
        if (file.holdsEvents()) {
            tellEvents(file, layout, rows, out);
        } else if (!layout.columns().contains("linkedid")) {
            out.warning(
                    file.path() + " has no linkedid: the legs of a call stay calls of their own",
                    "; /etc/asterisk/cdr.conf, for cdr-csv\n[csv]\nloguniqueid = yes\nloguserfield = yes\nnewcdrcolumns = yes");
        }
    }

    private static void tellEvents(RowFile file, CsvLayout layout, List<Map<String, String>> rows, Findings out) {
        List<Map<String, String>> telling = rows.stream()
                .filter(row -> row.get("eventtype").matches("HANGUP|BRIDGE_ENTER"))
                .toList();
        boolean isLost = !layout.columns().contains("extra")
                || telling.stream().allMatch(row -> row.get("extra").matches("|extra"));
        if (!telling.isEmpty() && isLost) {
            out.error(
                    file.path() + " has rows without extra: the mapping asks the channel for it, which has none",
                    "Who hung up and why, bridges and transfers are lost in all rows.\n"
                            + AsteriskConfiguration.CEL_CUSTOM);
        }
        if (rows.size() >= ENOUGH) {
            EventCoverage.ofEvents(
                    tableRows(CsvLayout.Table.CEL, rows).eventTypes(),
                    "the newest " + rows.size() + " events",
                    out.in(Area.CEL));
        }
    }

    private static TableRows tableRows(CsvLayout.Table table, List<Map<String, String>> rows) {
        TableKind kind = TableKind.valueOf(table.name());
        return new TableRows(
                kind,
                rows.stream()
                        .map(row -> new TableRows.Row(
                                row.get(kind == TableKind.CEL ? "eventtime" : "start"),
                                row.get("uniqueid"),
                                row.get("eventtype"),
                                row.get("duration")))
                        .toList());
    }
}

package com.sipstack.asterisk.assembler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.sipstack.asterisk.assembler.files.FileCalls;
import com.sipstack.asterisk.assembler.files.RowFiles;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.model.Pbx;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Interprets the rows of files: for who asks why a document says what it says. */
@Command(
        name = "interpret",
        description =
                "Prints the call documents of rows in files, one JSON object a line, in the order in which the calls began.",
        footer = {
            "",
            "Files are JSON lines as tables and topics are exported, cel_custom's, cdr-csv's or cdr_custom's CSV, or CSV with a line of"
                    + " column names, compressed by gzip or not. Rows of several files are put together.",
            "Exit codes: 0 all rows were read, 1 some could not be, which are named on standard error, 2 wrong options."
        },
        mixinStandardHelpOptions = true)
public final class InterpretCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--pbx",
            paramLabel = "NAME",
            defaultValue = "pbx",
            description = "The PBX of rows that do not name theirs (default: ${DEFAULT-VALUE}).")
    private String pbx;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Properties, as the assembler's: country, trunks, contexts, tenant.dids and the like.")
    private Path settings;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            defaultValue = "auto",
            description =
                    "Zone of local times, e.g. America/Toronto. auto works out one for each file by its uniqueids, which hold a moment"
                            + " in UTC, and takes UTC where no row tells; name the zone of a file within which clocks were changed.")
    private String timezone;

    @Option(names = "--pretty", description = "Indents the documents.")
    private boolean pretty;

    @Parameters(paramLabel = "FILES", arity = "1..*", description = "Files with rows; - for standard input.")
    private List<String> files;

    @Spec
    private CommandSpec spec;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private boolean hasComplained;

    public InterpretCommand() {
        this(System.in, System.out, System.err);
    }

    InterpretCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> told = settings == null ? Map.of() : PropertiesFile.read(settings);
        RowFiles rows = new RowFiles(requirePbx(), zone(), this::complain);
        for (String file : files) {
            read(file, rows);
        }
        print(FileCalls.of(rows.rows()), told);
        out.flush();
        return hasComplained ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private String requirePbx() {
        if (!Pbx.isName(pbx)) {
            throw new ParameterException(spec.commandLine(), "--pbx '" + pbx + "' must be " + Pbx.NAME_RULE);
        }
        return pbx;
    }

    private Optional<ZoneId> zone() {
        try {
            return timezone.equals("auto") ? Optional.empty() : Optional.of(ZoneId.of(timezone));
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--timezone '" + timezone + "' is neither auto nor a zone: " + e.getMessage(),
                    e);
        }
    }

    private void read(String file, RowFiles rows) {
        if (file.equals(STANDARD_INPUT)) {
            rows.read("standard input", in);
            return;
        }
        try (InputStream bytes = Files.newInputStream(Path.of(file))) {
            rows.read(file, bytes);
        } catch (NoSuchFileException e) {
            complain(file, "there is no such file");
        } catch (IOException e) {
            complain(file, "cannot be read: " + e.getMessage());
        }
    }

    private void complain(String place, String reason) {
        err.println("sipstack: " + place + ": " + reason);
        hasComplained = true;
    }

    private void print(List<CallRows> calls, Map<String, Object> told) throws IOException {
        FileInterpreter interpreter = new FileInterpreter(told);
        List<CallDocument> documents = interpreter.documents(calls);
        ObjectWriter writer = pretty ? JSON.writerWithDefaultPrettyPrinter() : JSON.writer();
        for (CallDocument document : documents) {
            out.write(writer.writeValueAsBytes(JSON.readTree(DocumentJson.write(document))));
            out.write('\n');
        }
    }
}

package com.sipstack.asterisk.assembler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.assembler.interpret.PbxProfile;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InterpretCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CEL_CSV = """
            "CHAN_START","2026-11-21 18:54:48.1","John Smith","4165551234","","","","16475550101","from-trunk","SIP/sbc-ca1-00000000","","","3","","1795305288.0","1795305288.0","","",""
            "CHAN_START","2026-11-21 18:54:49.1","","101","","","","s","from-internal","SIP/101-00000001","","","3","","1795305289.1","1795305288.0","","",""
            "BRIDGE_ENTER","2026-11-21 18:54:51.1","","101","","","","","from-internal","SIP/101-00000001","AppDial","","3","","1795305289.1","1795305288.0","","",""
            "BRIDGE_ENTER","2026-11-21 18:54:51.1","John\nSmith","4165551234","","","","101","from-trunk","SIP/sbc-ca1-00000000","Dial","SIP/101","3","","1795305288.0","1795305288.0","","",""
            "LINKEDID_END","2026-11-21 18:54:57.6","","","","","","101","from-trunk","SIP/sbc-ca1-00000000","","","3","","1795305288.0","1795305288.0","","",""
            """;
    private static final String CDR_CSV = """
            "","4165551234","16475550101","from-trunk",\"""John Smith"" <4165551234>","SIP/sbc-ca1-00000000","SIP/101-00000001","Dial","SIP/101","2026-11-21 18:54:48","2026-11-21 18:54:51","2026-11-21 18:54:57",9,6,"ANSWERED","DOCUMENTATION","1795305288.0","","acme","1795305288.0",0
            """;

    @TempDir
    private Path folder;

    private record Run(int code, List<JsonNode> documents, String errors) {}

    private static Run interpret(String in, Object... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InterpretCommand command = new InterpretCommand(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, true, UTF_8));
        int code = new CommandLine(command)
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        List<JsonNode> documents = new ArrayList<>();
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(out.toByteArray()).forEachRemaining(documents::add);
        return new Run(code, documents, err.toString(UTF_8));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String lines(List<Map<String, Object>> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> row : rows) {
            row.remove("inserted_at");
            lines.append(JSON.writeValueAsString(row)).append('\n');
        }
        return lines.toString();
    }

    @Test
    void exportedTablesGiveTheAssemblersDocuments() throws IOException {
        Corpus corpus = Corpus.PBX_22_PJSIP;
        Path cel = folder.resolve("cel.jsonl.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(cel))) {
            out.write(lines(corpus.rows("cel")).getBytes(UTF_8));
        }
        Path settings = file("pbx.properties", "country=CA\n");
        Run run = interpret(lines(corpus.rows("cdr")), "--pbx", "pbx-east", "--settings", settings, cel, "-");
        assertThat(run.errors()).isEmpty();
        assertThat(run.code()).isZero();
        Map<String, String> found = run.documents().stream()
                .collect(Collectors.toMap(document -> document.path("linkedid").asText(), InterpretCommandTest::told));
        CallInterpreter interpreter = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));
        CorpusRows.calls(corpus, "pbx-east").forEach((key, rows) -> {
            CallRows call = CallRows.of(new CallKey("pbx-east", key.linkedid()), rows);
            JsonNode expected = read(DocumentJson.write(interpreter.interpret(call, Ending.HANGUP)));
            if (!expected.has("related_linkedids") && !found.get(key.linkedid()).contains("related_linkedids")) {
                assertThat(found.get(key.linkedid())).isEqualTo(told(expected));
            }
        });
        assertThat(run.documents())
                .extracting(document -> document.path("call_time").asText())
                .isSorted();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("document is no JSON", e);
        }
    }

    private static String told(JsonNode document) {
        ObjectNode copy = document.deepCopy();
        copy.remove(List.of("revision", "ship_phase", "is_complete", "ended_by", "ended_at"));
        return copy.toString();
    }

    @Test
    void csvFilesOfOneCallArePutTogether() throws IOException {
        Run run = interpret("", file("cel.csv", CEL_CSV), file("cdr.csv", CDR_CSV), file("acme.csv", CDR_CSV));
        assertThat(run.errors()).isEmpty();
        assertThat(run.documents()).hasSize(1);
        JsonNode document = run.documents().get(0);
        assertThat(document.path("call_time").asText()).isEqualTo("2026-11-21T23:54:48.100Z");
        assertThat(document.at("/answered_by/extension").asText()).isEqualTo("101");
        assertThat(document.path("talk_seconds").asDouble()).isEqualTo(6.5);
        assertThat(document.at("/completeness/cdr").asBoolean()).isTrue();
        long legs = document.findValuesAsText("event").stream()
                .filter("CDR"::equals)
                .count();
        assertThat(legs).as("a leg that stands in two files").isEqualTo(1);
    }

    /** A mapping without its last brackets, as releases before 20.19 write it: each line's end stands in an open quote. */
    @Test
    void linesWithUnclosedQuotesAreMended() throws IOException {
        String broken = CEL_CSV.replace("John\nSmith", "John Smith")
                .replace("\"\",\"\",\"\"\n", "\"\",\"\",\"\n\"")
                .replaceAll("\"$", "");
        Run run = interpret("", file("Master.csv", broken));
        assertThat(run.errors()).isEmpty();
        assertThat(run.documents()).hasSize(1);
        assertThat(run.documents().get(0).path("talk_seconds").asDouble()).isEqualTo(6.5);
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsTold() throws IOException {
        Path cdr = file("cdr.csv", CDR_CSV + "\"one\",\"two\"\n");
        Path json = file("rows.jsonl", "{\"eventtype\": \"CHAN_START\"\n{\"a\": 1}\n");
        Run run = interpret("", cdr, json, folder.resolve("missing.csv"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.documents()).hasSize(1);
        assertThat(run.errors().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("cdr.csv:2: has 2 fields"))
                .anyMatch(line -> line.contains("rows.jsonl:1: is no JSON"))
                .anyMatch(line -> line.contains("rows.jsonl:2: "))
                .anyMatch(line -> line.contains("missing.csv: there is no such file"));
    }

    @Test
    void decisionsAreExplained() throws IOException {
        Run run = interpret(CEL_CSV, "--explain", "--pretty", "-");
        JsonNode explain = run.documents().get(0).path("explain");
        assertThat(explain.path("direction").asText()).contains("from-trunk");
        assertThat(explain.path("answered_by").asText()).contains("SIP/101-00000001");
        assertThat(explain.path("dialled").asText()).contains("16475550101");
        assertThat(explain.path("tenant").asText()).contains("configured");
        assertThat(explain.path("hangup").asText()).isNotEmpty();
    }

    @Test
    void theZoneCanBeNamed() throws IOException {
        Run run = interpret(CDR_CSV, "--timezone", "Europe/Berlin", "-");
        assertThat(run.documents().get(0).path("call_time").asText()).isEqualTo("2026-11-21T17:54:48Z");
        assertThat(interpret(CDR_CSV, "--timezone", "Nowhere", "-").code()).isEqualTo(2);
    }
}

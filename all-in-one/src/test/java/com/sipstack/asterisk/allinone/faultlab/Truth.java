package com.sipstack.asterisk.allinone.faultlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.allinone.SipstackProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the PBX's tables mean in the end: the packed {@code sipstack interpret} on all their rows. */
final class Truth {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What only a document that was shipped has, or has for where it stands in a row of documents. */
    private static final List<String> OF_SHIPPING =
            List.of("revision", "ship_phase", "shipped_at", "connector_version", "update_reason");

    private Truth() {}

    /** By linkedid. */
    static Map<String, JsonNode> of(Lab lab) throws Exception {
        try (SipstackProcess interpret = SipstackProcess.start(
                lab.directory(),
                "interpret",
                "--pbx",
                Lab.PBX,
                "--timezone",
                "America/Toronto",
                "--settings",
                lab.assemblerSettings().toString(),
                export(lab, "cel").toString(),
                export(lab, "cdr").toString())) {
            assertThat(interpret.awaitExit()).as("%s", interpret.output()).isZero();
            Map<String, JsonNode> documents = new LinkedHashMap<>();
            for (String line : interpret.output()) {
                if (line.startsWith("{")) {
                    JsonNode document = JSON.readTree(line);
                    documents.put(document.path("linkedid").asText(), withoutShipping(document));
                }
            }
            return documents;
        }
    }

    static JsonNode withoutShipping(JsonNode document) {
        return ((ObjectNode) document).remove(OF_SHIPPING);
    }

    private static Path export(Lab lab, String table) throws Exception {
        Path file = lab.directory().resolve(table + ".jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Map<String, Object> row : lab.database().rows(table)) {
                out.write(line(row));
                out.newLine();
            }
        }
        return file;
    }

    private static String line(Map<String, Object> row) throws IOException {
        return JSON.writeValueAsString(row);
    }
}

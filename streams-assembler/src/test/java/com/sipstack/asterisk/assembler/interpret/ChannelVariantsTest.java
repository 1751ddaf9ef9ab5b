package com.sipstack.asterisk.assembler.interpret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sipstack.asterisk.assembler.CorpusRows;
import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same calls on channels of other kinds and under other naming habits have the same story. */
class ChannelVariantsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CallInterpreter INTERPRETER = new CallInterpreter(PbxProfile.of("pbx-east", "CA"));

    /** What names channels differently, and the tenant that endpoints tell. */
    private static final Set<String> NAMED_DIFFERENTLY =
            Set.of("channel", "trunk", "tenant", "call_threads", "events", "recording_files", "uniqueid");

    /** A way to name things. */
    enum Variant {
        IAX2(text -> text.replace("SIP/", "IAX2/")),
        ISDN_TRUNKS(text -> Pattern.compile("SIP/(?:sbc-ca\\d|trunk-acme)-0*([0-9a-f]+)")
                .matcher(text)
                .replaceAll("DAHDI/i1/4165551234-$1")),
        HYPHENATED_ENDPOINTS(
                text -> Pattern.compile("SIP/(1\\d\\d)\\b").matcher(text).replaceAll("PJSIP/acme-$1")),
        SOFTPHONE_DEVICES(
                text -> Pattern.compile("SIP/(1\\d\\d)\\b").matcher(text).replaceAll("SIP/90$1")),
        SECOND_BROWSER_DEVICES(
                text -> Pattern.compile("SIP/(1\\d\\d)\\b").matcher(text).replaceAll("PJSIP/98$1")),
        BROWSER_DEVICES(
                text -> Pattern.compile("SIP/(1\\d\\d)\\b").matcher(text).replaceAll("PJSIP/99$1")),
        SYSTEM_NAME(
                text -> Pattern.compile("\\b(17953\\d{5}\\.\\d+)").matcher(text).replaceAll("pbx1-$1"));

        @SuppressWarnings("ImmutableEnumChecker") // has no state
        private final UnaryOperator<String> naming;

        Variant(UnaryOperator<String> naming) {
            this.naming = naming;
        }

        /** The others in a conference are known by their channels' names alone: nothing tells that those are devices'. */
        boolean isDevice() {
            return name().endsWith("_DEVICES");
        }
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void tellsTheSameStory(Variant variant) {
        List<Row> rows = CorpusRows.inOrderOfArrival(Corpus.PBX_20, CorpusCalls.PBX);
        Map<String, JsonNode> asLogged = stories(rows);
        Map<String, JsonNode> renamed =
                stories(rows.stream().map(row -> rename(row, variant)).toList());
        Map<String, JsonNode> expected = new TreeMap<>();
        asLogged.forEach((linkedid, story) -> expected.put(withoutSystem(linkedid), story));
        Map<String, JsonNode> found = new TreeMap<>();
        renamed.forEach((linkedid, story) -> found.put(withoutSystem(linkedid), story));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((linkedid, story) -> {
            if (!variant.isDevice() || !story.has("conference")) {
                assertThat(found.get(linkedid).toPrettyString()).as(linkedid).isEqualTo(story.toPrettyString());
            }
        });
    }

    private static String withoutSystem(String text) {
        return text.replace("pbx1-", "");
    }

    private static Row rename(Row row, Variant variant) {
        Map<String, Object> columns = new LinkedHashMap<>(
                row instanceof Cel cel ? Cel.MAPPING.toColumns(cel) : Cdr.MAPPING.toColumns((Cdr) row));
        columns.replaceAll((name, value) -> value instanceof String text ? variant.naming.apply(text) : value);
        return row instanceof Cel ? Cel.MAPPING.fromColumns(columns) : Cdr.MAPPING.fromColumns(columns);
    }

    private static Map<String, JsonNode> stories(List<Row> rows) {
        return CorpusCalls.byLinkedid(
                CorpusCalls.group(rows), call -> story(INTERPRETER.interpret(call, Ending.HANGUP)));
    }

    private static JsonNode story(CallDocument document) {
        try {
            String json = withoutSystem(new String(DocumentJson.write(document), UTF_8));
            return withoutNames(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError("document is no JSON", e);
        }
    }

    private static JsonNode withoutNames(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(NAMED_DIFFERENTLY);
            object.remove(List.of("reasons", "call_threads_count"));
            object.forEach(ChannelVariantsTest::withoutNames);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ChannelVariantsTest::withoutNames);
        }
        return node;
    }
}

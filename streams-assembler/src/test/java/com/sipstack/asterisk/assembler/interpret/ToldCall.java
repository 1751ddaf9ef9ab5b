package com.sipstack.asterisk.assembler.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** A call's document as the API sees it. */
record ToldCall(JsonNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Interprets a call of a PBX in Canada of which nothing else is configured. */
    static ToldCall tell(List<Row> rows) {
        return tell(PbxProfile.of("pbx-east", "CA"), rows);
    }

    static ToldCall tell(List<Row> events, List<Row> legs) {
        return tell(Stream.concat(events.stream(), legs.stream()).toList());
    }

    static ToldCall tell(PbxProfile profile, List<Row> rows) {
        CallRows call = CallRows.of(new CallKey("pbx-east", Cels.linkedid()), rows);
        return of(new CallInterpreter(profile).interpret(call, Ending.HANGUP));
    }

    static ToldCall of(CallDocument document) {
        try {
            return new ToldCall(JSON.readTree(DocumentJson.write(document)));
        } catch (IOException e) {
            throw new UncheckedIOException("document is no JSON", e);
        }
    }

    /** The text of a field by its JSON pointer; empty if it is absent. */
    String at(String pointer) {
        return document.at(pointer).asText();
    }

    boolean has(String pointer) {
        return !document.at(pointer).isMissingNode();
    }
}

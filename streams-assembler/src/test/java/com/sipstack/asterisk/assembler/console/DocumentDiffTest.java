package com.sipstack.asterisk.assembler.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentDiffTest {
    @Test
    void anAnswerIsToldByTheFieldsThatItChanged() {
        assertThat(
                        changes(
                                "{'revision':1,'answered':false,'legs':[{'extension':'101'}],'call_threads':[1,2]}",
                                "{'revision':2,'answered':true,'legs':[{'extension':'101','cause':16},{'extension':'102'}],'call_threads':[1,2,3]}"))
                .containsExactly(
                        "revision 1 2",
                        "answered false true",
                        "legs[0].cause null 16",
                        "legs[1] null {\"extension\":\"102\"}",
                        "call_threads 2 3");
    }

    @Test
    void whatIsGoneIsToldToo() {
        assertThat(changes("{'tenant':'acme'}", "{}")).containsExactly("tenant \"acme\" null");
        assertThat(changes("{'tenant':'acme'}", "{'tenant':'acme'}")).isEmpty();
    }

    @Test
    void aLongListOfChangesEnds() {
        StringBuilder after = new StringBuilder("{'a':[0");
        for (int i = 1; i < 5_000; i++) {
            after.append(',').append(i);
        }
        assertThat(changes("{'a':[]}", after + "]}")).hasSize(200);
    }

    private static java.util.List<String> changes(String before, String after) {
        return DocumentDiff.between(json(before), json(after)).stream()
                .map(change -> change.path() + " " + change.before() + " " + change.after())
                .toList();
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        return ConsoleJson.read(text.replace('\'', '"').getBytes(UTF_8));
    }
}

package com.sipstack.asterisk.allinone.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.allinone.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** Asks an instance of the assembler whether it lives, and whether it works. */
final class AssemblerCheck implements Check {
    private final HttpUrl instance;
    private final Http http = new Http();

    AssemblerCheck(HttpUrl instance) {
        this.instance = instance;
    }

    @Override
    public Area area() {
        return Area.ASSEMBLER;
    }

    @Override
    public void run(Findings out) {
        try {
            if (isUp("health", "lives", "does not live", out)) {
                isUp("ready", "works", "does not work yet", out);
            }
        } catch (IOException e) {
            out.error(
                    Http.place(instance) + " does not answer: " + Reason.of(e),
                    "Is it running, with http.port set, and http.host=0.0.0.0 if it is on another machine?");
        }
    }

    private boolean isUp(String question, String yes, String no, Findings out) throws IOException {
        Http.Answer answer =
                http.get(instance.newBuilder().addPathSegment(question).build());
        if (answer.status() == 200) {
            out.ok(Http.place(instance) + " " + yes);
        } else if (answer.status() == 503) {
            out.error(
                    Http.place(instance) + " " + no + ": " + String.join("; ", reasons(answer.body())),
                    "docs/operating-the-assembler.md says what becomes of faults.");
        } else {
            out.error(
                    Http.place(instance) + " answers /" + question + " with HTTP " + answer.status(),
                    "--assembler is the address of http.host and http.port, without a path.");
        }
        return answer.status() == 200;
    }

    private static List<String> reasons(String body) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (JsonNode reason : new ObjectMapper().readTree(body).path("reasons")) {
            reasons.add(reason.asText());
        }
        return reasons;
    }
}

package com.sipstack.asterisk.assembler.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.DocumentJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Holds documents against what those who made the calls know of them: how many of each field are right. */
final class ManifestScore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEVERAL = Pattern.compile(".*(?:,|never).*");
    private static final List<String> CHAPTERS =
            List.of("queue", "transfers", "voicemail", "conference", "parking", "pickup");

    private final Map<String, int[]> tally = new LinkedHashMap<>();
    private final Map<String, CallDocument> documents;

    private ManifestScore(Map<String, CallDocument> documents) {
        this.documents = documents;
    }

    static ManifestScore of(JsonNode manifest, Map<String, CallDocument> documents) {
        ManifestScore score = new ManifestScore(documents);
        manifest.forEach(score::addEntry);
        return score;
    }

    Set<String> fields() {
        return tally.keySet();
    }

    /** Right ones and all of them. */
    int[] of(String field) {
        return tally.getOrDefault(field, new int[2]);
    }

    void add(ManifestScore other) {
        other.tally.forEach((field, counts) -> {
            int[] mine = tally.computeIfAbsent(field, unseen -> new int[2]);
            mine[0] += counts[0];
            mine[1] += counts[1];
        });
    }

    private void addEntry(JsonNode entry) {
        JsonNode truth = entry.get("truth");
        List<String> linkedids = texts(entry.get("linkedids"));
        if (linkedids.isEmpty() || truth.has("calls")) {
            return;
        }
        int told = truth.has("conference") ? linkedids.size() - 1 : 0;
        addCall(truth, json(documents.get(linkedids.get(told))));
        if (Stream.of("transfer", "parking", "pickup").anyMatch(truth::has)) {
            linkedids.stream()
                    .skip(1)
                    .filter(documents::containsKey)
                    .forEach(retired -> count(
                            "merged_into",
                            linkedids
                                    .get(0)
                                    .equals(documents.get(retired).relations().mergedInto())));
        }
    }

    private void addCall(JsonNode truth, JsonNode document) {
        addParties(truth, document);
        addOutcome(truth, document);
        addStory(truth, document);
    }

    private void addParties(JsonNode truth, JsonNode document) {
        String direction = truth.path("direction").asText();
        if (direction.matches("inbound|outbound|internal")) {
            String letter = direction.equals("internal") ? "x" : direction.substring(0, 1);
            count("direction", document.path("direction").asText().equals(letter));
        }
        String caller = truth.path("caller_number").asText();
        if (!caller.isEmpty() && !SEVERAL.matcher(caller).matches() && caller.matches("\\d+")) {
            count("caller", isSame(caller, document.path("src_number"), document.path("src_extension")));
        }
        String dialled = truth.path("dialled").asText();
        if (!dialled.isEmpty() && !SEVERAL.matcher(dialled).matches()) {
            count("dialled", isSame(dialled, document.path("dialled"), document.path("dst_number")));
        }
    }

    private void addOutcome(JsonNode truth, JsonNode document) {
        if (truth.path("answered").isBoolean()) {
            boolean answered = truth.path("answered").asBoolean();
            count("answered", document.path("answered").asBoolean() == answered && document.has("answered"));
            double talk = truth.path("talk_s").asDouble();
            double got = document.path("talk_seconds").asDouble(-1);
            count("talk", Math.abs(got - talk) <= Math.max(1.0, talk / 20));
        }
        String by = truth.path("answered_by").asText();
        if (truth.path("answered").asBoolean() && truth.hasNonNull("answered_by")) {
            JsonNode party = document.path("answered_by");
            count("answered_by", by.startsWith("external") ? party.has("number") : by.equals(extension(party)));
        }
        if (truth.path("hangup_by").asText().matches("caller|callee")) {
            count(
                    "hangup_by",
                    document.at("/hangup/by")
                            .asText()
                            .equals(truth.get("hangup_by").asText()));
        }
    }

    private void addStory(JsonNode truth, JsonNode document) {
        if (truth.has("queue")) {
            JsonNode queue = document.at("/queue/0");
            count(
                    "queue",
                    queue.path("name").asText().equals(truth.at("/queue/name").asText()));
            Set<String> rung = new TreeSet<>(texts(truth.at("/queue/agents_rung")));
            Set<String> attempts = new TreeSet<>();
            queue.path("attempts").forEach(attempt -> attempts.add(extension(attempt)));
            count("queue attempts", attempts.containsAll(rung));
        }
        if (truth.has("ivr")) {
            count(
                    "ivr",
                    document.at("/ivr/0/context")
                            .asText()
                            .equals(truth.at("/ivr/menu").asText()));
        }
        if (truth.has("transfer")) {
            count(truth.at("/transfer/kind").asText() + " transfer", isTransferTold(truth.get("transfer"), document));
        }
        if (truth.has("voicemail")) {
            count("voicemail", document.at("/voicemail/mailbox").equals(truth.at("/voicemail/mailbox")));
        }
        if (truth.has("conference")) {
            count("conference", document.at("/conference/name").equals(truth.at("/conference/name")));
        }
        if (truth.has("parking")) {
            JsonNode parking = document.at("/parking/0");
            boolean timedOut = truth.at("/parking/timed_out").asBoolean();
            count(
                    "parking",
                    !parking.isMissingNode() && parking.path("timed_out").asBoolean() == timedOut);
        }
        if (truth.has("pickup")) {
            JsonNode pickup = document.path("pickup");
            boolean isBy =
                    extension(pickup.path("by")).equals(truth.at("/pickup/by").asText());
            count(
                    "pickup",
                    isBy
                            && extension(pickup.path("from"))
                                    .equals(truth.at("/pickup/from_").asText()));
        }
        if (truth.has("forward") && !truth.at("/forward/method").asText().contains("loop")) {
            String to = truth.at("/forward/to").asText();
            count("forward", to.equals(extension(document.at("/forwards/0/to"))));
        }
        if (truth.path("recorded").asBoolean()) {
            count("recording", document.has("recording_files"));
        }
        countInvented(truth, document);
    }

    private void countInvented(JsonNode truth, JsonNode document) {
        if (truth.path("answered").isBoolean() && !document.isMissingNode()) {
            count("nothing invented", CHAPTERS.stream().noneMatch(chapter -> {
                boolean happened = truth.has(chapter.equals("transfers") ? "transfer" : chapter);
                return document.has(chapter) && !happened;
            }));
        }
    }

    private static boolean isTransferTold(JsonNode truth, JsonNode document) {
        List<JsonNode> transfers = StreamSupport.stream(
                        document.path("transfers").spliterator(), false)
                .toList();
        if (truth.has("completed") && !truth.get("completed").asBoolean()) {
            return transfers.stream()
                    .noneMatch(transfer -> transfer.path("completed").asBoolean());
        }
        boolean isAnyKind = truth.get("kind").asText().equals("redirect");
        String by = truth.get("by").asText();
        return transfers.stream()
                .anyMatch(transfer -> (isAnyKind || transfer.path("kind").equals(truth.get("kind")))
                        && isSame(
                                truth.get("to").asText().split(" ", 2)[0],
                                transfer.at("/to/extension"),
                                transfer.at("/to/number"))
                        && (!by.matches("\\d+")
                                || extension(transfer.path("by")).equals(by)));
    }

    private static String extension(JsonNode party) {
        return party.path("extension").asText();
    }

    private static boolean isSame(String wanted, JsonNode... got) {
        return Stream.of(got)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .anyMatch(text -> text.equals(wanted) || text.equals("1" + wanted) || wanted.equals("9" + text));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void count(String field, boolean isRight) {
        int[] counts = tally.computeIfAbsent(field, unseen -> new int[2]);
        counts[0] += isRight ? 1 : 0;
        counts[1]++;
    }

    private static JsonNode json(CallDocument document) {
        try {
            return document == null ? JSON.missingNode() : JSON.readTree(DocumentJson.write(document));
        } catch (IOException e) {
            throw new UncheckedIOException("document is no JSON", e);
        }
    }
}

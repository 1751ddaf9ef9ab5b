package com.sipstack.asterisk.assembler.interpret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.Direction;
import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Queue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The API's fields of a recording: what its call tells, else its name. */
public final class ReadyFields {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Recording file;
    private final CallDocument call;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private ReadyFields(Recording file, CallDocument call) {
        this.file = file;
        this.call = call;
    }

    /** @param call null if it is not known */
    public static Map<String, Object> of(Recording file, CallDocument call) {
        ReadyFields ready = new ReadyFields(file, call);
        ready.addIdentity();
        if (call != null) {
            ready.addParties();
        }
        ready.addName();
        ready.addFile();
        return ready.fields;
    }

    private void add(String name, Object value) {
        if (value != null && !"".equals(value)) {
            fields.put(name, value);
        }
    }

    private void addIdentity() {
        String linkedid = call == null ? file.linkedid() : call.identity().linkedid();
        String uniqueid = file.uniqueid() == null ? linkedid : file.uniqueid();
        add("recording_id", file.id());
        add("call_id", uniqueid);
        add("uniqueid", uniqueid);
        add("linkedid", linkedid);
    }

    private void addParties() {
        add("src_number", call.parties().srcNumber());
        add("dst_number", call.parties().dstNumber());
        add("direction", word(call.outcome().direction()));
        add("tenant_name", call.identity().tenant());
        add("extension", extension());
        queues().map(Queue::agent)
                .map(ReadyFields::extensionOf)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(agent -> add("agent_id", agent));
    }

    private static String word(Direction direction) {
        return direction == null ? null : direction.name().toLowerCase(Locale.ROOT);
    }

    /** Of the insider that was talked with, else of the one that called. */
    private String extension() {
        String called = extensionOf(call.parties().answeredBy());
        String dialled = called == null ? call.parties().dstExtension() : called;
        return dialled == null ? call.parties().srcExtension() : dialled;
    }

    private static String extensionOf(Party party) {
        return party == null ? null : party.extension();
    }

    private Stream<Queue> queues() {
        List<Queue> queues = call == null ? null : call.story().queue();
        return queues == null ? Stream.empty() : queues.stream();
    }

    private void addName() {
        if (!fields.containsKey("direction") && file.named().direction() != null) {
            add("direction", "i".equals(file.named().direction()) ? "inbound" : "outbound");
        }
        String queue = queues().map(Queue::name)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(file.named().queueName());
        add("queue_name", queue);
        add("recording_type", queue == null ? "call" : "queue");
        add("phone_1", file.named().phone1());
        add("phone_2", file.named().phone2());
        add("phone_3", file.named().phone3());
    }

    private void addFile() {
        Instant begun = file.startTime() != null || call == null
                ? Times.instant(file.startTime())
                : call.timing().callTime();
        add("duration", file.durationSeconds() == null ? null : Math.round(file.durationSeconds()));
        add("start_time", begun == null ? null : begun.toString());
        add(
                "calldate",
                call == null || call.timing().callTime() == null
                        ? null
                        : call.timing().callTime().toString());
        add("file_name", file.fileName());
        add("file_size", file.fileSize());
        add("original_file_path", file.filePath());
        add("metadata", metadata());
    }

    private String metadata() {
        Map<String, Object> metadata = new TreeMap<>(file.custom());
        if (file.sha256() != null) {
            metadata.put("sha256", file.sha256());
        }
        if (file.modifiedTime() != null) {
            metadata.put("modified_at", Times.instant(file.modifiedTime()).toString());
        }
        if (call != null && call.outcome().disposition() != null) {
            metadata.put("disposition", call.outcome().disposition());
        }
        try {
            return JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recording's metadata cannot be written as JSON", e);
        }
    }
}

package com.sipstack.asterisk.stubapi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form that was read.
 *
 * @param fields its text by name, in the order in which it came
 * @param order the names of all parts, the audio's too
 * @param audio empty if there was none
 */
record MultipartForm(Map<String, String> fields, List<String> order, Optional<FormAudio> audio) {
    private static final String AUDIO = "audio";

    String requiredField(String name) {
        return Optional.ofNullable(fields.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> ContractViolation.ofField(name, "is required"));
    }

    String field(String name, String otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    FormAudio requiredAudio() {
        return audio.orElseThrow(() -> ContractViolation.ofField(AUDIO, "is required"));
    }

    void requireAudioLast() {
        if (!order.get(order.size() - 1).equals(AUDIO)) {
            throw ContractViolation.ofField(AUDIO, "is not the last part");
        }
    }

    void requireEachOnce() {
        HashSet<String> seen = new HashSet<>();
        order.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw ContractViolation.ofField(name, "stands twice");
        });
    }
}

package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;

/** What happened between the beginning and the end. Lists are absent when empty. */
public record Story(
        @JsonInclude(Include.NON_EMPTY) List<Menu> ivr,
        @JsonInclude(Include.NON_EMPTY) List<Queue> queue,
        @JsonInclude(Include.NON_EMPTY) List<Transfer> transfers,
        @JsonInclude(Include.NON_EMPTY) List<Forward> forwards,
        Voicemail voicemail,
        Conference conference,
        @JsonInclude(Include.NON_EMPTY) List<Parking> parking,
        Pickup pickup) {
    public static final Story NONE = new Story(List.of(), List.of(), List.of(), List.of(), null, null, List.of(), null);

    /** @param digits extensions matched in the menu's context, never single key presses */
    public record Menu(String context, String digits, Instant enteredAt, Instant leftAt) {}

    /** @param outcome answered, abandoned, timed_out, left_empty, exited, full or unknown */
    public record Queue(
            String name,
            Double waitSeconds,
            String outcome,
            Party agent,
            @JsonInclude(Include.NON_EMPTY) List<Attempt> attempts) {}

    /** An agent that a queue rang. */
    public record Attempt(String extension, Double ringSeconds, boolean answered) {}

    /** @param kind blind, attended or redirect */
    public record Transfer(
            String kind,
            Party by,
            Party to,
            Instant at,
            boolean completed,
            @JsonInclude(Include.NON_EMPTY) List<String> linkedids) {}

    /** A phone that sent the call on to another. */
    public record Forward(Party from, Party to, Instant at) {}

    /** @param mailbox {@code mailbox@context} */
    public record Voicemail(String mailbox) {}

    /** A conference room and who was in it. */
    public record Conference(
            String name, @JsonInclude(Include.NON_EMPTY) List<String> participants) {}

    /** A call that was put on a parking slot. */
    public record Parking(String lot, String slot, Party by, Party retrievedBy, boolean timedOut) {}

    /** A ringing phone answered from another one. */
    public record Pickup(Party by, Party from) {}
}

package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * Who was in the call. Numbers are E.164 digits without plus. Nulls are absent.
 *
 * @param dialled what the caller dialled, as dialled
 * @param answeredBy the first that answered
 * @param finalParty the last that talked with the caller, after transfers
 * @param ringGroup extensions that rang together
 */
public record Parties(
        String srcNumber,
        String srcName,
        String srcExtension,
        String srcExtensionName,
        String dialled,
        String dstNumber,
        String dstName,
        String dstExtension,
        String dstExtensionName,
        Party answeredBy,
        Party finalParty,
        Trunk trunk,
        String accountcode,
        String userfield,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Leg> legs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> participants,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ringGroup) {

    /** The trunks by which the call came in and went out. */
    public record Trunk(String in, String out) {}

    /** @param role caller, callee, agent, consult and the like */
    public record Participant(String extension, String number, String role, boolean answered) {}

    /** One channel of the call. */
    public record Leg(
            String uniqueid,
            String channel,
            String role,
            String extension,
            String number,
            String name,
            Instant startedAt,
            Double ringSeconds,
            Instant answeredAt,
            Instant endedAt,
            Integer cause) {}
}

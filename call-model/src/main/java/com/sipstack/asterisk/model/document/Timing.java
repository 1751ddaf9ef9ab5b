package com.sipstack.asterisk.model.document;

import java.time.Instant;

/**
 * When the call happened and how long it took. Nulls are absent.
 *
 * @param channelAnsweredAt when the caller's channel was answered, be it by a machine
 * @param answeredAt the first moment that the caller and a person share a bridge
 * @param endedBy {@code hangup}, {@code restart} or {@code max_duration}
 * @param durationSeconds whole seconds from start to end
 * @param talkSeconds time of the caller in conversation
 * @param holdSeconds music inside a conversation of two; null where the PBX does not log it
 */
public record Timing(
        Instant callTime,
        Instant channelAnsweredAt,
        Instant answeredAt,
        Instant endedAt,
        String endedBy,
        Long durationSeconds,
        Double ringSeconds,
        Double talkSeconds,
        Double holdSeconds) {}

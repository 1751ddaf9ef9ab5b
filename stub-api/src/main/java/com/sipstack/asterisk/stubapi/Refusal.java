package com.sipstack.asterisk.stubapi;

import java.time.Instant;

/**
 * A request that the contract forbids.
 *
 * @param status the status that it was answered with
 * @param reason the field and the rule that it broke
 * @param body the beginning of its body, 64 KiB at most, decoded where that was possible
 */
public record Refusal(Instant refusedAt, String method, String path, int status, String reason, String body) {}

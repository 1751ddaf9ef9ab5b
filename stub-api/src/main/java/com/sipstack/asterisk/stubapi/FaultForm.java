package com.sipstack.asterisk.stubapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A fault as JSON. Null stands for what is left out.
 *
 * @param effect respond, delay, reset_before_body, reset_after_body, lose_answer, drip or cut_answer
 * @param status of respond
 * @param retryAfter of respond
 * @param delayMs of delay and drip
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FaultForm(
        String effect,
        Integer status,
        String retryAfter,
        Long delayMs,
        Double share,
        Integer times,
        Long forMs,
        String path,
        String linkedid) {

    /** @throws ContractViolation if it makes no sense as a fault */
    static Fault parse(JsonNode json) {
        if (!json.isObject()) {
            throw ContractViolation.ofValue("fault", json, "is not an object");
        }
        try {
            return Json.MAPPER.treeToValue(json, FaultForm.class).toFault();
        } catch (JsonProcessingException e) {
            throw ContractViolation.of(422, "fault: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw ContractViolation.of(422, e.getMessage(), e);
        }
    }

    private Fault toFault() {
        return new Fault(
                toEffect(),
                share == null ? 1 : share,
                Optional.ofNullable(times),
                Optional.ofNullable(forMs).map(Duration::ofMillis),
                path == null ? StubApi.BASE_PATH : path,
                Optional.ofNullable(linkedid));
    }

    private FaultEffect toEffect() {
        return switch (required("effect", effect)) {
            case "respond" -> new FaultEffect.Respond(required("status", status), Optional.ofNullable(retryAfter));
            case "delay" -> new FaultEffect.Delay(Duration.ofMillis(required("delay_ms", delayMs)));
            case "reset_before_body" -> new FaultEffect.ResetBeforeBody();
            case "reset_after_body" -> new FaultEffect.ResetAfterBody();
            case "lose_answer" -> new FaultEffect.LoseAnswer();
            case "drip" -> new FaultEffect.Drip(Duration.ofMillis(required("delay_ms", delayMs)));
            case "cut_answer" -> new FaultEffect.CutAnswer();
            default ->
                throw new IllegalArgumentException(
                        "effect: " + effect
                                + " is not one of respond, delay, reset_before_body, reset_after_body, lose_answer, drip, cut_answer");
        };
    }

    private static <T> T required(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": is required");
        }
        return value;
    }

    static FaultForm of(Fault fault) {
        FaultEffect effect = fault.effect();
        Integer status = null;
        String retryAfter = null;
        Long delayMs = null;
        if (effect instanceof FaultEffect.Respond respond) {
            status = respond.status();
            retryAfter = respond.retryAfter().orElse(null);
        } else if (effect instanceof FaultEffect.Delay delay) {
            delayMs = delay.duration().toMillis();
        } else if (effect instanceof FaultEffect.Drip drip) {
            delayMs = drip.duration().toMillis();
        }
        return new FaultForm(
                effect.label(),
                status,
                retryAfter,
                delayMs,
                fault.share(),
                fault.times().orElse(null),
                fault.lasting().map(Duration::toMillis).orElse(null),
                fault.path(),
                fault.linkedid().orElse(null));
    }
}

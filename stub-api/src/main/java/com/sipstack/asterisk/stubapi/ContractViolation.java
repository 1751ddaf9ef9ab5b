package com.sipstack.asterisk.stubapi;

import java.util.HashMap;
import java.util.Map;

/** A request that the contract forbids: the status to refuse it with and the rule that it broke. */
final class ContractViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    private final int status;
    private final transient Map<String, String> headers = new HashMap<>();

    private ContractViolation(int status, String reason, Throwable cause) {
        super(reason, cause);
        this.status = status;
    }

    static ContractViolation of(int status, String reason) {
        return new ContractViolation(status, reason, null);
    }

    static ContractViolation of(int status, String reason, Throwable cause) {
        return new ContractViolation(status, reason, cause);
    }

    /** A field of a well-formed body that breaks a rule. */
    static ContractViolation ofField(String field, String rule) {
        return of(422, field + ": " + rule);
    }

    /** A field whose value breaks a rule; the value is quoted, cut where it is long. */
    static ContractViolation ofValue(String field, Object value, String rule) {
        String text = String.valueOf(value);
        String quote = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return ofField(field, quote + " " + rule);
    }

    ContractViolation withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    ApiAnswer answer() {
        ApiAnswer answer = ApiAnswer.error(status, getMessage());
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.withHeader(header.getKey(), header.getValue());
        }
        return answer;
    }
}

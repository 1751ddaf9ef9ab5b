package com.sipstack.asterisk.sink;

import java.util.Optional;

/** What a raw record is. */
enum RawKind {
    CDR,
    CEL;

    /** @param label as records have it, null if missing */
    static Optional<RawKind> of(String label) {
        return switch (label == null ? "" : label) {
            case "cdr" -> Optional.of(CDR);
            case "cel" -> Optional.of(CEL);
            default -> Optional.empty();
        };
    }
}

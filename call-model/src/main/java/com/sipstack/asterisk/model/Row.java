package com.sipstack.asterisk.model;

/** A row that Asterisk wrote: a leg that ended or an event on a channel. */
public sealed interface Row permits Cdr, Cel {
    Provenance provenance();

    String uniqueid();

    String linkedid();

    /** When it happened (CEL) or its leg began (CDR): UTC microseconds since 1970, null if the PBX's text could not be read. */
    Long occurredAt();

    /**
     * The call that this row belongs to. A row without linkedid counts for the call of its uniqueid.
     *
     * @throws RowFormatException if it has neither
     */
    default CallKey callKey() {
        return new CallKey(provenance().pbx(), callOf(linkedid(), uniqueid()));
    }

    /**
     * The linkedid by which a row's call goes.
     *
     * @throws RowFormatException if it has neither
     */
    static String callOf(String linkedid, String uniqueid) {
        if (isPresent(linkedid)) {
            return linkedid;
        }
        if (isPresent(uniqueid)) {
            return uniqueid;
        }
        throw new RowFormatException("row has neither linkedid nor uniqueid");
    }

    private static boolean isPresent(String text) {
        return text != null && !text.isBlank();
    }
}

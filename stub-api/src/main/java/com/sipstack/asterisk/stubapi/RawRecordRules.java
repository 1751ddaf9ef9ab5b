package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.ValueRule.anything;
import static com.sipstack.asterisk.stubapi.ValueRule.arrayOf;
import static com.sipstack.asterisk.stubapi.ValueRule.oneOf;
import static com.sipstack.asterisk.stubapi.ValueRule.time;

import com.fasterxml.jackson.databind.JsonNode;

/** The contract's rules for a batch of raw records, in both its shapes. */
final class RawRecordRules {
    private static final ObjectRules CDR = ObjectRules.builder()
            .optional(anything(), "src", "dst", "src_number", "dst_number", "call_id", "duration", "billsec")
            .optional(anything(), "disposition", "channel", "dstchannel", "lastapp", "accountcode", "uniqueid")
            .optional(anything(), "linkedid", "sequence", "context", "dcontext", "src_name", "clid", "tenant")
            .optional(anything(), "host_id", "host_name", "host_ip", "queue_name", "agent_id")
            .optional(oneOf("inbound", "outbound", "internal"), "call_type", "direction")
            .optional(time(), "calldate", "started_at")
            .build();

    private static final ObjectRules CEL = ObjectRules.builder()
            .optional(anything(), "id", "eventtime", "eventtype", "cid_name", "cid_num", "cid_ani", "cid_rdnis")
            .optional(anything(), "cid_dnid", "exten", "context", "channame", "appname", "appdata", "accountcode")
            .optional(anything(), "uniqueid", "linkedid", "peer", "userfield", "extra", "tenant")
            .build();

    private static final ObjectRules CDRS_AND_CELS = ObjectRules.builder()
            .required("cdrs", arrayOf(CDR))
            .required("cels", arrayOf(CEL))
            .build();

    private RawRecordRules() {}

    /** @throws ContractViolation for the first rule that the batch breaks */
    static void check(JsonNode batch) {
        if (batch.isArray()) {
            arrayOf(CDR).check("cdrs", batch);
        } else {
            CDRS_AND_CELS.check("", batch);
        }
    }

    /** How many records a batch that keeps the rules holds. */
    static int count(JsonNode batch) {
        return batch.isArray()
                ? batch.size()
                : batch.get("cdrs").size() + batch.get("cels").size();
    }
}

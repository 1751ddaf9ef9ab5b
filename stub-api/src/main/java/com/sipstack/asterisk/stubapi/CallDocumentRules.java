package com.sipstack.asterisk.stubapi;

import static com.sipstack.asterisk.stubapi.ValueRule.arrayOf;
import static com.sipstack.asterisk.stubapi.ValueRule.atLeast;
import static com.sipstack.asterisk.stubapi.ValueRule.bool;
import static com.sipstack.asterisk.stubapi.ValueRule.digits;
import static com.sipstack.asterisk.stubapi.ValueRule.integer;
import static com.sipstack.asterisk.stubapi.ValueRule.nonEmptyText;
import static com.sipstack.asterisk.stubapi.ValueRule.oneOf;
import static com.sipstack.asterisk.stubapi.ValueRule.text;
import static com.sipstack.asterisk.stubapi.ValueRule.time;

import com.fasterxml.jackson.databind.JsonNode;

/** The contract's rules for a call document: each field's own, and those across fields. */
final class CallDocumentRules {
    private static final String COMPLETE = "complete";

    private static final ObjectRules THREAD_ENTRY = ObjectRules.builder()
            .required("time", time())
            .required(
                    "event",
                    oneOf(
                            "CDR",
                            "CHAN_START",
                            "ANSWER",
                            "BRIDGE_ENTER",
                            "BRIDGE_EXIT",
                            "BLINDTRANSFER",
                            "ATTENDEDTRANSFER",
                            "HANGUP",
                            "LINKEDID_END"))
            .optional(text(), "src", "dst", "disposition", "channel", "dstchannel", "uniqueid")
            .optional(text(), "exten", "context", "peer", "transferee")
            .optional(atLeast(0), "duration", "billsec")
            .build();

    private static final ObjectRules RECORDING_FILE = ObjectRules.builder()
            .required("filename", nonEmptyText())
            .optional(text(), "file_path", "source")
            .optional(atLeast(0), "file_size")
            .optional(time(), "started_at")
            .build();

    private static final ObjectRules RAW_ROW = ObjectRules.builder().build();

    private static final ObjectRules DOCUMENT = ObjectRules.builder()
            .required("connector", oneOf("asterisk"))
            .required("hostname", nonEmptyText())
            .required("linkedid", nonEmptyText())
            .required("is_complete", bool())
            .required("ship_phase", oneOf("initial", "update", COMPLETE))
            .required("shipped_at", time())
            .required("call_time", time())
            .required("call_threads", arrayOf(THREAD_ENTRY))
            .required("call_threads_count", atLeast(0))
            .optional(integer(), "customer_id")
            .optional(atLeast(0), "duration_seconds")
            .optional(atLeast(1), "revision")
            .optional(oneOf("i", "o", "x"), "direction")
            .optional(digits(), "src_number", "dst_number")
            .optional(text(), "connector_version", "tenant", "disposition")
            .optional(text(), "src_extension", "dst_extension", "src_name", "dst_name")
            .optional(text(), "src_extension_name", "dst_extension_name")
            .optional(arrayOf(RECORDING_FILE), "recording_files")
            .optional(arrayOf(RAW_ROW), "raw_cdrs", "raw_cels")
            .build();

    private CallDocumentRules() {}

    /** @throws ContractViolation for the first rule that the document breaks */
    static void check(JsonNode document) {
        DOCUMENT.check("", document);
        checkThreadsCount(document);
        checkCompleteness(document);
    }

    private static void checkThreadsCount(JsonNode document) {
        JsonNode count = document.get("call_threads_count");
        int length = document.get("call_threads").size();
        if (count.longValue() != length) {
            throw ContractViolation.ofValue("call_threads_count", count, "is not call_threads' length " + length);
        }
    }

    private static void checkCompleteness(JsonNode document) {
        JsonNode isComplete = document.get("is_complete");
        String phase = document.get("ship_phase").textValue();
        if (isComplete.booleanValue() != phase.equals(COMPLETE)) {
            throw ContractViolation.ofValue("is_complete", isComplete, "does not agree with ship_phase " + phase);
        }
    }
}

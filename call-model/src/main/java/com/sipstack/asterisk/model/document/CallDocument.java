package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * What is known about a call, as it is sent.
 *
 * @param phase null while the content is not yet a document of its own
 * @param analysis how the direction was found: call_type and the like, and the reasons; null if there is nothing to say
 * @param custom columns of the PBX's own, by name
 */
public record CallDocument(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Phase phase,
        @JsonUnwrapped Timing timing,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped Parties parties,
        @JsonUnwrapped Story story,
        @JsonUnwrapped Relations relations,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RecordingFile> recordingFiles,
        Analysis analysis,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> custom,
        Completeness completeness,
        @JsonUnwrapped Journal journal,
        @JsonUnwrapped RawRecords rawRecords) {
    /** The same content as another document of the call. */
    public CallDocument at(Phase other) {
        return new CallDocument(
                identity,
                other,
                timing,
                outcome,
                parties,
                story,
                relations,
                recordingFiles,
                analysis,
                custom,
                completeness,
                journal,
                rawRecords);
    }

    /** The same call with its rows. */
    public CallDocument with(RawRecords records) {
        return new CallDocument(
                identity,
                phase,
                timing,
                outcome,
                parties,
                story,
                relations,
                recordingFiles,
                analysis,
                custom,
                completeness,
                journal,
                records);
    }

    /**
     * Whose call it is.
     *
     * @param customerId from configuration; null if not configured
     * @param tenant detected, else configured, else empty; never null
     * @param hostname the PBX's host name as SIPSTACK knows it
     */
    public record Identity(
            String connector,
            String connectorVersion,
            Integer customerId,
            String tenant,
            String hostname,
            String pbx,
            String linkedid) {}

    /** @param revision counts this call's documents from 1 */
    public record Phase(int revision, ShipPhase shipPhase, boolean isComplete) {
        public static Phase of(int revision, ShipPhase phase) {
            return new Phase(revision, phase, phase == ShipPhase.COMPLETE);
        }
    }

    /** Other calls that channels of this one belonged to. {@code mergedInto} names the call that tells this one's story, if another does. */
    public record Relations(
            String mergedInto,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> relatedLinkedids) {}

    /**
     * How a call was understood, in the words of the connectors before this one.
     *
     * @param callType inbound, outbound or internal
     * @param srcType extension, external, international, anonymous or system
     * @param dstType extension, external, international, voicemail, conference, queue, parking or ivr
     * @param transferType the first transfer's kind; null if there was none
     * @param originatedInternally whether somebody or something inside wanted the call
     * @param reasons why, for a person
     */
    public record Analysis(
            String callType,
            String srcType,
            String dstType,
            String transferType,
            boolean queueInvolved,
            boolean ivrInvolved,
            boolean originatedInternally,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reasons) {}

    /**
     * What the document was made of.
     *
     * @param gaps whether rows were lost before they reached us
     */
    public record Completeness(boolean cel, boolean cdr, boolean gaps) {}

    /** @param state {@code expected}, {@code found} or {@code uploaded} */
    public record RecordingFile(String filename, String filePath, Long fileSize, String source, String state) {}
}

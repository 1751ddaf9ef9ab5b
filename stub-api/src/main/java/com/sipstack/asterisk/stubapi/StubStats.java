package com.sipstack.asterisk.stubapi;

/**
 * The stub's counters since its start or its last reset.
 *
 * @param requests requests to the API, whatever became of them
 * @param http2Requests those of them that came by HTTP/2
 * @param accepted requests that the contract allows and the API took, their answer lost or not
 * @param refused requests that the contract forbids
 * @param documents call documents that were accepted, repeats too
 * @param calls calls that a first document was accepted of; one that was forgotten and comes again counts again
 * @param duplicates documents that were {@link ArrivalOrder#DUPLICATE}
 * @param outOfOrder documents that were {@link ArrivalOrder#OUT_OF_ORDER}
 * @param conflicts documents that were {@link ArrivalOrder#CONFLICT}
 * @param rawRecords CDRs and CEL events that were accepted
 * @param uploads recordings and voicemails that were accepted
 * @param faultsInjected faults that were done to requests; two to one request count twice
 */
public record StubStats(
        long requests,
        long http2Requests,
        long accepted,
        long refused,
        long documents,
        long calls,
        long duplicates,
        long outOfOrder,
        long conflicts,
        long rawRecords,
        long uploads,
        long faultsInjected) {}

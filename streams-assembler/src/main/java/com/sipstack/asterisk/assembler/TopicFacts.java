package com.sipstack.asterisk.assembler;

/**
 * What the topology must know of its topics.
 *
 * @param partitions how many each topic of rows has
 * @param largestDocument bytes of the largest record that the topic of documents takes
 * @param largestLetter bytes of the largest record that the dead-letter topic takes
 */
record TopicFacts(int partitions, int largestDocument, int largestLetter) {
    /** One partition, and no limit but the producer's. */
    static TopicFacts single(int largestRecord) {
        return new TopicFacts(1, largestRecord, largestRecord);
    }
}

package com.sipstack.asterisk.model;

/**
 * Where a recording's audio lies in {@link Topics#audio()}: between two offsets of one partition, in chunks with the header
 * {@link #ID_HEADER}, other recordings' chunks in between. Every part is null where the audio does not travel through Kafka.
 *
 * @param audioId the header's value on this recording's chunks
 * @param audioTopic the topic as the producer wrote it
 * @param audioFirst offset of the first chunk
 * @param audioLast offset of the last chunk
 * @param audioChunks how many chunks there are
 */
public record AudioLocation(
        String audioId,
        String audioTopic,
        Integer audioPartition,
        Long audioFirst,
        Long audioLast,
        Integer audioChunks) {
    /** Header of a chunk: to which recording it belongs. */
    public static final String ID_HEADER = "sipstack.audio";
    /** Header of a chunk: its number, from 0, as text. */
    public static final String CHUNK_HEADER = "sipstack.chunk";

    /** Of a recording that is read from a path that the sink sees. */
    public static final AudioLocation NONE = new AudioLocation(null, null, null, null, null, null);

    /** Whether the audio travels through Kafka. */
    public boolean isGiven() {
        return audioId != null;
    }
}

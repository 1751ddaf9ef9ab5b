package com.sipstack.asterisk.source.recording;

/** How the audio gets to the sink. */
enum Transport {
    /** The sink opens the file itself. */
    REFERENCE,
    /** Through Kafka, in pieces. */
    CHUNKS
}

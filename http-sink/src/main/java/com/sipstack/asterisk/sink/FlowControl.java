package com.sipstack.asterisk.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops reading while too many documents wait, until half of them are gone. For the task's thread. */
final class FlowControl {
    private static final Logger LOG = LoggerFactory.getLogger(FlowControl.class);
    private static final long TICK_MS = 100;

    private final SinkTaskContext context;
    private final int mostDocuments;
    private final long mostBytes;
    private boolean paused;

    FlowControl(SinkTaskContext context, int mostDocuments, long mostBytes) {
        this.context = context;
        this.mostDocuments = mostDocuments;
        this.mostBytes = mostBytes;
    }

    /**
     * @param documents how many are in memory
     * @param bytes how many they take
     */
    void regulate(int documents, long bytes) {
        if (paused && documents <= mostDocuments / 2 && bytes <= mostBytes / 2) {
            resume();
        } else if (paused || documents >= mostDocuments || bytes >= mostBytes) {
            pause();
        }
        if (paused || documents > 0) {
            // Connect calls again only when there are records: what happens to those in memory must not wait for that
            context.timeout(TICK_MS);
        }
    }

    /** Again on every tick: partitions that were assigned in the meantime are not paused yet. */
    private void pause() {
        LOG.debug("Reading is paused");
        paused = true;
        context.pause(assignment());
    }

    private void resume() {
        LOG.debug("Reading goes on");
        paused = false;
        context.resume(assignment());
    }

    private TopicPartition[] assignment() {
        return context.assignment().toArray(TopicPartition[]::new);
    }
}

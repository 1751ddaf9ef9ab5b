package com.sipstack.asterisk.assembler;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** What runs in the same process as the assembler, and is asked for by the same server. Called by any thread. */
public interface Companions {
    /** An assembler that is alone. */
    Companions NONE = new Companions() {
        @Override
        public List<String> whyNotReady() {
            return List.of();
        }

        @Override
        public MetricSnapshots withTheirs(MetricSnapshots assembler) {
            return assembler;
        }
    };

    /** Why they do not work, a line for each reason; empty if they do. */
    List<String> whyNotReady();

    /** The assembler's metrics, and theirs beside them. */
    MetricSnapshots withTheirs(MetricSnapshots assembler);
}

package com.sipstack.asterisk.source.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PBXs of a task whose reading broke by an exception that nobody foresaw, ours or a library's. The task's other PBXs are read on, and
 * each broken one is tried again after a while. Once all are broken, the task fails. Thread-safe.
 */
public final class BrokenPbxs {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenPbxs.class);
    private static final Duration REST = Duration.ofSeconds(30);

    private final int all;
    private final RecordQueue queue;
    /** By what, by PBX. */
    private final Map<String, String> faults = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param all how many PBXs the task has
     */
    public BrokenPbxs(int all, RecordQueue queue) {
        this.all = all;
        this.queue = queue;
    }

    /**
     * Takes a PBX for broken.
     *
     * @return how long to wait before it is tried again
     */
    public Duration add(String pbx, RuntimeException fault) {
        String words = fault.toString();
        if (!words.equals(faults.put(pbx, words))) {
            LOG.error(
                    "PBX {}: reading it broke, {}; it is tried every {} seconds, and the task's other PBXs are read on",
                    pbx,
                    words,
                    REST.toSeconds(),
                    fault);
        }
        if (faults.size() == all) {
            queue.fail(fault);
        }
        return REST;
    }

    /** A PBX did not break when it was last tried. */
    public void remove(String pbx) {
        faults.remove(pbx);
    }
}

package com.sipstack.asterisk.assembler.console;

import com.sipstack.asterisk.model.CallKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that are kept up to date. Telling them of a change costs the teller nothing but a note. Safe for any thread. */
final class Viewers {
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final int most;

    Viewers(int most) {
        this.most = most;
    }

    /** Whether there was room for one more. */
    synchronized boolean add(Viewer viewer) {
        return viewers.size() < most && viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    void changed(CallKey call) {
        viewers.forEach(viewer -> viewer.changed(call));
    }

    int count() {
        return viewers.size();
    }
}

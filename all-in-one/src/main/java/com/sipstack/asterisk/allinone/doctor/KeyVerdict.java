package com.sipstack.asterisk.allinone.doctor;

import java.io.IOException;

/** What the API says to a key, found out without shipping anything. */
enum KeyVerdict {
    ACCEPTED,
    REFUSED,
    UNKNOWN;

    /**
     * An API that looks at keys before it says how it is has told already. Of another one we ask by a batch of raw records that holds no
     * record: what is refused there for another reason than its key was let in with its key.
     *
     * @param health what it said of its health to somebody with this key
     */
    static KeyVerdict of(ApiProbe probe, int health) throws IOException {
        if (isRefusal(health)) {
            return REFUSED;
        } else if (isRefusal(probe.health(false))) {
            return ACCEPTED;
        }
        int status = probe.emptyBatch();
        if (isRefusal(status)) {
            return REFUSED;
        }
        boolean isAboutTheBatch = status < 300 || status == 400 || status == 413 || status == 415 || status == 422;
        return isAboutTheBatch ? ACCEPTED : UNKNOWN;
    }

    private static boolean isRefusal(int status) {
        return status == 401 || status == 403;
    }
}

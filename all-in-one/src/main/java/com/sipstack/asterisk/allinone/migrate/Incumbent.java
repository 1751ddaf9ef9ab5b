package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.Recordings;
import java.util.HashMap;
import java.util.Map;

/** The earlier connectors, which share names of variables but not what these mean. */
enum Incumbent {
    /** Reads tables. Leaves recordings where they are. */
    DATABASE("the database connector"),
    /** Listens to the manager interface. Moves recordings to {@code .processed}. */
    AMI("the AMI connector");

    private static final String RAW_MODE = "CDR_MODE";
    private static final String RECORDINGS = "RECORDING_PATHS";
    private static final String BATCH = "CDR_BATCH_SIZE";

    private final String title;

    Incumbent(String title) {
        this.title = title;
    }

    static Incumbent of(Map<String, String> variables) {
        return isSet(variables, "DB_TYPE") || isSet(variables, "CEL_MODE") ? DATABASE : AMI;
    }

    String title() {
        return title;
    }

    /** The same wishes, in variables that {@code sipstack run} understands. */
    Map<String, String> inOurWords(Map<String, String> variables) {
        Map<String, String> ours = new HashMap<>(variables);
        if (this == AMI) {
            // It ships raw records unless told otherwise; its batch is one of requests, the other's one of a query
            if (!isSet(ours, RAW_MODE)) {
                ours.put(RAW_MODE, "batch");
            }
            if (isSet(ours, BATCH)) {
                ours.put("RAW_BATCH_SIZE", ours.remove(BATCH));
            }
        }
        if (!isSet(ours, RECORDINGS) && !isSet(ours, "RECORDING_WATCH_PATHS")) {
            ours.put(RECORDINGS, Recordings.USUAL_FOLDER.toString()); // whether it is there does not show from here
        }
        return ours;
    }

    private static boolean isSet(Map<String, String> variables, String name) {
        return !variables.getOrDefault(name, "").isBlank();
    }
}

package com.sipstack.asterisk.allinone.doctor;

import java.util.Locale;

/** What is looked at, in the order in which a call passes it. */
enum Area {
    SETTINGS("Settings", "no .env here; --env-file names one"),
    ASTERISK("Asterisk, by its manager interface", "set AMI_HOST, or give --ami and --ami-user"),
    CEL(
            "Channel events (cel.conf)",
            "set AMI_HOST, or give --ami and --ami-user; many events in a table or file tell of it, too"),
    DATABASE("Database", "set DB_TYPE and the other DB_ settings"),
    CSV("CSV files", "set CEL_CSV_PATH or CDR_CSV_PATH"),
    RECORDINGS("Recordings", "set RECORDING_PATHS"),
    KAFKA("Kafka", "give --bootstrap-servers, or start sipstack run"),
    CONNECT("Kafka Connect", "give --connect, or start sipstack run"),
    ASSEMBLER("Assembler", "give --assembler"),
    SIPSTACK("SIPSTACK", "set API_KEY");

    private final String title;
    private final String wanted;

    Area(String title, String wanted) {
        this.title = title;
        this.wanted = wanted;
    }

    String title() {
        return title;
    }

    /** What somebody has to do to have it looked at. */
    String wanted() {
        return wanted;
    }

    /** As programs read it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

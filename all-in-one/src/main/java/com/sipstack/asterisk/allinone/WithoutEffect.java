package com.sipstack.asterisk.allinone;

import java.util.Map;
import java.util.Optional;

/** Variables of the earlier connectors that no part of a call's way reads, wherever it runs, and why. */
public final class WithoutEffect {
    private static final String NO_CACHE = "nothing is cached: calls are understood in microseconds";
    private static final String VOICEMAIL =
            "give it to sipstack mailcmd, in the environment that Asterisk starts it in";
    private static final String NO_CAP = "offsets remember what was read and a backlog is read to its end;"
            + " MAX_ROWS_PER_SECOND (max.rows.per.second) bounds the load on the database";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("MAX_RECORDS_PER_POLL", NO_CAP),
            Map.entry("CDR_LOOKBACK_MINUTES", NO_CAP),
            Map.entry("ASTERISK_ENABLE_CACHE", NO_CACHE),
            Map.entry("ASTERISK_CACHE_TTL", NO_CACHE),
            Map.entry("CDR_MAX_MEMORY_FILE_SIZE", "recordings are streamed, whatever their size"),
            Map.entry("SK_KEY", VOICEMAIL),
            Map.entry("SENDMAIL_CMD", VOICEMAIL),
            Map.entry(
                    "TEMP_DIR",
                    "nothing is written to temporary files; sipstack mailcmd keeps mails there that the mail system refuses"),
            Map.entry("DEBUG", VOICEMAIL));

    private WithoutEffect() {}

    /** Empty if the variable may have an effect. */
    public static Optional<String> reason(String variable) {
        return variable.startsWith("VOICEMAIL_") ? Optional.of(VOICEMAIL) : Optional.ofNullable(REASONS.get(variable));
    }
}

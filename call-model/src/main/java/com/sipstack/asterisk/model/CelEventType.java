package com.sipstack.asterisk.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asterisk's channel events. The numbers are those of {@code enum ast_cel_event_type} of Asterisk 12 and later, which cel_odbc
 * writes into an INT column; the list in cel_odbc.conf.sample is that of Asterisk 11 and wrong for every current version.
 */
public enum CelEventType {
    CHAN_START(1),
    CHAN_END(2),
    HANGUP(3),
    ANSWER(4),
    APP_START(5),
    APP_END(6),
    BRIDGE_ENTER(7),
    BRIDGE_EXIT(8),
    PARK_START(9),
    PARK_END(10),
    BLINDTRANSFER(11),
    ATTENDEDTRANSFER(12),
    /** An event of the dialplan's own. Without {@code show_user_defined} its eventtype is whatever word the dialplan chose. */
    USER_DEFINED(13),
    LINKEDID_END(14),
    PICKUP(15),
    FORWARD(16),
    LOCAL_OPTIMIZE(17),
    LOCAL_OPTIMIZE_BEGIN(18),
    STREAM_BEGIN(19),
    STREAM_END(20),
    DTMF(21);

    private static final Map<String, CelEventType> BY_NAME_AND_NUMBER = byNameAndNumber();

    private final int number;

    CelEventType(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** Never null: a word that is no name of ours is a user event's own name, and so is no word at all. */
    public static CelEventType of(String eventtype) {
        if (eventtype == null) {
            return USER_DEFINED;
        }
        CelEventType asWritten = BY_NAME_AND_NUMBER.get(eventtype);
        return asWritten != null
                ? asWritten
                : BY_NAME_AND_NUMBER.getOrDefault(eventtype.strip().toUpperCase(Locale.ROOT), USER_DEFINED);
    }

    private static Map<String, CelEventType> byNameAndNumber() {
        Map<String, CelEventType> types =
                Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));
        for (CelEventType type : values()) {
            types.put(Integer.toString(type.number), type);
        }
        return types;
    }
}

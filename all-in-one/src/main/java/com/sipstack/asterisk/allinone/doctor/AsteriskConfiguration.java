package com.sipstack.asterisk.allinone.doctor;

/** Pieces of Asterisk's configuration files, as they should be. */
final class AsteriskConfiguration {
    /** DTMF is left out: its digits are what callers type, secrets among them. */
    static final String CEL = """
            ; /etc/asterisk/cel.conf
            [general]
            enable = yes
            dateformat = %F %T.%6q
            apps = all
            events = CHAN_START,CHAN_END,HANGUP,ANSWER,APP_START,APP_END,BRIDGE_ENTER,BRIDGE_EXIT,PARK_START,PARK_END,BLINDTRANSFER,ATTENDEDTRANSFER,PICKUP,FORWARD,LOCAL_OPTIMIZE,USER_DEFINED,LINKEDID_END
            ; then: asterisk -rx "module reload cel"
            """;

    static final String CEL_MANAGER = """
            ; /etc/asterisk/cel.conf, besides [general]
            [manager]
            enabled = yes
            ; then: asterisk -rx "module load cel_manager.so" or "module reload cel_manager.so"
            """;

    static final String CEL_CUSTOM = """
            ; /etc/asterisk/cel_custom.conf
            [mappings]
            Master.csv => ${CSV_QUOTE(${eventtype})},${CSV_QUOTE(${eventtime})},${CSV_QUOTE(${CALLERID(name)})},${CSV_QUOTE(${CALLERID(num)})},${CSV_QUOTE(${CALLERID(ANI)})},${CSV_QUOTE(${CALLERID(RDNIS)})},${CSV_QUOTE(${CALLERID(DNID)})},${CSV_QUOTE(${CHANNEL(exten)})},${CSV_QUOTE(${CHANNEL(context)})},${CSV_QUOTE(${CHANNEL(channame)})},${CSV_QUOTE(${CHANNEL(appname)})},${CSV_QUOTE(${CHANNEL(appdata)})},${CSV_QUOTE(${CHANNEL(amaflags)})},${CSV_QUOTE(${CHANNEL(accountcode)})},${CSV_QUOTE(${CHANNEL(uniqueid)})},${CSV_QUOTE(${CHANNEL(linkedid)})},${CSV_QUOTE(${BRIDGEPEER})},${CSV_QUOTE(${userdeftype})},${CSV_QUOTE(${eventextra})}
            ; then: asterisk -rx "module reload cel_custom.so"
            """;

    static final String CDR_MANAGER = """
            ; /etc/asterisk/cdr_manager.conf
            [general]
            enabled = yes
            [mappings]
            linkedid => LinkedID
            sequence => Sequence
            ; then: asterisk -rx "module unload cdr_manager.so" and asterisk -rx "module load cdr_manager.so"
            """;

    static final String CDR = """
            ; /etc/asterisk/cdr.conf
            [general]
            enable = yes
            batch = no
            ; then: asterisk -rx "module reload cdr"
            """;

    private AsteriskConfiguration() {}

    /** @param user of the manager interface */
    static String manager(String user) {
        return """
                ; /etc/asterisk/manager.conf
                [general]
                enabled = yes
                port = 5038
                bindaddr = 0.0.0.0
                [%s]
                secret = …
                deny = 0.0.0.0/0.0.0.0
                permit = <the address that sipstack comes from>/255.255.255.255
                read = call,cdr
                write = command
                ; then: asterisk -rx "manager reload"
                """.formatted(user);
    }
}

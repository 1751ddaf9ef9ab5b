package com.sipstack.asterisk.source.ami;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a PBX says about itself where the user may give commands: which events the user gets, and whether they are switched on.
 * Asterisk tells nobody else; there, only the events themselves show it.
 */
final class AmiPrivileges {
    private static final String READ_PERMISSION = "read perm:";
    /** What Asterisk's cli.c says of what is not registered yet. */
    private static final String UNKNOWN_COMMAND = "No such command";
    /** As Asterisk's cdr_manager.c and cel_manager.c name themselves. */
    private static final String CDR_BACKEND = "cdr_manager";

    private static final String CEL_BACKEND = "CEL Event Subscriber: Manager Event Logging";

    private final AmiPbx pbx;

    AmiPrivileges(AmiPbx pbx) {
        this.pbx = pbx;
    }

    /**
     * @throws AmiRefusal if something is missing; says what to change
     * @throws IOException if the connection fails
     */
    void check(AmiConnection connection) throws IOException {
        Optional<List<String>> user =
                connection.command("manager show user " + pbx.login().user());
        if (user.isEmpty()) {
            return;
        }
        checkReads(user.get());
        requireBooted(connection);
        if (pbx.takes(AmiSettings.CDR)) {
            checkCdr(connection.command("cdr show status").orElse(List.of()));
        }
        if (pbx.takes(AmiSettings.CEL)) {
            checkCel(connection.command("cel show status").orElse(List.of()));
        }
    }

    /** An Asterisk that is starting lets users in before its modules are there, and the command waits for them. */
    private static void requireBooted(AmiConnection connection) throws IOException {
        List<String> answer = connection.command("core waitfullybooted").orElse(List.of());
        if (answer.stream().anyMatch(line -> line.contains(UNKNOWN_COMMAND))) {
            throw new IOException("the PBX is still starting");
        }
    }

    private void checkReads(List<String> lines) throws AmiRefusal {
        Optional<String> reads = lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(READ_PERMISSION))
                .findFirst();
        if (reads.isEmpty()) {
            return;
        }
        Set<String> classes = Arrays.stream(
                        reads.get().substring(READ_PERMISSION.length()).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        for (String needed : pbx.classes()) {
            if (!classes.contains(needed) && !classes.contains("all")) {
                throw missing(needed, needed.equals("cdr") ? "CDRs" : "CEL events");
            }
        }
    }

    private AmiRefusal missing(String privilege, String what) {
        return new AmiRefusal(
                AmiSettings.USER,
                "the user " + pbx.login().user() + " may not read class " + privilege + " and would get no " + what
                        + ": set read = " + String.join(",", pbx.classes()) + " in manager.conf");
    }

    private static void checkCdr(List<String> lines) throws AmiRefusal {
        Optional<String> backend =
                lines.stream().filter(line -> line.contains(CDR_BACKEND)).findFirst();
        if (!lines.isEmpty() && backend.isEmpty()) {
            throw new AmiRefusal(
                    AmiSettings.EVENTS,
                    "the PBX sends no CDRs here: set enabled = yes in cdr_manager.conf, and enable = yes in cdr.conf");
        }
        if (backend.filter(line -> line.contains("suspended")).isPresent()) {
            throw new AmiRefusal(
                    AmiSettings.EVENTS,
                    "the PBX's cdr_manager is suspended: module reload cdr_manager.so makes it go on");
        }
    }

    private static void checkCel(List<String> lines) throws AmiRefusal {
        if (!lines.isEmpty() && lines.stream().noneMatch(line -> line.contains(CEL_BACKEND))) {
            throw new AmiRefusal(
                    AmiSettings.EVENTS,
                    "the PBX sends no CEL events here: set enable = yes under [general] and enabled = yes under [manager] in"
                            + " cel.conf");
        }
    }
}

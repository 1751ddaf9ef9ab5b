package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A stretch of a channel's way through the dialplan: one application at one extension. Text is never null, empty where no row
 * tells. Times are UTC microseconds of the first and last row of it, null while unknown.
 */
record Step(String context, String exten, String app, String data, Long from, Long until) {
    /** Extensions that Asterisk itself jumps to; nobody dials them. */
    private static final Set<String> STANDARD_EXTENSIONS = Set.of("", "s", "i", "t", "h", "T", "o", "a", "e");

    static Step of(Cel cel) {
        return new Step(
                text(cel.context()),
                text(cel.exten()),
                text(cel.appname()),
                text(cel.appdata()),
                cel.eventTime(),
                cel.eventTime());
    }

    /** A leg's last application is the one that it was in for nearly all of its time. */
    static Step of(Cdr cdr) {
        return new Step(
                text(cdr.dcontext()),
                text(cdr.dst()),
                text(cdr.lastapp()),
                text(cdr.lastdata()),
                cdr.startTime(),
                Cdrs.endedAt(cdr));
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    boolean runs(String application) {
        return app.equalsIgnoreCase(application);
    }

    boolean runsSame(Step other) {
        return app.equalsIgnoreCase(other.app) && data.equals(other.data);
    }

    boolean standsWhere(Step other) {
        return exten.equals(other.exten) && context.equals(other.context);
    }

    boolean isSameAs(Step other) {
        return standsWhere(other) && runsSame(other);
    }

    Step until(Step later) {
        return new Step(
                context, exten, app, data, from == null ? later.from : from, later.until == null ? until : later.until);
    }

    /** Whether the extension is one that somebody asked for, be it a caller or a menu's key. */
    boolean isChosen() {
        return !STANDARD_EXTENSIONS.contains(exten) && !isSubroutine();
    }

    /** Macros and Gosub routines of FreePBX and its kind: a detour, not a place that a call goes to. */
    boolean isSubroutine() {
        return context.startsWith("sub-") || context.startsWith("macro-");
    }

    /** The application's arguments: {@code Queue(support,tT,,,60)} has five. */
    List<String> arguments() {
        return List.of(data.split(",", -1));
    }

    /** Empty if there are not so many. */
    String argument(int index) {
        List<String> arguments = arguments();
        return index < arguments.size() ? arguments.get(index).strip() : "";
    }

    boolean covers(long time) {
        return from != null && until != null && from <= time && time <= until;
    }

    /** Whether it began at that time or later; false while unknown. */
    boolean beganSince(long time) {
        return Objects.requireNonNullElse(from, Long.MIN_VALUE) >= time;
    }
}

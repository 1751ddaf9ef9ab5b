package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.assembler.dlq.TerminalText;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes what one check finds. In texts, where servers are quoted, neither secrets nor control characters get past it; remedies are our own
 * words. Thread safe: a check that hangs is read meanwhile.
 */
final class Findings {
    private final Area area;
    private final Secrets secrets;
    private final Collection<Finding> found;

    Findings(Area area, Secrets secrets) {
        this(area, secrets, new ConcurrentLinkedQueue<>());
    }

    private Findings(Area area, Secrets secrets, Collection<Finding> found) {
        this.area = area;
        this.secrets = secrets;
        this.found = found;
    }

    /** For what a check learns about another area than its own. */
    Findings in(Area other) {
        return new Findings(other, secrets, found);
    }

    void ok(String text) {
        add(Severity.OK, text, "");
    }

    void note(String text, String remedy) {
        add(Severity.NOTE, text, remedy);
    }

    void warning(String text, String remedy) {
        add(Severity.WARNING, text, remedy);
    }

    void error(String text, String remedy) {
        add(Severity.ERROR, text, remedy);
    }

    void add(Severity severity, String text, String remedy) {
        found.add(new Finding(severity, area, TerminalText.of(secrets.hide(text)), remedy));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}

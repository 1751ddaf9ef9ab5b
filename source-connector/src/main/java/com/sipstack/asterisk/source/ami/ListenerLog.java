package com.sipstack.asterisk.source.ami;

import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how it stands with a PBX, when it changes, and what its configuration lacks, once. */
final class ListenerLog {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerLog.class);
    /** A call writes its first events before its CDR: so many CDRs without one are no chance. */
    private static final int CDRS_WITHOUT_CEL = 5;

    private final AmiPbx pbx;
    private String lastFault = "";
    private int failures;
    private int cdrs;
    private boolean hasCel;
    private boolean hasToldOfLinkedid;

    ListenerLog(AmiPbx pbx) {
        this.pbx = pbx;
    }

    synchronized void listens() {
        if (failures > 0) {
            LOG.info("PBX {}: {} is heard again, after {} attempts", pbx.pbx(), place(), failures);
        } else {
            LOG.info("PBX {}: {} is heard", pbx.pbx(), place());
        }
        failures = 0;
        lastFault = "";
    }

    synchronized void fails(Exception fault) {
        failures++;
        String words = String.valueOf(fault.getMessage());
        if (!words.equals(lastFault)) {
            LOG.warn("PBX {}: {} is not heard, and is tried until it is: {}", pbx.pbx(), place(), words);
            lastFault = words;
        }
    }

    synchronized void refuses(AmiRefusal refusal) {
        failures++;
        LOG.error("PBX {}: {} does not let us listen: {}", pbx.pbx(), place(), refusal.getMessage());
    }

    void pingFails(Exception fault) {
        LOG.debug("PBX {}: ping failed", pbx.pbx(), fault);
    }

    /** What rows tell about the PBX's configuration. */
    synchronized void watch(AmiEvent event) {
        if (event.name().equals(AmiEvent.CEL)) {
            hasCel = true;
        } else if (event.name().equals(AmiEvent.CDR)) {
            watchCdr(event);
        }
    }

    private void watchCdr(AmiEvent cdr) {
        cdrs++;
        if (cdrs == CDRS_WITHOUT_CEL && !hasCel && pbx.takes(AmiSettings.CEL)) {
            LOG.error(
                    "PBX {}: CDRs come, but no CEL event: the user {} needs read = call,cdr in manager.conf, and cel.conf"
                            + " needs [manager] enabled = yes",
                    pbx.pbx(),
                    pbx.login().user());
        }
        if (!hasToldOfLinkedid && !hasLinkedid(cdr.headers())) {
            hasToldOfLinkedid = true;
            LOG.warn(
                    "PBX {}: CDRs come without linkedid, so that calls of several legs may come apart: add linkedid => LinkedID"
                            + " and sequence => Sequence under [mappings] in cdr_manager.conf",
                    pbx.pbx());
        }
    }

    private static boolean hasLinkedid(Map<String, String> headers) {
        return headers.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals("linkedid"));
    }

    private String place() {
        return pbx.login().place();
    }
}

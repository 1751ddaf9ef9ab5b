package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.fleet.Setting;
import java.io.IOException;

/** A PBX answered, and the answer was no: trying again mends nothing until somebody changes its configuration, or ours. */
final class AmiRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Setting setting;

    /** @param setting that the answer is about */
    AmiRefusal(Setting setting, String reason) {
        super(reason);
        this.setting = setting;
    }

    Setting setting() {
        return setting;
    }
}

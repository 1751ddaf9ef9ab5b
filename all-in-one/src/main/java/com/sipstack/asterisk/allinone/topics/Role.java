package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.model.Grant;
import com.sipstack.asterisk.model.Grants;
import java.util.List;

/** What a principal of ours does in a cluster. */
enum Role {
    SOURCE {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.source(prescription.topics());
        }
    },
    ASSEMBLER {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.assembler(prescription.topics(), prescription.applicationId());
        }
    },
    /** The assembler that serves the console, beside what it may as such. */
    CONSOLE {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.console(prescription.topics());
        }
    },
    SINKS {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.sinks(prescription.topics(), prescription.sinkConnectors());
        }
    },
    TOOLS {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.tools(prescription.topics());
        }
    },
    FORGET {
        @Override
        List<Grant> grants(Prescription prescription) {
            return Grants.forget(prescription.topics());
        }
    };

    abstract List<Grant> grants(Prescription prescription);
}

package com.sipstack.asterisk.allinone.migrate;

import java.util.Optional;

/**
 * What no {@code .env} tells of the cluster.
 *
 * @param bootstrapServers Kafka's
 * @param stateDirectory folder of a machine's own for what connectors and the assembler remember
 * @param secretsFile on the workers, for their file provider
 * @param pbx the PBX's name; empty: as the {@code .env} says
 * @param start from when on rows are read
 */
record Site(String bootstrapServers, String stateDirectory, String secretsFile, Optional<String> pbx, Start start) {
    /** How connectors refer to a secret. */
    String reference(String secret) {
        return "${file:" + secretsFile + ":" + secret + "}";
    }
}

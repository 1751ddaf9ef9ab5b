package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a person has to know or do for the switch-over that stands in no setting. */
final class Advice {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "host.docker.internal", "172.17.0.1");

    private final Migration migration;
    private final Map<String, String> variables;
    private final Site site;
    private final List<String> lines = new ArrayList<>();

    private Advice(Migration migration, Map<String, String> variables, Site site) {
        this.migration = migration;
        this.variables = variables;
        this.site = site;
    }

    static List<String> of(Migration migration, Map<String, String> variables, Site site) {
        Advice advice = new Advice(migration, variables, site);
        advice.tellSecrets();
        advice.tellStart();
        advice.tellNames();
        advice.tellAddresses("DB_HOST", Deployment.SOURCE);
        advice.tellAddresses("AMI_HOST", Deployment.MANAGER);
        advice.tellFiles();
        return List.copyOf(advice.lines);
    }

    private void tellSecrets() {
        lines.add("Secrets: put " + String.join(", ", migration.secrets().keySet()) + " as name=value into "
                + site.secretsFile()
                + " on each worker, readable for its user alone. The worker needs config.providers=file and "
                + "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider.");
    }

    private void tellStart() {
        if (has(Deployment.SOURCE) || has(Deployment.FILES)) {
            lines.add("Start: rows from " + site.start().from() + " on are read: "
                    + site.start().why() + ". A document that the old connector has shipped is"
                    + " replaced by ours: SIPSTACK knows a call by customer, host name and linkedid.");
        }
        if (has(Deployment.MANAGER)) {
            lines.add(
                    "Start: the manager interface repeats nothing. Start these connectors first and stop the old one after the longest"
                            + " call that goes on then; both may be logged in at once.");
        }
    }

    private void tellNames() {
        if (value("HOST_HOSTNAME").isEmpty()) {
            lines.add("Host name: HOST_HOSTNAME is not set, so documents say '" + migration.pbx()
                    + "'. If the old ones said something else, set pbxs." + migration.pbx()
                    + ".hostname of the assembler to that, or SIPSTACK takes calls of the switch-over for two.");
        }
        if (value("PBX").isEmpty() && site.pbx().isEmpty()) {
            lines.add("PBX: it is called '" + migration.pbx()
                    + "' here; --pbx gives it another name, which is then for ever.");
        }
    }

    private void tellAddresses(String variable, String connector) {
        String host = value(variable).orElse("localhost");
        if (has(connector) && HERE.contains(host)) {
            lines.add("Address: " + variable + " is '" + host
                    + "', which on a worker is the worker itself. Put the PBX's address into " + connector
                    + ".json unless the worker runs there.");
        }
    }

    private void tellFiles() {
        if (has(Deployment.FILES)) {
            lines.add("Files: the worker must see the files that " + Deployment.FILES + " reads, under the same path.");
        }
        value("ASTERISK_CONFIG_FILE")
                .ifPresent(file -> lines.add("Files: the assembler must see " + file + ", or it does not start."));
        if (has(Deployment.RECORDINGS)) {
            tellRecordings();
        }
    }

    private void tellRecordings() {
        lines.add("Recordings: the workers must see "
                + migration.connectors().get(Deployment.RECORDINGS).get("recording.paths")
                + " under the same path (or file.path.mapping says which). Files that the old connector has uploaded and left in place are"
                + " uploaded again if they are younger than max.age.ms. Without recordings, leave out "
                + Deployment.RECORDINGS + " and " + Deployment.RECORDING_SINK + ".");
    }

    private boolean has(String connector) {
        return migration.connectors().containsKey(connector);
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(variables.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }
}

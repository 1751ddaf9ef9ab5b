package com.sipstack.asterisk.allinone.migrate;

import com.sipstack.asterisk.allinone.Deployment;
import com.sipstack.asterisk.allinone.EnvSettings;
import com.sipstack.asterisk.allinone.SettingsException;
import com.sipstack.asterisk.assembler.AssemblerConfig;
import com.sipstack.asterisk.assembler.ConsoleConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What does in a cluster what an {@code .env} did.
 *
 * @param connectors settings by the connectors' names, what ships before what reads
 * @param assembler settings of the assembler
 * @param secrets values that stand in none of them, by the names under which the connectors refer to them
 */
record Migration(
        Incumbent incumbent,
        String pbx,
        Map<String, Map<String, String>> connectors,
        Map<String, String> assembler,
        Map<String, String> secrets) {
    /** Of one process with a broker of its own; in a cluster {@code sipstack topics} sees to it. */
    private static final List<String> OF_ONE_PROCESS = List.of(
            AssemblerConfig.TOPICS_CREATE,
            AssemblerConfig.TOPICS_PARTITIONS,
            AssemblerConfig.TOPICS_REPLICATION,
            // Whoever wants it there says on which of the cluster's machines
            ConsoleConfig.HOST,
            ConsoleConfig.PORT,
            ConsoleConfig.BASE_PATH,
            ConsoleConfig.HISTORY,
            ConsoleConfig.TOKEN,
            ConsoleConfig.REPLAY_TOKEN,
            ConsoleConfig.KEY_STORE,
            ConsoleConfig.KEY_STORE_PASSWORD,
            "errors.deadletterqueue.topic.replication.factor");

    /** What the names of the secrets begin with that a connector refers to. */
    private static final Map<String, String> SECRETS = Map.of(
            Deployment.SOURCE, "database.",
            Deployment.MANAGER, "ami.",
            Deployment.SINK, "api.",
            Deployment.RAW_SINK, "api.",
            Deployment.RECORDING_SINK, "api.");

    private static final String START_FROM = "START_FROM";

    /** @throws SettingsException if anything is missing or wrong; has a line for each fault */
    static Migration of(Map<String, String> variables, Site site) throws SettingsException {
        Incumbent incumbent = Incumbent.of(variables);
        Map<String, String> ours = incumbent.inOurWords(variables);
        site.pbx().ifPresent(pbx -> ours.put("PBX", pbx));
        ours.put(START_FROM, site.start().from().toString());
        EnvSettings env = new EnvSettings(ours);
        Deployment deployment = Deployment.of(env);
        Map<String, Map<String, String>> connectors = connectors(deployment, site);
        Map<String, String> assembler = assembler(deployment, site);
        env.requireNoFaults();
        return new Migration(incumbent, deployment.pbx(), connectors, assembler, deployment.secrets());
    }

    private static Map<String, Map<String, String>> connectors(Deployment deployment, Site site) {
        Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
        connectors.put(Deployment.SINK, deployment.sink());
        deployment.raw().ifPresent(raw -> connectors.put(Deployment.RAW_SINK, raw));
        deployment.recordings().ifPresent(found -> connectors.put(Deployment.RECORDING_SINK, found.sink()));
        connectors.put(Deployment.SOURCE, deployment.source());
        connectors.put(Deployment.FILES, deployment.files());
        connectors.put(Deployment.MANAGER, deployment.manager());
        deployment.recordings().ifPresent(found -> connectors.put(Deployment.RECORDINGS, found.source()));
        connectors.values().removeIf(Map::isEmpty);
        connectors.replaceAll((name, config) -> complete(name, config, deployment.secrets(), site));
        return connectors;
    }

    private static Map<String, String> complete(
            String name, Map<String, String> config, Map<String, String> secrets, Site site) {
        Map<String, String> complete = new TreeMap<>(config);
        OF_ONE_PROCESS.forEach(complete::remove);
        if (name.equals(Deployment.RECORDINGS) || name.equals(Deployment.RECORDING_SINK)) {
            complete.put("kafka.bootstrap.servers", site.bootstrapServers()); // of clients that are their own
        }
        if (name.equals(Deployment.RECORDINGS)) {
            complete.put("state.directory", site.stateDirectory() + "/recordings");
        }
        // The workers' own defaults may be others
        complete.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        if (complete.putIfAbsent("value.converter", "org.apache.kafka.connect.json.JsonConverter") == null) {
            complete.put("value.converter.schemas.enable", "false");
        }
        Optional.ofNullable(SECRETS.get(name))
                .ifPresent(family -> secrets.keySet().stream()
                        .filter(secret -> secret.startsWith(family))
                        .forEach(secret -> complete.put(secret, site.reference(secret))));
        return complete;
    }

    private static Map<String, String> assembler(Deployment deployment, Site site) {
        Map<String, String> config = new HashMap<>(deployment.assembler());
        OF_ONE_PROCESS.forEach(config::remove);
        config.put("bootstrap.servers", site.bootstrapServers());
        config.put("state.dir", site.stateDirectory() + "/assembler");
        return new TreeMap<>(config);
    }
}

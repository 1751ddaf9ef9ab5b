package com.sipstack.asterisk.benchmarks.endtoend;

import com.sipstack.asterisk.benchmarks.LinuxProcess;
import com.sipstack.asterisk.benchmarks.StubProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The all-in-one between its PBXs' tables and the API, and who watches it. */
record Way(AllInOne allInOne, Sampler sampler) implements AutoCloseable {
    private static final String API_KEY = "sk_0123456789abcdef0123456789abcdef";

    /** Starts it on empty tables. */
    static Way start(
            Path checkout,
            Path directory,
            Optional<String> javaOptions,
            int kafkaPort,
            int partitions,
            List<PbxDatabase> pbxs,
            StubProcess api)
            throws Exception {
        AllInOne allInOne =
                AllInOne.start(checkout, directory, javaOptions, kafkaPort, env(pbxs.get(0), partitions, api.uri()));
        if (pbxs.size() > 1) {
            allInOne.read(pbxs);
        }
        DatabaseProcesses database = new DatabaseProcesses(pbxs.get(0));
        Sampler sampler = new Sampler(allInOne.linux(), database::all, new LinuxProcess(api.pid()));
        sampler.start();
        return new Way(allInOne, sampler);
    }

    private static Map<String, String> env(PbxDatabase pbx, int partitions, URI api) {
        URI address = URI.create(pbx.jdbcUrl().substring("jdbc:".length()));
        return Map.ofEntries(
                Map.entry("API_KEY", API_KEY),
                Map.entry("API_URL", api.toString()),
                Map.entry("PBX", pbx.pbx()),
                Map.entry("CUSTOMER_ID", "1"),
                Map.entry("COUNTRY", "CA"),
                Map.entry("MONITORING_ENABLED", "false"),
                Map.entry("RECORDING_PATHS", "none"),
                Map.entry("PARTITIONS", Integer.toString(partitions)),
                Map.entry("DB_TYPE", pbx.dialect().equals("postgresql") ? "postgres" : "mysql"),
                Map.entry("DB_HOST", address.getHost()),
                Map.entry("DB_PORT", Integer.toString(address.getPort())),
                Map.entry("DB_NAME", pbx.databaseName()),
                Map.entry("DB_USER", pbx.user()),
                Map.entry("DB_PASSWORD", pbx.password()),
                Map.entry("START_FROM", "earliest"));
    }

    @Override
    public void close() {
        sampler.close();
        allInOne.close();
    }
}

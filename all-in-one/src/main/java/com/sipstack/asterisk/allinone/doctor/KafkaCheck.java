package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.Reason;
import com.sipstack.asterisk.model.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Looks at the cluster's topics, and at how far their readers have come. */
final class KafkaCheck implements Check {
    private static final int LIMIT_MS = 10_000;

    private final Map<String, String> client;
    private final Topics topics;
    private final Clock clock;

    /** @param client properties of Kafka's clients */
    KafkaCheck(Map<String, String> client, Topics topics, Clock clock) {
        this.client = Map.copyOf(client);
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.KAFKA;
    }

    @Override
    public void run(Findings out) throws InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            int brokers = admin.describeCluster().nodes().get().size();
            out.ok(place() + " answers, a cluster of " + brokers + (brokers == 1 ? " broker" : " brokers"));
            if (new TopicsCheck(admin, topics).run(out)) {
                new ReadersCheck(admin, topics, settings(), clock).run(out);
            }
        } catch (KafkaException e) {
            tell(e, out);
        } catch (ExecutionException e) {
            tell(e.getCause(), out);
        }
    }

    private void tell(Throwable fault, Findings out) {
        String text = place() + ": " + Reason.of(fault);
        if (fault instanceof AuthenticationException) {
            out.error(
                    text,
                    "--command-config needs the same SASL and TLS settings as every other client of this cluster.");
        } else if (fault instanceof AuthorizationException) {
            out.error(
                    text,
                    "This principal needs Describe and DescribeConfigs on our topics and Describe on their groups.");
        } else {
            out.error(
                    text,
                    "Is a broker running there, are its advertised.listeners addresses that this machine can reach, and does it"
                            + " speak plain text, or TLS as --command-config says?");
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(client);
        if (!settings.containsKey("default.api.timeout.ms") && !settings.containsKey("request.timeout.ms")) {
            settings.put("default.api.timeout.ms", LIMIT_MS);
            settings.put("request.timeout.ms", LIMIT_MS / 2);
        }
        return settings;
    }

    private String place() {
        return client.getOrDefault("bootstrap.servers", "");
    }
}

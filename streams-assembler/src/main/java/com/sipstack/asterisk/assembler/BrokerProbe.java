package com.sipstack.asterisk.assembler;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Finds out whether there is anybody to speak to: Kafka's own clients try for a minute or for ever. */
public final class BrokerProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BrokerProbe() {}

    /**
     * Waits for a broker's answer, at most ten seconds.
     *
     * @param client properties of a Kafka client; those that an admin client does not know are left out
     * @throws IllegalStateException if none answers; says whom we asked
     */
    public static void requireAnswer(Map<String, ?> client) {
        requireAnswer(client, PATIENCE);
    }

    static void requireAnswer(Map<String, ?> client, Duration patience) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) patience.toMillis()))
                    .clusterId()
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new IllegalStateException(
                    "no broker answers at " + settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + ": "
                            + reason(e.getCause() == null ? e : e.getCause(), patience),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static String reason(Throwable cause, Duration patience) {
        return cause instanceof TimeoutException
                ? "nothing came within " + patience.toSeconds()
                        + " s; it is down, its address is another, or it speaks TLS or SASL and the properties do not"
                : cause.getMessage();
    }
}

package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps an all-in-one from being ready, by the MBeans that a worker shows. */
class ConnectMetricsTest {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private ObjectName shown;

    /** As Connect's MBeans have it. */
    public interface ShownMXBean {
        String getstatus();
    }

    private record Shown(String getstatus) implements ShownMXBean {}

    @AfterEach
    void takeAway() throws Exception {
        BEANS.unregisterMBean(shown);
    }

    @Test
    void aConnectorThatFailsBeforeItHasTasksIsTold() throws Exception {
        show("type=connector-metrics,connector=asterisk-database", "failed");

        assertThat(deployed().whyNotReady())
                .containsExactly("the connector asterisk-database has failed; the log says why");
    }

    @Test
    void aTaskThatFailsIsTold() throws Exception {
        show("type=connector-task-metrics,connector=asterisk-database,task=0", "failed");

        assertThat(deployed().whyNotReady())
                .containsExactly("task 0 of the connector asterisk-database has failed; the log says why");
    }

    @Test
    void aConnectorThatRunsKeepsNothingFromBeingReady() throws Exception {
        show("type=connector-metrics,connector=asterisk-database", "running");

        assertThat(deployed().whyNotReady()).isEmpty();
    }

    private static ConnectMetrics deployed() {
        ConnectMetrics metrics = new ConnectMetrics();
        metrics.deployed();
        return metrics;
    }

    private void show(String name, String status) throws Exception {
        shown = new ObjectName("kafka.connect:" + name);
        BEANS.registerMBean(new Shown(status), shown);
    }
}

package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

/** By what the brokers that are left tell of their topics. */
class ReplicasCheckTest {
    private static final Node ONE = new Node(1, "kafka-1", 9092);
    private static final Node TWO = new Node(2, "kafka-2", 9092);

    @Test
    void partitionThatNobodyLeadsIsAnError() throws Exception {
        Found found = look(partition(0, ONE, List.of(ONE, TWO)), partition(1, Node.noNode(), List.of()));

        assertThat(found.has(Severity.ERROR, "no broker leads asterisk.cel-1:").remedy())
                .contains("Start the brokers");
        assertThat(look(partition(2, null, List.of())).has(Severity.ERROR, "asterisk.cel-2"))
                .isNotNull();
    }

    @Test
    void partitionThatHangsByOneBrokerIsAWarning() throws Exception {
        look(partition(0, ONE, List.of(ONE, TWO)), partition(1, ONE, List.of(ONE)))
                .has(Severity.WARNING, "not all replicas keep up of asterisk.cel-1");
    }

    @Test
    void clusterThatIsWholeIsNotWorthALine() throws Exception {
        assertThat(look(partition(0, ONE, List.of(ONE, TWO))).toString()).doesNotContain("asterisk.cel");
    }

    private static TopicPartitionInfo partition(int number, Node leader, List<Node> inSync) {
        return new TopicPartitionInfo(number, leader, List.of(ONE, TWO), inSync);
    }

    private static Found look(TopicPartitionInfo... partitions) throws Exception {
        TopicDescription topic = new TopicDescription("asterisk.cel", false, List.of(partitions));
        return Found.by(new Check() {
            @Override
            public Area area() {
                return Area.KAFKA;
            }

            @Override
            public void run(Findings out) {
                new ReplicasCheck(List.of(topic)).tell(out);
            }
        });
    }
}

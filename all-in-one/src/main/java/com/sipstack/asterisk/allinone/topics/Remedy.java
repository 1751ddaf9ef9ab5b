package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.allinone.topics.Finding.MissingAcl;
import com.sipstack.asterisk.allinone.topics.Finding.MissingTopic;
import com.sipstack.asterisk.allinone.topics.Finding.Obstacle;
import com.sipstack.asterisk.allinone.topics.Finding.WrongSetting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Puts right in a cluster what was found, one thing at a time, so that what was done is known when the next one fails. */
final class Remedy {
    private final Admin admin;

    Remedy(Admin admin) {
        this.admin = admin;
    }

    /** Returns whether it was put right; false if only a person can. */
    boolean apply(Finding finding) throws InterruptedException, ExecutionException {
        if (finding instanceof MissingTopic missing) {
            create(missing).get();
        } else if (finding instanceof WrongSetting wrong) {
            set(wrong).get();
        } else if (finding instanceof MissingAcl missing) {
            admin.createAcls(List.of(missing.acl())).all().get();
        }
        return !(finding instanceof Obstacle);
    }

    private KafkaFuture<Void> create(MissingTopic missing) {
        NewTopic topic = new NewTopic(missing.spec().name(), missing.partitions(), missing.replicationFactor());
        return admin.createTopics(List.of(topic.configs(missing.spec().config())))
                .all();
    }

    private KafkaFuture<Void> set(WrongSetting wrong) {
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(wrong.setting(), wrong.wanted()), AlterConfigOp.OpType.SET);
        return admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, wrong.topic()), List.of(change)))
                .all();
    }
}

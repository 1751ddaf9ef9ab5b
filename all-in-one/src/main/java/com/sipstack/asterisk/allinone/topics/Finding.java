package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.model.Topics;
import org.apache.kafka.common.acl.AclBinding;

/** Where a cluster is not as it should be. */
sealed interface Finding {
    /** A topic that is not there. */
    record MissingTopic(Topics.Spec spec, int partitions, short replicationFactor) implements Finding {}

    /**
     * A topic's setting that has another value.
     *
     * @param cost what the present value may cost; empty if it says nothing that the setting's name does not
     */
    record WrongSetting(String topic, String setting, String present, String wanted, String cost) implements Finding {}

    /** Something that one of ours may not do. */
    record MissingAcl(AclBinding acl) implements Finding {}

    /** What only a person can put right. Says what to do. */
    record Obstacle(String subject, String message) implements Finding {}
}

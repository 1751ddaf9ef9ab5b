package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.allinone.topics.Finding.MissingAcl;
import com.sipstack.asterisk.allinone.topics.Finding.MissingTopic;
import com.sipstack.asterisk.allinone.topics.Finding.Obstacle;
import com.sipstack.asterisk.allinone.topics.Finding.WrongSetting;
import com.sipstack.asterisk.model.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares what a cluster must have with what it has. */
final class Planner {
    private static final int USUAL_PARTITIONS = 6;

    private final Prescription prescription;
    private final Survey survey;

    Planner(Prescription prescription, Survey survey) {
        this.prescription = prescription;
        this.survey = survey;
    }

    /** What differs, in the order in which it should be put right; empty if nothing does. */
    List<Finding> findings() {
        return Stream.of(missingTopics(), wrongSettings(), wrongPartitions(), missingAcls(), prohibitions())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> missingTopics() {
        return prescription.topics().specs().stream()
                .filter(spec -> !survey.partitions().containsKey(spec.name()))
                .map(spec -> new MissingTopic(spec, partitions(), prescription.replicationFactor()));
    }

    private Stream<Finding> wrongSettings() {
        return prescription.topics().specs().stream()
                .filter(spec -> survey.partitions().containsKey(spec.name()))
                .flatMap(this::wrongSettings);
    }

    private Stream<Finding> wrongSettings(Topics.Spec spec) {
        Map<String, String> settings = survey.settings().get(spec.name());
        List<Finding> wrong = new ArrayList<>();
        new TreeMap<>(spec.config()).forEach((setting, wanted) -> {
            String present = settings.getOrDefault(setting, "");
            if (!SettingRule.serves(setting, present, wanted)) {
                wrong.add(new WrongSetting(spec.name(), setting, present, wanted, SettingRule.cost(setting, present)));
            }
        });
        return wrong.stream();
    }

    private Stream<Finding> wrongPartitions() {
        return survey.partitions().entrySet().stream()
                .filter(topic -> topic.getValue() != partitions())
                .map(topic -> new Obstacle(
                        topic.getKey(),
                        "has " + topic.getValue() + " partitions, not " + partitions()
                                + ". That is never changed: all that a PBX says stays in one partition, and more of them would put its"
                                + " next rows into another one than its calls that go on. Keep the number (--partitions), or begin anew"
                                + " with another --prefix"));
    }

    /** A prefix has one number for its life: what most of its topics have that are there counts for more than what is usual. */
    int partitions() {
        return prescription.partitions().or(this::presentPartitions).orElse(USUAL_PARTITIONS);
    }

    /** The topics of rows fix it, of which the first is that of CDRs. */
    private Optional<Integer> presentPartitions() {
        return prescription.topics().specs().stream()
                .map(spec -> survey.partitions().get(spec.name()))
                .filter(count -> count != null)
                .findFirst();
    }

    private Stream<Finding> missingAcls() {
        AclCover cover = new AclCover(survey.acls());
        return prescription.acls().stream().filter(acl -> !cover.allows(acl)).map(MissingAcl::new);
    }

    private Stream<Finding> prohibitions() {
        AclCover cover = new AclCover(survey.acls());
        Set<Object> seen = new HashSet<>();
        return prescription.acls().stream()
                .flatMap(acl -> cover.against(acl).stream())
                .filter(seen::add)
                .map(
                        acl -> new Obstacle(
                                AclText.of(acl),
                                "is denied by an ACL, which counts for more than any permission. Take it away if it was not meant for this"));
    }
}

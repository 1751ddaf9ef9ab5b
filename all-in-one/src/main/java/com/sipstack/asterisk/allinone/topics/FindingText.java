package com.sipstack.asterisk.allinone.topics;

import com.sipstack.asterisk.allinone.topics.Finding.MissingAcl;
import com.sipstack.asterisk.allinone.topics.Finding.MissingTopic;
import com.sipstack.asterisk.allinone.topics.Finding.Obstacle;
import com.sipstack.asterisk.allinone.topics.Finding.WrongSetting;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A finding as one line for a person. */
final class FindingText {
    private FindingText() {}

    static String of(Finding finding) {
        if (finding instanceof MissingTopic missing) {
            return "create topic " + missing.spec().name() + ": " + missing.partitions() + " partitions, "
                    + settings(missing.spec().config());
        } else if (finding instanceof WrongSetting wrong) {
            return "set " + wrong.setting() + " of " + wrong.topic() + ": "
                    + SettingRule.inWords(wrong.setting(), wrong.present()) + " -> "
                    + SettingRule.inWords(wrong.setting(), wrong.wanted())
                    + (wrong.cost().isEmpty() ? "" : "; " + wrong.cost());
        } else if (finding instanceof MissingAcl missing) {
            return "allow " + AclText.of(missing.acl());
        }
        Obstacle obstacle = (Obstacle) finding;
        return "by hand: " + obstacle.subject() + " " + obstacle.message();
    }

    private static String settings(Map<String, String> config) {
        return new TreeMap<>(config)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + SettingRule.inWords(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}

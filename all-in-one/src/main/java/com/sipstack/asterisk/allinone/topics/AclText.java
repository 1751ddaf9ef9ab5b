package com.sipstack.asterisk.allinone.topics;

import java.util.Locale;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;

/** An ACL as a person would say it. */
final class AclText {
    private AclText() {}

    /** Such as {@code User:assembler READ on the topic asterisk.cdr}. */
    static String of(AclBinding acl) {
        String type =
                acl.pattern().resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return acl.entry().principal() + " " + acl.entry().operation()
                + (acl.pattern().patternType() == PatternType.PREFIXED
                        ? " on each " + type + " that begins with "
                        : " on the " + type + " ")
                + acl.pattern().name();
    }
}

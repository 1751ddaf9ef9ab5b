package com.sipstack.asterisk.allinone.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclCoverTest {
    private static final AclBinding WANTED = allow("User:a", PatternType.LITERAL, "asterisk.cdr", AclOperation.READ);
    private static final AclBinding WANTED_PREFIX =
            allow("User:a", PatternType.PREFIXED, "asterisk.c", AclOperation.READ);

    @Test
    void anAclIsCoveredByItselfAndByWiderOnes() {
        assertThat(covers(WANTED, WANTED)).isTrue();
        assertThat(covers(allow("User:*", PatternType.LITERAL, "*", AclOperation.ALL), WANTED))
                .isTrue();
        assertThat(covers(allow("User:a", PatternType.PREFIXED, "asterisk.", AclOperation.READ), WANTED))
                .isTrue();
        assertThat(covers(allow("User:a", PatternType.PREFIXED, "asterisk.", AclOperation.READ), WANTED_PREFIX))
                .isTrue();
    }

    @Test
    void othersSayNothingOfIt() {
        assertThat(covers(allow("User:b", PatternType.LITERAL, "asterisk.cdr", AclOperation.READ), WANTED))
                .isFalse();
        assertThat(covers(allow("User:a", PatternType.LITERAL, "asterisk.cel", AclOperation.READ), WANTED))
                .isFalse();
        assertThat(covers(allow("User:a", PatternType.LITERAL, "asterisk.cdr", AclOperation.WRITE), WANTED))
                .isFalse();
        assertThat(covers(WANTED, WANTED_PREFIX)).isFalse();
    }

    @Test
    void whoeverMayReadOrWriteMayDescribe() {
        AclBinding describe = allow("User:a", PatternType.LITERAL, "asterisk.cdr", AclOperation.DESCRIBE);

        assertThat(covers(WANTED, describe)).isTrue();
        assertThat(covers(describe, WANTED)).isFalse();
        assertThat(covers(WANTED, allow("User:a", PatternType.LITERAL, "asterisk.cdr", AclOperation.DESCRIBE_CONFIGS)))
                .isFalse();
    }

    @Test
    void aPermissionForOneHostIsNoneForOthers() {
        AclBinding here = new AclBinding(
                WANTED.pattern(),
                new AccessControlEntry("User:a", "10.0.0.1", AclOperation.READ, AclPermissionType.ALLOW));

        assertThat(covers(here, WANTED)).isFalse();
    }

    @Test
    void aProhibitionWithinWhatAPrefixAllowsIsFound() {
        AclBinding denial = new AclBinding(
                WANTED.pattern(), new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.DENY));

        assertThat(new AclCover(List.of(denial)).against(WANTED_PREFIX)).containsExactly(denial);
        assertThat(covers(denial, WANTED)).isFalse();
    }

    private static boolean covers(AclBinding present, AclBinding wanted) {
        return new AclCover(List.of(present)).allows(wanted);
    }

    private static AclBinding allow(String principal, PatternType pattern, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}

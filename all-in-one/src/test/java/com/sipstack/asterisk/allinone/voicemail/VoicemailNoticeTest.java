package com.sipstack.asterisk.allinone.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VoicemailNoticeTest {
    @Test
    void theTextTellsWhoWasCalledByWhomAndWhen() {
        assertThat(
                        VoicemailNotice.parse(
                                "p=John Doe~Tuesday, January 21, 2025 at 10:30:00 AM~\"Jane\" <4165551234>~1001@acme~3~0:45\r\n"))
                .hasValueSatisfying(notice -> {
                    assertThat(notice.name()).isEqualTo("John Doe");
                    assertThat(notice.date()).isEqualTo("Tuesday, January 21, 2025 at 10:30:00 AM");
                    assertThat(notice.callerId()).isEqualTo("\"Jane\" <4165551234>");
                    assertThat(notice.extension()).isEqualTo("1001");
                    assertThat(notice.context()).isEqualTo("acme");
                    assertThat(notice.messageNumber()).isEqualTo(3);
                    assertThat(notice.durationSeconds()).isEqualTo(45);
                });
    }

    @Test
    void namesAndCallersMayHoldTheSeparator() {
        VoicemailNotice notice = VoicemailNotice.parse("p=A~B~C~Mon 10:30:00~~Ü~ <1>~1001~3~1:00:05")
                .orElseThrow();

        assertThat(notice.name()).isEqualTo("A~B~C");
        assertThat(notice.date()).isEqualTo("Mon 10:30:00");
        assertThat(notice.callerId()).isEqualTo("~Ü~ <1>");
        assertThat(notice.durationSeconds()).isEqualTo(3605);
        assertThat(notice.context()).isEqualTo("default");
    }

    @Test
    void aDateWithoutTimeIsTheSecondField() {
        assertThat(VoicemailNotice.parse("p=Ann~2025-01-21~Unknown~9~1~12"))
                .hasValueSatisfying(notice -> assertThat(notice.date()).isEqualTo("2025-01-21"));
    }

    @Test
    void anotherTextIsNoNotice() {
        for (String text :
                new String[] {"", "Dear John,\nyou have a message", "p=", "p=a~b~1~2~3", "p=a~b~c~1~x~0:45"}) {
            assertThat(VoicemailNotice.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void aMailboxWarnsFromThe75thMessageOnAndIsFullAtThe100th() {
        assertThat(MailboxAlert.of(74)).isEqualTo(MailboxAlert.NONE);
        assertThat(MailboxAlert.of(75)).isEqualTo(MailboxAlert.NEARLY_FULL);
        assertThat(MailboxAlert.of(99)).isEqualTo(MailboxAlert.NEARLY_FULL);
        assertThat(MailboxAlert.of(100)).isEqualTo(MailboxAlert.FULL);
    }
}

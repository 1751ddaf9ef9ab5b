package com.sipstack.asterisk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.demopbx.Corpus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskStringsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SIP/sbc-ca1-00000000,       SIP,   sbc-ca1,         00000000,   false",
                "PJSIP/acme-101-0000001c,    PJSIP, acme-101,        0000001c,   false",
                "DAHDI/i1/4165551234-1a,     DAHDI, i1/4165551234,   1a,         false",
                "Local/108@from-queue-0001;2, Local, 108@from-queue, 0001;2,     true",
                "CBAnn/8000-00000036;2,      CBAnn, 8000,            00000036;2, true",
                "SIP/101-000000c4<ZOMBIE>,   SIP,   101,             000000c4,   false",
                "Surrogate/SIP/101-00000003, Surrogate, SIP/101,     00000003,   true",
                "Console,                    Console, ``,            ``,         false",
            })
    void aChannelsNameHasThreeParts(
            String name, String technology, String endpoint, String instance, boolean plumbing) {
        ChannelName channel = ChannelName.parse(name).orElseThrow();

        assertThat(channel).isEqualTo(new ChannelName(technology, endpoint, instance));
        assertThat(channel.isPlumbing()).isEqualTo(plumbing);
    }

    @Test
    void noNameIsNoChannel() {
        assertThat(ChannelName.parse("")).isEmpty();
        assertThat(ChannelName.parse(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"John Smith\" <4165551234>`,                       John Smith,                4165551234",
                "`\"Smith, John \\\"JJ\\\" O'Neil\" <4165551234>`,    `Smith, John \"JJ\" O'Neil`, 4165551234",
                "`\"\" <>`,                                           ``,                        ``",
                "4165551234,                                          ``,                        4165551234",
                "`John Smith <101>`,                                  John Smith,                101",
                "John Smith,                                          John Smith,                ``",
                "``,                                                  ``,                        ``",
            })
    void aClidHasANameAndANumber(String clid, String name, String number) {
        assertThat(Clid.parse(clid)).isEqualTo(new Clid(name, number));
    }

    @Test
    void aMissingClidIsEmpty() {
        assertThat(Clid.parse(null)).isEqualTo(new Clid("", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "1795304654.0,          '',          1795304654, 0",
        "pbx1-1795311772.17,    pbx1,        1795311772, 17",
        "a-b.c-1795311772.1749, a-b.c,       1795311772, 1749",
    })
    void aUniqueidTellsSystemSecondAndNumber(String uniqueid, String systemName, long epochSecond, long sequence) {
        assertThat(UniqueId.parse(uniqueid)).contains(new UniqueId(systemName, epochSecond, sequence));
    }

    @ParameterizedTest
    @CsvSource({"my-click-to-call-7", "1795304654", "1795304654.", "17953046541.0", "''", "abc.def"})
    void aUniqueidThatAClientAssignedTellsNothing(String uniqueid) {
        assertThat(UniqueId.parse(uniqueid)).isEmpty();
    }

    @Test
    void everyUniqueidOfTheCorpusParses() {
        for (Corpus corpus : Corpus.values()) {
            for (Map<String, Object> row : corpus.rows("cel")) {
                assertThat(UniqueId.parse((String) row.get("uniqueid"))).isPresent();
            }
        }
    }

    @Test
    void theNumbersOfEventTypesMeanTheirNames() {
        List<Map<String, Object>> named = Corpus.PBX_20.rows("cel");
        List<Map<String, Object>> numbered = Corpus.PBX_20.rows("cel_text");
        for (int i = 0; i < named.size(); i++) {
            String number = numbered.get(i).get("eventtype").toString();
            assertThat(CelEventType.of(number))
                    .isEqualTo(CelEventType.of((String) named.get(i).get("eventtype")));
        }
    }

    @ParameterizedTest
    @CsvSource({"VIP", "CUSTOMER_LOOKUP", "22", "''"})
    void anyOtherWordIsAUserEvent(String eventtype) {
        assertThat(CelEventType.of(eventtype)).isEqualTo(CelEventType.USER_DEFINED);
    }

    @Test
    void aCallsKeyIsThePbxAndTheLinkedid() {
        CallKey key = new CallKey("pbx-east", "odd|linkedid");

        assertThat(key).hasToString("pbx-east|odd|linkedid");
        assertThat(CallKey.parse(key.toString())).isEqualTo(key);
        assertThatThrownBy(() -> CallKey.parse("1795304654.0")).hasMessageContaining("pbx|linkedid");
        assertThatThrownBy(() -> new CallKey("pbx|east", "1")).hasMessageContaining("PBX name");
        assertThatThrownBy(() -> new CallKey("east", " ")).hasMessageContaining("linkedid");
    }
}

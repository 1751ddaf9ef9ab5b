package com.sipstack.asterisk.assembler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.assembler.interpret.NumberingPlan.ExtensionLengths;
import com.sipstack.asterisk.assembler.interpret.TenantRules.ExtensionRange;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.document.CallDocument;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configuration decides: numbers, directions, tenants and the filter. */
class RulesTest {
    private static final PbxProfile PROFILE = PbxProfile.of("pbx-east", "CA");

    private static CallDocument interpret(PbxProfile profile, List<Row> rows) {
        return new CallInterpreter(profile)
                .interpret(CallRows.of(new CallKey("pbx-east", Cels.linkedid()), rows), Ending.HANGUP);
    }

    @ParameterizedTest
    @CsvSource({
        "9055551234, 19055551234",
        "99055551234, 19055551234",
        "914165550123, 14165550123",
        "14165550123, 14165550123",
        "4165550123, 14165550123",
        "*674165550123, 14165550123",
        "*8219055551234, 19055551234",
        "011442071838750, 442071838750",
        "9011442071838750, 442071838750",
        "00442071838750, 442071838750",
        "+442071838750, 442071838750"
    })
    void numbersBecomeE164(String dialled, String expected) {
        assertThat(new Numbers(PROFILE.numbering()).e164(dialled)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"101", "5551234", "anonymous", "*8", "''"})
    void whatIsNoOutsideNumberHasNoE164(String dialled) {
        assertThat(new Numbers(PROFILE.numbering()).e164(dialled)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from-pstn,     PJSIP/bell-00000001, 16475550101, 4165551234, i",
        "from-trunk,    SIP/sbc-00000001,    16475550101, 4165551234, i",
        "from-internal, SIP/101-00000001,    914165550123, 101,       o",
        "from-internal, SIP/101-00000001,    102,          101,       x",
        "from-internal, SIP/101-00000001,    *67,          101,       x",
        "office-west,   SIP/101-00000001,    102,          101,       x",
        "provider-acme-1, SIP/acme-00000001, 16475550101,  4165551234, i",
        "toll-free-route, SIP/101-00000001,  *1800,        101,       o"
    })
    void contextsTellTheDirection(String context, String channel, String exten, String number, String direction) {
        PbxProfile profile = PROFILE.with(new RouteRules(
                NamePatterns.NONE,
                new NamePatterns(List.of("office-*")),
                new NamePatterns(List.of("provider-acme-*")),
                new NamePatterns(List.of("toll-free-route"))));
        CallDocument document = interpret(profile, start(context, channel, exten, number));
        assertThat(document.outcome().direction().letter()).isEqualTo(direction);
        assertThat(document.analysis().reasons()).isNotEmpty();
    }

    private static List<Row> start(String context, String channel, String exten, String number) {
        return Cels.table(String.join(
                "\n",
                "time|eventtype|channame|uniqueid|cid_num|exten|context|appname|appdata",
                String.join("|", "0", "CHAN_START", channel, "1795305288.0", number, exten, context, "", "")));
    }

    @Test
    void configuredContextsAreMenusAndQueues() {
        NamePatterns none = NamePatterns.NONE;
        PbxProfile profile = PROFILE.with(new RouteRules(
                none,
                none,
                none,
                none,
                none,
                new NamePatterns(List.of("acd-*")),
                new NamePatterns(List.of("welcome"))));
        CallDocument document = interpret(profile, Cels.table("""
                time | eventtype  | channame            | uniqueid     | cid_num    | exten       | context   | appname
                0    | CHAN_START | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 16475550101 | from-pstn |
                1    | ANSWER     | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | s           | welcome   | Playback
                4    | CHAN_END   | PJSIP/bell-00000001 | 1795305288.0 | 4165551234 | 22          | welcome   | Playback
                """));
        assertThat(document.story().ivr().get(0).digits()).isEqualTo("22");
        assertThat(document.parties().dialled()).isEqualTo("16475550101");
        assertThat(document.analysis().ivrInvolved()).isTrue();
        assertThat(document.analysis().queueInvolved()).isFalse();
    }

    @Test
    void aConfiguredTrunkBringsCallsFromOutsideWhateverItsContext() {
        PbxProfile profile = PROFILE.with(new RouteRules(
                new NamePatterns(List.of("twilio-*")), NamePatterns.NONE, NamePatterns.NONE, NamePatterns.NONE));
        List<Row> rows = start("from-internal", "PJSIP/twilio-01-00000001", "16475550101", "4165551234");
        assertThat(interpret(profile, rows).outcome().direction().letter()).isEqualTo("i");
    }

    @ParameterizedTest
    @CsvSource({
        "from-internal-telair, SIP/201-00000001,        102,         telair",
        "from-internal,        PJSIP/acme-201-00000001, 102,         acme",
        "from-internal,        SIP/201-gc-00000001,     102,         gc",
        "from-internal-xfer,   SIP/201-00000001,        102,         ''",
        "from-internal,        SIP/150-00000001,        102,         ranged",
        "from-trunk,           SIP/sbc-00000001,        16475550120, mapped",
        "from-internal-sbc,    SIP/201-00000001,        102,         ''"
    })
    void tenantsAreFound(String context, String channel, String exten, String tenant) {
        TenantRules rules = new TenantRules(
                Map.of("16475550120", "mapped"),
                Map.of(),
                List.of(new ExtensionRange("150", "159", "ranged")),
                new NamePatterns(List.of("sbc*")));
        CallDocument document = interpret(PROFILE.with(rules), start(context, channel, exten, "201"));
        assertThat(document.identity().tenant()).isEqualTo(tenant);
    }

    @Test
    void anExtensionRangeRunsForward() {
        assertThatThrownBy(() -> new ExtensionRange("199", "100", "acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("199-100");
    }

    @ParameterizedTest
    @CsvSource({
        "h,   ANSWERED,  0, false",
        "h,   ANSWERED,  9, false",
        "s,   NO ANSWER, 0, false",
        "s,   ANSWERED,  0, true",
        "s,   NO ANSWER, 4, true",
        "101, NO ANSWER, 0, true",
    })
    void excludedDestinationsAreFilteredUnlessSomethingHappened(
            String dst, String disposition, int duration, boolean kept) {
        CdrFilter filter = new CdrFilter(true, false, false, false, 0, Set.of("h", "s"), ExtensionLengths.DEFAULT);
        assertThat(filter.keeps(leg(dst, disposition, duration))).isEqualTo(kept);
    }

    @Test
    void aCallAllOfWhoseLegsAreFilteredIsNotShipped() {
        CdrFilter filter = new CdrFilter(true, false, true, false, 0, Set.of("h"), ExtensionLengths.DEFAULT);
        CallKey key = new CallKey("pbx-east", Cels.linkedid());
        assertThat(filter.ships(CallRows.of(key, List.of(leg("101", "NO ANSWER", 0)))))
                .isFalse();
        assertThat(filter.ships(CallRows.of(key, List.of(leg("101", "BUSY", 0)))))
                .isTrue();
        assertThat(filter.ships(CallRows.of(key, List.of()))).isTrue();
    }

    private static Cdr leg(String dst, String disposition, int duration) {
        return (Cdr) Cels.legs("time|uniqueid|src|dst|disposition|duration\n"
                        + String.join("|", "0", Cels.linkedid(), "101", dst, disposition, Integer.toString(duration)))
                .get(0);
    }
}

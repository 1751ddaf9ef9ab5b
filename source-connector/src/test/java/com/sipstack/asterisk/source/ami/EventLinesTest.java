package com.sipstack.asterisk.source.ami;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.demopbx.Corpus;
import com.sipstack.asterisk.source.ami.EventLines.Complete;
import com.sipstack.asterisk.source.ami.EventLines.NotOurs;
import com.sipstack.asterisk.source.ami.EventLines.TooLong;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventLinesTest {
    /** Of the columns that both have: what a table and the manager interface say of an event. */
    private static final List<String> CEL_COLUMNS = List.of(
            "eventtype",
            "cid_name",
            "cid_num",
            "exten",
            "context",
            "channame",
            "appname",
            "appdata",
            "uniqueid",
            "linkedid",
            "peer",
            "extra");

    private static final List<String> CDR_COLUMNS = List.of(
            "clid",
            "src",
            "dst",
            "dcontext",
            "channel",
            "dstchannel",
            "lastapp",
            "lastdata",
            "calldate",
            "disposition",
            "uniqueid",
            "linkedid");

    @ParameterizedTest
    @EnumSource(names = {"PBX_20", "PBX_22_PJSIP"})
    void eventsSayWhatTheTablesSay(Corpus pbx) {
        List<AmiEvent> events = events(pbx);

        assertThat(rows(events, AmiEvent.CEL, EventColumns::ofCel, CEL_COLUMNS))
                .containsExactlyElementsOf(rows(pbx.rows("cel"), CEL_COLUMNS));
        assertThat(rows(events, AmiEvent.CDR, EventColumns::ofCdr, CDR_COLUMNS))
                .containsAll(rows(pbx.rows("cdr"), CDR_COLUMNS));
    }

    @Test
    void aCallersNameForgesNoEvent() {
        EventLines lines = new EventLines();
        List<AmiEvent> events = new ArrayList<>();
        String cel = """
                Event: CEL
                Privilege: call,all
                EventName: ANSWER
                CallerIDnum: 5145550177
                CallerIDname: Evil
                X-Injected: yes

                Event: Fake
                CallerIDani: 5145550177
                UniqueID: 1795306006.3010
                LinkedID: 1795306006.3010
                Extra:\s

                Event: Hold
                Channel: SIP/101-00000001

                """;
        cel.lines().map(lines::take).forEach(taken -> {
            if (taken instanceof Complete complete) {
                events.add(complete.event());
            }
        });

        assertThat(events).extracting(AmiEvent::name).containsExactly("CEL", "Hold");
        assertThat(EventColumns.ofCel(events.get(0)))
                .containsEntry("cid_name", "Evil\r\nX-Injected: yes\r\n\r\nEvent: Fake")
                .containsEntry("linkedid", "1795306006.3010");
    }

    @Test
    void anEventWithoutAnEndIsGivenUp() {
        EventLines lines = new EventLines();
        lines.take("Event: CEL");
        lines.take("EventName: ANSWER");

        assertThat(Stream.generate(() -> lines.take("CallerIDname: " + "x".repeat(1000)))
                        .limit(100)
                        .filter(TooLong.class::isInstance))
                .hasSize(1);
        assertThat(lines.take("Response: Success")).isInstanceOf(NotOurs.class);
    }

    private static List<AmiEvent> events(Corpus pbx) {
        EventLines lines = new EventLines();
        String transcript = new String(pbx.managerTranscript(), StandardCharsets.UTF_8);
        return Stream.of(transcript.split("\r\n", -1))
                .map(lines::take)
                .filter(Complete.class::isInstance)
                .map(taken -> ((Complete) taken).event())
                .toList();
    }

    private interface Columns {
        Map<String, Object> of(AmiEvent event);
    }

    private static List<List<String>> rows(List<AmiEvent> events, String name, Columns columns, List<String> wanted) {
        return rows(
                events.stream()
                        .filter(event -> event.name().equals(name))
                        .map(columns::of)
                        .toList(),
                wanted);
    }

    private static List<List<String>> rows(List<? extends Map<String, ?>> rows, List<String> wanted) {
        return rows.stream()
                .map(row -> wanted.stream()
                        .map(name -> String.valueOf(row.get(name)))
                        .toList())
                .toList();
    }
}

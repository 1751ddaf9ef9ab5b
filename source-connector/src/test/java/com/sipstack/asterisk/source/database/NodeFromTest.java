package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.Pbx;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeFromTest {
    private static final NodeFrom SYSTEMNAME = NodeFrom.parse("systemname");
    private static final NodeFrom COLUMN = NodeFrom.parse("column:Server");

    @Test
    void theSystemnameOfItsUniqueidTellsTheNode() {
        assertThat(SYSTEMNAME.pbxOf("east", row("uniqueid", "pbx-1-1795311772.0")))
                .isEqualTo("east.pbx-1");
        assertThat(SYSTEMNAME.pbxOf("east", row("uniqueid", "of a client", "linkedid", "two-1795311772.0")))
                .isEqualTo("east.two");
    }

    @Test
    void aColumnTellsTheNode() {
        assertThat(COLUMN.pbxOf("east", row("server", "a"))).isEqualTo("east.a");
        assertThat(COLUMN.pbxOf("east", row("server", "4"))).isEqualTo("east.4");
    }

    @Test
    void aRowWithoutANodeIsOfThePbx() {
        assertThat(SYSTEMNAME.pbxOf("east", row("uniqueid", "1795311772.0"))).isEqualTo("east");
        assertThat(COLUMN.pbxOf("east", row("server", " "))).isEqualTo("east");
        assertThat(COLUMN.pbxOf("east", row("uniqueid", "pbx1-1795311772.0"))).isEqualTo("east");
        assertThat(NodeFrom.parse("none").pbxOf("east", row("uniqueid", "pbx1-1795311772.0")))
                .isEqualTo("east");
    }

    @Test
    void aNodeThatIsNoNameIsMadeOneAndStaysApart() {
        String first = COLUMN.pbxOf("east", row("server", "rack 7|a"));
        String second = COLUMN.pbxOf("east", row("server", "rack 7/a"));
        String third = COLUMN.pbxOf("east", row("server", "n".repeat(100)));

        assertThat(first).startsWith("east.rack_7_a-").isNotEqualTo(second);
        assertThat(second).startsWith("east.rack_7_a-");
        assertThat(new String[] {first, second, third}).allMatch(Pbx::isName);
    }

    private static TableRow row(String... columns) {
        return new TableRow(
                1,
                columns.length == 2
                        ? Map.of(columns[0], columns[1])
                        : Map.of(columns[0], columns[1], columns[2], columns[3]));
    }
}

package com.sipstack.asterisk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordMappingTest {
    @Test
    void anEmptyTextStaysEmptyAndNullStaysNull() {
        Map<String, Object> columns = new HashMap<>(Map.of("pbx", "east", "clid", ""));
        columns.put("dst", null);

        Cdr cdr = Cdr.MAPPING.fromColumns(columns);

        assertThat(cdr.clid()).isEmpty();
        assertThat(cdr.dst()).isNull();
        assertThat(Cdr.MAPPING.fromConnect(Cdr.MAPPING.toStruct(cdr))).isEqualTo(cdr);
    }

    @Test
    void aNumberMayComeAsText() {
        Cdr cdr = Cdr.MAPPING.fromColumns(Map.of("duration", "7", "billsec", 6L, "sequence", ""));

        assertThat(cdr.duration()).isEqualTo(7);
        assertThat(cdr.billsec()).isEqualTo(6);
        assertThat(cdr.sequence()).isNull();
    }

    @Test
    void ofADurationWithAFractionWholeSecondsCount() {
        Cdr cdr = Cdr.MAPPING.fromColumns(Map.of("duration", "12.945678", "billsec", "0.000000"));

        assertThat(cdr.duration()).isEqualTo(12);
        assertThat(cdr.billsec()).isZero();
        assertThatThrownBy(() -> Cdr.MAPPING.fromColumns(Map.of("duration", "1.2.3")))
                .isInstanceOf(RowFormatException.class);
    }

    @Test
    void aValueThatIsNoNumberNamesItsColumn() {
        assertThatThrownBy(() -> Cdr.MAPPING.fromColumns(Map.of("duration", "seven")))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("column duration");
    }

    @Test
    void aNumberThatIsTooLargeNamesItsColumn() {
        assertThatThrownBy(() -> Cdr.MAPPING.fromColumns(Map.of("duration", 1L << 40)))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("column duration");
    }

    @Test
    void whatIsNoStructureIsRefused() {
        assertThatThrownBy(() -> Cel.MAPPING.fromConnect("CHAN_START"))
                .isInstanceOf(RowFormatException.class)
                .hasMessageContaining("String");
        assertThatThrownBy(() -> Cel.MAPPING.fromConnect(null)).isInstanceOf(RowFormatException.class);
    }

    @Test
    void aRowWithoutLinkedidCountsForTheCallOfItsUniqueid() {
        Cel cel = Cel.MAPPING.fromColumns(Map.of("pbx", "east", "uniqueid", "1795305288.0", "linkedid", ""));

        assertThat(cel.callKey()).isEqualTo(new CallKey("east", "1795305288.0"));
    }

    @Test
    void aRowWithNeitherIsNoRowOfACall() {
        Cel cel = Cel.MAPPING.fromColumns(Map.of("pbx", "east", "uniqueid", " "));

        assertThatThrownBy(cel::callKey).isInstanceOf(RowFormatException.class);
    }
}

package com.sipstack.asterisk.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.source.database.DatabaseFault.Refused;
import com.sipstack.asterisk.source.database.DatabaseFault.Unreachable;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFaultTest {
    @ParameterizedTest
    @CsvSource({
        "28P01, 0, database.password",
        "28000, 1045, database.password",
        "28000, 0, database.user",
        "3D000, 0, database.url",
        "42000, 1049, database.url",
        "42S02, 1146, cel.tables",
        "42P01, 0, cel.tables",
        "42501, 0, cel.tables",
        "42000, 1142, cel.tables",
    })
    void whatAServerSaysNoToIsRefused(String state, int code, String setting) {
        DatabaseFault fault =
                DatabaseFault.of(new SQLException("no\nsecond line", state, code), DatabaseSettings.CEL_TABLES);

        assertThat(fault).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.setting().key()).isEqualTo(setting);
            assertThat(refused.reason()).isEqualTo("no");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "08001, 0",
        "08004, 1040",
        "57014, 0",
        "53300, 0",
        "70100, 1969",
        "42000, 1203",
        "42000, 1226",
        ", 0",
    })
    void whatMayWorkLaterIsUnreachable(String state, int code) {
        assertThat(DatabaseFault.of(new SQLException("later", state, code), DatabaseSettings.URL))
                .isEqualTo(new Unreachable("later"));
    }

    @Test
    void aFaultWithoutWordsIsNamed() {
        assertThat(DatabaseFault.words(new SQLException())).isEqualTo("SQLException");
    }
}

package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

class RunCommandTest {
    @Test
    void levelsOfTheLogMayHaveTheNamesThatTheEarlierConnectorsGaveThem() {
        assertThat(RunCommand.level("WARNING")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("critical")).isEqualTo(Level.FATAL);
        assertThat(RunCommand.level("DEBUG")).isEqualTo(Level.DEBUG);
        assertThat(RunCommand.level("warn")).isEqualTo(Level.WARN);
        assertThat(RunCommand.level("loud")).isEqualTo(Level.INFO);
    }
}

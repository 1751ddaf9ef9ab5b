package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.model.CallKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person who sets LOG_LEVEL=DEBUG is told of a call. */
class DecisionsLogTest extends TopologyFixture {
    private final Lines lines = new Lines();

    @AfterEach
    void logAsBefore() {
        ((Logger) LogManager.getLogger(CallLook.class)).removeAppender(lines);
        Configurator.setLevel(CallLook.class, Level.WARN);
    }

    @Test
    void whyACallHasItsDirectionIsLoggedAtDebug() {
        logAt(Level.DEBUG);
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(lines.told)
                .contains(call + ", revision 1: direction INBOUND, since context from-trunk is entered from outside");
    }

    @Test
    void thatACallIsHeldBackByTheFilterIsLoggedAtDebug() {
        driver.close();
        start(Map.of("cdr.filter.min.duration.seconds", "3600"));
        logAt(Level.DEBUG);
        CallKey call = anyAnsweredCall();
        write(calls.get(call));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).isEmpty();
        assertThat(lines.told).contains(call + " is not told: the CDR filter holds back all of its CDRs");
    }

    @Test
    void nothingOfCallsIsLoggedAtInfo() {
        logAt(Level.INFO);
        write(calls.get(anyAnsweredCall()));
        pass(COMPLETE_AFTER.plus(A_MOMENT));

        assertThat(documents()).hasSize(1);
        assertThat(lines.told).isEmpty();
    }

    private void logAt(Level level) {
        Configurator.setLevel(CallLook.class, level);
        lines.start();
        ((Logger) LogManager.getLogger(CallLook.class)).addAppender(lines);
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> told = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            told.add(event.getMessage().getFormattedMessage());
        }
    }
}

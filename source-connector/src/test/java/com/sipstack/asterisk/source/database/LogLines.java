package com.sipstack.asterisk.source.database;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The warnings and errors of a class, as long as this is open. */
final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final Lines lines = new Lines();

    private LogLines(Logger logger) {
        this.logger = logger;
    }

    static LogLines of(Class<?> ofWhat) {
        LogLines opened = new LogLines((Logger) LogManager.getLogger(ofWhat));
        opened.lines.start();
        opened.logger.addAppender(opened.lines);
        return opened;
    }

    List<String> warnings() {
        return List.copyOf(lines.warnings);
    }

    @Override
    public void close() {
        logger.removeAppender(lines);
        lines.stop();
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        }
    }
}

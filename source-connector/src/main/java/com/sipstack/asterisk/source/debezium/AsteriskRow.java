package com.sipstack.asterisk.source.debezium;

import com.sipstack.asterisk.model.ProductVersion;
import com.sipstack.asterisk.source.debezium.TableChange.RowErased;
import com.sipstack.asterisk.source.debezium.TableChange.RowWritten;
import com.sipstack.asterisk.source.debezium.TableChange.TableEmptied;
import com.sipstack.asterisk.source.debezium.TableChange.Unreadable;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Turns Debezium's change events of {@code cdr} and {@code cel} tables, in their envelope or taken out of it, into the records
 * that the database source makes of the same rows. A row that was changed is told again under the same origin and position;
 * that rows were deleted is not told at all, since archiving a call does not undo it. What cannot be read goes to the dead-letter
 * topic. Everything else (heartbeats, schema changes, transactions, other tables) passes as it is.
 *
 * <p>For one thread, as Connect has it.
 */
public final class AsteriskRow implements Transformation<SourceRecord>, Versioned {
    private final IgnoredChanges ignored;
    private ChangeEvents events;
    private RowRecords records;

    public AsteriskRow() {
        this(InstantSource.system());
    }

    AsteriskRow(InstantSource clock) {
        ignored = new IgnoredChanges(clock);
    }

    @Override
    public String version() {
        return ProductVersion.CURRENT;
    }

    @Override
    public ConfigDef config() {
        return AsteriskRowConfig.DEFINITION;
    }

    @Override
    public void configure(Map<String, ?> settings) {
        AsteriskRowConfig config = AsteriskRowConfig.from(settings);
        events = new ChangeEvents(config.tables());
        records = new RowRecords(config);
    }

    /** Null if nothing is to be told. */
    @Override
    public SourceRecord apply(SourceRecord event) {
        Optional<TableChange> change = events.read(event);
        return change.isEmpty() ? event : recordOf(event, change.get());
    }

    @Override
    public void close() {
        ignored.close();
    }

    private SourceRecord recordOf(SourceRecord event, TableChange change) {
        if (change instanceof RowWritten written) {
            return records.row(event, written);
        } else if (change instanceof Unreadable unreadable) {
            return records.unreadable(event, unreadable);
        } else if (change instanceof TableEmptied emptied) {
            ignored.emptied(emptied);
        } else if (change instanceof RowErased erased) {
            ignored.erased(erased);
        }
        return null;
    }
}

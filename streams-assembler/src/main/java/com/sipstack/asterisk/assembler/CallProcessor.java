package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.ShippingRules.DropRows;
import com.sipstack.asterisk.assembler.ShippingRules.End;
import com.sipstack.asterisk.assembler.ShippingRules.Forget;
import com.sipstack.asterisk.assembler.ShippingRules.Ship;
import com.sipstack.asterisk.assembler.ShippingRules.Step;
import com.sipstack.asterisk.assembler.ShippingRules.Wait;
import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.NamedChannels;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.DeadLetter;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.DocumentJson;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each call's rows together and writes its documents when they are due. Belongs to its task's thread. */
final class CallProcessor implements Processor<String, byte[], String, byte[]> {
    private static final Logger log = LoggerFactory.getLogger(CallProcessor.class);
    private static final String STAGE = "assembler";
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);
    /** Bounds a look: a thread that does not come back to poll is taken for dead. The next look takes the rest. */
    private static final int LOOK_BATCH = 1000;

    private final RowReader reader;
    private final ShippingRules rules;
    private final Function<String, CallInterpreter> interpreters;
    private final Function<String, CdrFilter> filters;
    private final Backlog backlog;
    private ProcessorContext<String, byte[]> context;
    private CallStores stores;
    private TaskClock clock;

    /**
     * @param interpreters the interpreter of a PBX, by its name
     * @param filters which calls of a PBX are told, by its name
     */
    CallProcessor(
            RowReader reader,
            ShippingRules rules,
            Function<String, CallInterpreter> interpreters,
            Function<String, CdrFilter> filters,
            Backlog backlog) {
        this.reader = reader;
        this.rules = rules;
        this.interpreters = interpreters;
        this.filters = filters;
        this.backlog = backlog;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> taskContext) {
        context = taskContext;
        stores = new CallStores(taskContext);
        clock = new TaskClock(backlog, taskContext.taskId().partition());
        taskContext.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::lookAtDueCalls);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        long now = clock.observe(record.timestamp());
        try {
            Row row = reader.read(metadata.topic(), record.key(), record.headers(), record.value());
            take(row, row.callKey(), RowIdentity.of(row, record.headers()), now);
        } catch (RowFormatException e) {
            bury(record, metadata, e.getMessage());
        }
    }

    private void take(Row row, CallKey call, String identity, long now) {
        CallState before = stores.state(call);
        if (before != null && before.stage() == Stage.HISTORY) {
            throw new RowFormatException("too-late: the call " + call.linkedid() + " was closed and its rows are gone");
        }
        if (!stores.addRow(call, identity, row)) {
            return;
        }
        CallState seen = before == null ? CallState.firstSeen(now) : before.seen(now);
        stores.put(call, before, seen.dueAt(rules.dueAfterRow(seen, endsSomething(row), now)));
        tie(call, row);
        stores.withTied(call).stream().filter(other -> !other.equals(call)).forEach(other -> touch(other, now));
    }

    /** A channel that goes over to another call ties the two together, and so does an event that names a channel of the other. */
    private void tie(CallKey call, Row row) {
        if (row.uniqueid() != null && !row.uniqueid().isBlank()) {
            tie(call, stores.firstCallOf(row.uniqueid(), call));
        }
        if (row instanceof Cel cel) {
            NamedChannels.of(cel).forEach(uniqueid -> tie(call, stores.callOf(call.pbx(), uniqueid)));
        }
    }

    private void tie(CallKey call, CallKey other) {
        if (other != null && !other.equals(call)) {
            stores.tie(call, other);
        }
    }

    /** What happens to a call is news for those that are tied to it. */
    private void touch(CallKey call, long now) {
        CallState before = stores.state(call);
        if (before != null && before.stage() != Stage.HISTORY) {
            CallState seen = before.seen(now);
            stores.put(call, before, seen.dueAt(rules.dueAfterRow(seen, true, now)));
        }
    }

    private void lookAtDueCalls(long wallClock) {
        if (stores.nextDue() > Math.max(wallClock, clock.observed())) {
            return;
        }
        long now = clock.now();
        stores.due(now, LOOK_BATCH).forEach(call -> look(call, now));
    }

    private void look(CallKey call, long now) {
        CallState state = stores.state(call);
        boolean mayShip = state.stage() != Stage.HISTORY;
        CallRows rows = mayShip ? stores.rows(call) : CallRows.of(call, List.of());
        Step step = rules.next(state, new End(rows.isEndLogged(), rows.cels().isEmpty()), now);
        if (step instanceof Wait wait) {
            stores.put(call, state, state.dueAt(wait.until()));
        } else if (step instanceof Ship ship) {
            stores.put(call, state, tryToShip(rows, state, ship, now));
        } else if (step instanceof DropRows drop) {
            stores.dropRows(call);
            stores.put(call, state, state.in(Stage.HISTORY).dueAt(drop.nextLook()));
        } else if (step instanceof Forget) {
            stores.forget(call, state);
        }
    }

    /** A call that nobody thought of must not hold up the others: its rows stay, and the next one tries again. */
    private CallState tryToShip(CallRows rows, CallState state, Ship ship, long now) {
        if (state.revision() == 0 && !filters.apply(rows.key().pbx()).ships(rows)) {
            return state.in(stageAfter(state, ship)).withoutNews().dueAt(ship.nextLook());
        }
        CallDocument content;
        try {
            content = interpreters.apply(rows.key().pbx()).interpret(rows, ship.ending());
        } catch (RuntimeException e) {
            log.error(
                    "A call of PBX {} cannot be told; its rows are kept",
                    rows.key().pbx(),
                    e);
            bury(rows.key(), e);
            return state.withoutNews().dueAt(now + rules.lateWindow().toMillis());
        }
        return ship(rows.key(), content, state, ship, now).dueAt(ship.nextLook());
    }

    /** Writes the document unless an equal one was written before; the first complete one is always written. */
    private CallState ship(CallKey call, CallDocument content, CallState state, Ship ship, long now) {
        long hash = ContentHash.of(DocumentJson.write(content));
        boolean completes = ship.phase() == ShipPhase.COMPLETE && state.stage() == Stage.OPEN;
        CallState next = state.in(stageAfter(state, ship));
        if (state.revision() > 0 && hash == state.contentHash() && !completes) {
            return next.withoutNews();
        }
        byte[] document = DocumentJson.write(content.at(Phase.of(state.revision() + 1, ship.phase())));
        context.forward(
                new Record<>(call.toString(), document, context.currentSystemTimeMs()), AssemblerTopology.DOCUMENTS);
        return next.shipped(now, hash);
    }

    private static Stage stageAfter(CallState state, Ship ship) {
        return ship.phase() == ShipPhase.COMPLETE ? Stage.COMPLETE : state.stage();
    }

    private void bury(Record<String, byte[]> record, RecordMetadata metadata, String reason) {
        DeadLetter letter = DeadLetter.ofRecord(
                STAGE, reason, record.key(), metadata.topic(), metadata.partition(), metadata.offset());
        bury(record.key(), record.value(), letter);
    }

    private void bury(CallKey call, RuntimeException fault) {
        String reason = "the call " + call.linkedid() + " cannot be told: " + fault;
        byte[] name = call.toString().getBytes(StandardCharsets.UTF_8);
        bury(call.pbx(), name, new DeadLetter(STAGE, reason, call.pbx(), null, null, null, null, null));
    }

    private void bury(String key, byte[] value, DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        letter.toHeaders().forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        context.forward(
                new Record<>(key, value, context.currentSystemTimeMs(), headers), AssemblerTopology.DEAD_LETTERS);
    }

    private static boolean endsSomething(Row row) {
        if (row instanceof Cel cel) {
            return cel.type() == CelEventType.LINKEDID_END || cel.type() == CelEventType.CHAN_END;
        }
        return row instanceof Cdr;
    }
}

package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.CallState.Stage;
import com.sipstack.asterisk.assembler.CallTimers.Due;
import com.sipstack.asterisk.assembler.RowGroup.Taken;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ForgetOrder;
import com.sipstack.asterisk.model.Recording;
import com.sipstack.asterisk.model.RecordingReceipt;
import com.sipstack.asterisk.model.Row;
import com.sipstack.asterisk.model.RowFormatException;
import com.sipstack.asterisk.model.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Keeps each call's rows together and has its documents written when they are due. Belongs to its task's thread. */
final class CallProcessor implements Processor<String, byte[], String, byte[]> {
    /** Bound a look: a thread that does not come back to poll is taken for dead. The next look takes the rest. */
    private static final int LOOK_BATCH = 1000;

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

    private final Topics topics;
    private final RowReader reader;
    private final RecordingReader recordingReader;
    private final Duration recordingWait;
    private final ShippingRules rules;
    private final DocumentLimit limit;
    private final boolean sendsRaw;
    private final Duration sentKept;
    private final Surroundings surroundings;
    private final AssemblerMetrics metrics;
    private ProcessorContext<String, byte[]> context;
    private OpenCalls openCalls;
    private CallStores stores;
    private NodeCounters nodes;
    private PbxClocks clocks;
    private Letters letters;
    private Erasure erasure;
    private DocumentArchive archive;
    private CallLook look;
    private RecordingJoin recordings;
    private TaskClock clock;
    private Outboxes outboxes;
    private LookSchedule looks;
    /** By the machine's clock. */
    private long begunAt;

    private boolean hasLooked;

    CallProcessor(AssemblerConfig config, Surroundings surroundings) {
        this.topics = config.topics();
        this.reader = new RowReader(config);
        this.recordingReader = new RecordingReader(config.valueConverter());
        this.recordingWait = config.recordingWait();
        this.rules = config.shippingRules();
        this.limit = config.documentLimit();
        this.sendsRaw = config.sendsRaw();
        this.sentKept = config.sentKept();
        this.surroundings = surroundings;
        this.metrics = surroundings.metrics();
    }

    @Override
    public void init(ProcessorContext<String, byte[]> taskContext) {
        context = taskContext;
        openCalls = new OpenCalls(taskContext, metrics);
        stores = new CallStores(taskContext, openCalls);
        nodes = new NodeCounters(taskContext.getStateStore(CallStores.PBXS));
        clocks = new PbxClocks(taskContext.getStateStore(CallStores.PBXS));
        letters = new Letters(taskContext);
        erasure = new Erasure(taskContext, stores, letters);
        archive = surroundings.archives().get();
        Interpretation interpretation = surroundings.interpretation();
        outboxes = new Outboxes(taskContext, stores, sentKept);
        begunAt = taskContext.currentSystemTimeMs();
        DocumentWriter writer = new DocumentWriter(outboxes.documents(), limit);
        RawWriter raw = new RawWriter(outboxes.raw(), interpretation, sendsRaw, metrics);
        recordings = new RecordingJoin(
                outboxes.recordings(), stores, erasure, interpretation, rules, recordingWait, metrics);
        LateAmendment amendment = new LateAmendment(stores, interpretation, archive, writer, raw, recordings, letters);
        look = new CallLook(rules, interpretation, stores, nodes, writer, raw, recordings, amendment, letters, metrics);
        clock = new TaskClock(surroundings.backlog(), taskContext.taskId().partition());
        looks = new LookSchedule(taskContext, this::lookAround);
    }

    @Override
    public void close() {
        archive.close();
        openCalls.close();
        looks.close();
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        long now = clock.observe(record.timestamp(), context.currentSystemTimeMs());
        looks.soon();
        try {
            Optional<ForgetOrder> order = ForgetOrder.in(record.key(), record.headers());
            if (order.isPresent()) {
                erasure.obey(order.get(), now);
            } else {
                take(record, metadata, mayBeReadAgain(record), now);
            }
        } catch (RowFormatException e) {
            letters.bury(record, metadata, e.getMessage());
        }
    }

    /** Without transactions an earlier run may have left some of what the record changed, and not the rest. */
    private boolean mayBeReadAgain(Record<String, byte[]> record) {
        return !sentKept.isZero() && record.timestamp() <= begunAt;
    }

    private void take(Record<String, byte[]> record, RecordMetadata metadata, boolean isReadAgain, long now) {
        String topic = metadata.topic();
        if (topic.equals(topics.receipts())) {
            recordings.take(RecordingReceipt.fromJson(record.value()), isReadAgain, now);
        } else if (topic.equals(topics.recordings())) {
            Recording recording = recordingReader.read(topic, record.key(), record.headers(), record.value());
            if (!recordings.take(recording, isReadAgain, now)) {
                metrics.duplicateRow();
            }
        } else {
            Row row = reader.read(topic, record.key(), record.headers(), record.value());
            take(RowIdentity.arrived(row, record.headers(), metadata.offset()), isReadAgain, now);
        }
    }

    private void take(ArrivedRow arrived, boolean isReadAgain, long now) {
        Row row = arrived.row();
        CallKey call = row.callKey();
        CallState before = stores.state(call);
        if (erasure.refuses(row, before)) {
            return;
        }
        readClock(row, call, before == null, now);
        Taken taken = stores.rows().add(call, before, arrived);
        if (taken == Taken.KNOWN) {
            metrics.duplicateRow();
        } else if (before != null && before.stage() != Stage.OPEN) {
            metrics.lateRow();
        }
        if (taken != Taken.KNOWN || isReadAgain) {
            // What happened is known already: whoever watches can wait for what is told better
            note(row, before, taken == Taken.RICHER ? RowNews.CHATTER : RowNews.of(row), now);
        }
        if (isReadAgain) {
            stores.mend(call);
        }
        if (taken != Taken.KNOWN) {
            noticeRestart(row, now);
        }
    }

    private void note(Row row, CallState before, RowNews news, long now) {
        CallKey call = row.callKey();
        CallState seen = before == null ? CallState.firstSeen(now) : before.seen(now);
        CallState told = news == RowNews.TURN ? seen.turned(now) : seen;
        Set<CallKey> others = told.stage() == Stage.HISTORY ? Set.of() : learnTies(call, told, row);
        stores.put(call, before, told.alone(others.isEmpty()).dueAt(rules.dueAfterRow(told, news, now)));
        others.forEach(other -> touch(other, news, now));
    }

    /** The other calls that are tied to one, those included that the row ties to it. */
    private Set<CallKey> learnTies(CallKey call, CallState state, Row row) {
        boolean isTied = stores.channels().learn(call, row);
        return state.isAlone() && !isTied ? Set.of() : stores.channels().tiedTo(call);
    }

    /** Beyond what is remembered nobody knows whether a call was told: one that begins anew might take the place of a richer one. */
    private void readClock(Row row, CallKey call, boolean isUnknown, long now) {
        if (row.occurredAt() == null) {
            return;
        }
        boolean isTimed = row instanceof Cdr cdr && cdr.duration() != null;
        long at = row.occurredAt() / 1_000 + (isTimed ? ((Cdr) row).duration() * 1_000L : 0);
        if (isUnknown && rules.isForgotten(at, clocks.latest(call.pbx()))) {
            throw new RowFormatException(
                    "too-late: the call " + call.linkedid() + " is older than all that is remembered");
        }
        clocks.observe(call.pbx(), at, now);
    }

    /** What happens to a call is news for those that are tied to it. */
    private void touch(CallKey call, RowNews news, long now) {
        CallState before = stores.state(call);
        if (before != null && before.stage() != Stage.HISTORY) {
            CallState seen = before.seen(now).alone(false);
            CallState told = news == RowNews.TURN ? seen.turned(now) : seen;
            stores.put(call, before, told.dueAt(rules.dueAfterRow(told, RowNews.END, now)));
        }
    }

    /** A node that was started again has none of the calls any more that it had open. */
    private void noticeRestart(Row row, long now) {
        String pbx = row.provenance().pbx();
        if (row instanceof Cel cel
                && cel.type() == CelEventType.CHAN_START
                && nodes.observe(pbx, cel.uniqueid(), now)) {
            for (CallKey call : stores.openCalls(pbx)) {
                CallState state = stores.state(call);
                stores.put(call, state, state.dueAt(rules.dueAfterRestart(state, now)));
            }
        }
    }

    private void lookAround(long wallClock) {
        if (!hasLooked) {
            hasLooked = true;
            takeBack(wallClock);
        }
        boolean isAllSent = outboxes.look(wallClock);
        long latest = Math.max(wallClock, clock.observed());
        if (nextDue() <= latest) {
            lookAtDueCalls();
        }
        looks.restFor(isAllSent ? nextDue() - latest : 0);
    }

    /** Calls that were seen while the machine's clock was ahead: what they are due for would come as much too late. */
    private void takeBack(long wallClock) {
        for (CallKey call : stores.openCalls()) {
            CallState state = stores.state(call);
            if (state.lastSeen() > wallClock) {
                stores.put(call, state, state.seenBy(wallClock).dueAt(wallClock));
            }
        }
    }

    private long nextDue() {
        return Math.min(stores.timers().next(), recordings.next());
    }

    private void lookAtDueCalls() {
        long now = clock.now();
        recordings.lookAtDue(now);
        long limit = System.nanoTime() + LOOK_LIMIT.toNanos();
        for (Due timer : stores.timers().due(now, LOOK_BATCH)) {
            look.at(timer, now);
            if (System.nanoTime() > limit) {
                break;
            }
        }
    }
}

package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.RowStore.Unsent;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.RawRows;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.CallDocument;
import java.util.List;

/** Sends rows one by one once their call is told, each once. Filtered CDRs stay, and so do digits unless they are asked for. Belongs to its task's thread. */
final class RawWriter {
    private final Outbox<?> outbox;
    private final Interpretation interpretation;
    private final boolean isEnabled;
    private final AssemblerMetrics metrics;

    RawWriter(Outbox<?> outbox, Interpretation interpretation, boolean isEnabled, AssemblerMetrics metrics) {
        this.outbox = outbox;
        this.interpretation = interpretation;
        this.isEnabled = isEnabled;
        this.metrics = metrics;
    }

    /** Sends those rows of a call that were not sent. */
    void write(CallKey call, CallDocument document, RowStore rows) {
        if (isEnabled) {
            write(call, document, rows.unsent(call));
        }
    }

    private void write(CallKey call, CallDocument document, List<Unsent> rows) {
        CdrFilter filter = interpretation.filters().apply(call.pbx());
        boolean tellsDigits =
                interpretation.profiles().apply(call.pbx()).story().dtmf();
        RawRows raw = new RawRows(document);
        rows.stream()
                .filter(unsent -> !(unsent.row() instanceof Cdr cdr) || keeps(filter, cdr))
                .filter(unsent -> tellsDigits || !(unsent.row() instanceof Cel cel) || cel.type() != CelEventType.DTMF)
                .map(unsent -> raw.of(unsent.row(), unsent.occurrence()))
                .forEach(record -> outbox.send(call.pbx(), record.toJson()));
    }

    private boolean keeps(CdrFilter filter, Cdr cdr) {
        boolean keeps = filter.keeps(cdr);
        if (!keeps) {
            metrics.filteredCdr();
        }
        return keeps;
    }
}

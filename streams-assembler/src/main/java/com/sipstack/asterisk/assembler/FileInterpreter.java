package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.assembler.interpret.CallInterpreter;
import com.sipstack.asterisk.assembler.interpret.CallRows;
import com.sipstack.asterisk.assembler.interpret.CdrFilter;
import com.sipstack.asterisk.assembler.interpret.Ending;
import com.sipstack.asterisk.model.document.CallDocument;
import com.sipstack.asterisk.model.document.CallDocument.Phase;
import com.sipstack.asterisk.model.document.ShipPhase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Interprets calls of which no more rows will come, each with what is configured for its PBX. */
final class FileInterpreter {
    private static final Comparator<CallDocument> START = Comparator.comparing(
            document -> document.timing().callTime(), Comparator.nullsLast(Comparator.naturalOrder()));

    private final Map<String, Object> settings;
    private final Map<String, Configured> byPbx = new HashMap<>();

    private record Configured(CallInterpreter interpreter, CdrFilter filter) {}

    /** @param settings as the assembler's; what is none of the interpreter's does not matter */
    FileInterpreter(Map<String, Object> settings) {
        this.settings = settings;
    }

    /** The documents of all that are shipped, in the order in which the calls began. */
    List<CallDocument> documents(List<CallRows> calls) {
        return calls.stream().flatMap(this::document).sorted(START).toList();
    }

    private Stream<CallDocument> document(CallRows call) {
        Configured configured = byPbx.computeIfAbsent(call.key().pbx(), this::configured);
        if (!configured.filter().ships(call)) {
            return Stream.empty();
        }
        boolean ended = call.isEndLogged() || call.cels().isEmpty();
        CallDocument document = configured.interpreter().interpret(call, ended ? Ending.HANGUP : Ending.NONE);
        return Stream.of(document.at(Phase.of(1, ended ? ShipPhase.COMPLETE : ShipPhase.UPDATE)));
    }

    private Configured configured(String pbx) {
        InterpreterConfig config = new InterpreterConfig(settings, pbx);
        return new Configured(new CallInterpreter(config.profile()), config.filter());
    }
}

package com.sipstack.asterisk.allinone.forget;

import com.sipstack.asterisk.allinone.forget.Footprint.Trace;
import com.sipstack.asterisk.model.CallKey;
import com.sipstack.asterisk.model.Topics;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says where something is stored, and for how long. */
final class FootprintText {
    private static final int MOST = 20;

    private final Topics topics;
    private final PrintWriter out;

    FootprintText(Topics topics, PrintWriter out) {
        this.topics = topics;
        this.out = out;
    }

    void print(List<CallKey> calls, Footprint footprint, Lifetimes lifetimes) {
        out.println(calls.size() + " calls");
        print(calls.stream().map(CallKey::toString).toList());
        footprint
                .byTopic()
                .forEach((topic, trace) ->
                        out.printf("%-28s %d records; %s%n", topic, trace.records(), fate(topic, trace, lifetimes)));
        if (!footprint.letters().isEmpty()) {
            out.println("The dead letters are yours to drop:");
            out.println("  sipstack dlq drop --erase " + String.join(" ", footprint.letters()));
        }
    }

    private void print(List<String> lines) {
        lines.stream().limit(MOST).forEach(line -> out.println("  " + line));
        if (lines.size() > MOST) {
            out.println("  and " + (lines.size() - MOST) + " more");
        }
    }

    private String fate(String topic, Trace trace, Lifetimes lifetimes) {
        if (topic.equals(topics.calls()) && lifetimes.compaction(topic).isPresent()) {
            return "gone " + lifetimes.compaction(topic).get().toHours()
                    + " h after they were forgotten, at the latest";
        }
        return lifetimes
                .end(topic, trace.newest())
                .map(end -> "gone by themselves until " + end.truncatedTo(ChronoUnit.MINUTES))
                .orElse("kept for ever: the topic has no retention");
    }
}

package com.sipstack.asterisk.benchmarks.endtoend;

import java.util.regex.Pattern;

/** A part of the all-in-one, told by the names of its threads. The first that fits counts. */
enum Stage {
    ASSEMBLER("assembler: stream threads and their clients", "sipstack-assembler|StreamThread|StateUpdater|backlog-"),
    ROCKSDB("assembler: RocksDB in the background", "rocksdb:"),
    SOURCE("source: readers, tasks and their producer", "asterisk-"),
    SINK("sink: task, its consumer and HTTP", "sipstack-|OkHttp"),
    BROKER(
            "broker",
            "data-plane|kafka-log|ExpirationReaper|group-coordinator|raft|controller|quorum|kafka-scheduler|Txn"
                    + "|transaction|broker-|LogDirFailure|[Mm]etadata|share-|feature|log-"),
    COLLECTOR("garbage collector", "^(G[1N]|GC|VM Thread|VM Periodic|Shenandoah|Z[A-Z])|ParGC|Concurrent"),
    COMPILER("JIT compiler", "^C[12N] Compiler|Sweeper"),
    OTHER("everything else", "");

    private final String title;
    private final Pattern names;

    Stage(String title, String names) {
        this.title = title;
        this.names = Pattern.compile(names);
    }

    String title() {
        return title;
    }

    static Stage of(String thread) {
        for (Stage stage : values()) {
            if (stage.names.matcher(thread).find()) {
                return stage;
            }
        }
        return OTHER;
    }
}

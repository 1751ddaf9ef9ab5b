package com.sipstack.asterisk.benchmarks;

import java.lang.reflect.Proxy;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a task sees of a worker: no offsets, and no metrics of plugins, as in workers before Kafka 4.1. */
final class BareContext {
    private BareContext() {}

    static SourceTaskContext withoutOffsets() {
        OffsetStorageReader none = answering(OffsetStorageReader.class, null);
        return answering(SourceTaskContext.class, none);
    }

    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("pluginMetrics")) {
                        throw new NoSuchMethodError("older workers have none");
                    }
                    return answer;
                }));
    }
}

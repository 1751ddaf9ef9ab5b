package com.sipstack.asterisk.benchmarks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Calls that go on, and documents of them: as large as that of an answered call with two legs. For one thread. */
final class LiveCalls {
    private static final int PBXS = 100;
    private static final String[] STATES = {"\"answered\":false", "\"answered\":true"};

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int[] revisions;
    private final Instant begin = Instant.now();
    private final Random random = new Random(1);
    private final String thread = thread();
    private Future<RecordMetadata> last;

    LiveCalls(Producer<byte[], byte[]> producer, String topic, int calls) {
        this.producer = producer;
        this.topic = topic;
        this.revisions = new int[calls];
    }

    /** Tells every call once, and waits until that is written. */
    void begin() throws ExecutionException, InterruptedException {
        for (int call = 0; call < revisions.length; call++) {
            tell(call);
        }
        producer.flush();
        last.get();
    }

    /** Tells any one of them again, with something new. */
    void turn() {
        tell(random.nextInt(revisions.length));
    }

    private void tell(int call) {
        int revision = ++revisions[call];
        String pbx = "pbx-" + call % PBXS;
        String linkedid = begin.getEpochSecond() + "." + call;
        last = producer.send(new ProducerRecord<>(
                topic, (pbx + "|" + linkedid).getBytes(UTF_8), document(call, pbx, linkedid, revision)));
    }

    private byte[] document(int call, String pbx, String linkedid, int revision) {
        String head =
                "{\"connector\":\"asterisk\",\"tenant\":\"acme\",\"hostname\":\"%s\",\"pbx\":\"%s\",\"linkedid\":\"%s\",\"revision\":%d,"
                        + "\"ship_phase\":\"update\",\"is_complete\":false,\"call_time\":\"%s\",\"direction\":\"i\",\"disposition\":\"ANSWERED\",%s,"
                        + "\"src_number\":\"1416555%04d\",\"src_name\":\"Caller %d\",\"dialled\":\"16475550101\",\"dst_extension\":\"%d\","
                        + "\"answered_by\":{\"extension\":\"%d\",\"name\":\"Agent %d\"},\"legs\":[{\"extension\":\"%d\",\"name\":\"Agent %d\"}],"
                        + "\"queue\":[{\"name\":\"support\",\"outcome\":\"answered\"}],\"call_threads\":[%s]}";
        int extension = 100 + call % 900;
        return head.formatted(
                        pbx,
                        pbx,
                        linkedid,
                        revision,
                        begin.minusSeconds(call % 600),
                        STATES[revision % 2],
                        call % 10_000,
                        call,
                        extension,
                        extension,
                        extension,
                        extension,
                        extension,
                        thread)
                .getBytes(UTF_8);
    }

    private static String thread() {
        String entry =
                "{\"time\":\"2026-11-22T08:00:00.123456Z\",\"event\":\"BRIDGE_ENTER\",\"channel\":\"PJSIP/trunk-0000001c\","
                        + "\"exten\":\"16475550101\",\"context\":\"from-trunk\",\"uniqueid\":\"1795305379.310\",\"peer\":\"PJSIP/101-0000001d\"}";
        return String.join(",", java.util.Collections.nCopies(16, entry));
    }
}

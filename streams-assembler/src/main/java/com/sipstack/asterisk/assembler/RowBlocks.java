package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.CallKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of calls that stand alone, by name. What comes at about the same time goes into one block under one key, which is written
 * before the commit or when it is read: most events of a call come in bursts. Which names there are is remembered of
 * many calls, so that nothing must be read for what is new. Blocks are asked for one by one: a scan would pass over all that was
 * deleted behind the call. Belongs to the task's thread.
 */
final class RowBlocks {
    /** In bytes, of each task: a call has some hundred. */
    static final long MOST_REMEMBERED = Runtime.getRuntime().maxMemory() / 128;

    /** No name of an entry begins so. */
    private static final String BLOCK = "#";

    private static final byte FORMAT = 2;
    /** The default of commit.interval.ms: what is older was written, and would be written again. */
    private static final long OPEN_MILLIS = 200;

    private static final int LARGEST_BLOCK = 32 << 10;
    private static final int USUAL_BLOCK = 4 << 10;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Predicate<CallKey> isOfEarlierRelease;
    private final LongSupplier clock;
    private final long mostRemembered;
    private final LinkedHashMap<CallKey, Outline> outlines = new LinkedHashMap<>(64, 0.75f, true);
    private long remembered;
    private boolean holdsBack;
    /** The oldest first. */
    private final LinkedHashMap<CallKey, Block> open = new LinkedHashMap<>();
    /** The call that was read last, which is often asked for again. */
    private Content content = new Content(null);

    /**
     * @param isOfEarlierRelease whether entries of the call may stand under keys of their own
     * @param clock the machine's, in milliseconds
     * @param mostRemembered bytes for the outlines of calls
     */
    RowBlocks(
            KeyValueStore<Bytes, byte[]> store,
            Predicate<CallKey> isOfEarlierRelease,
            LongSupplier clock,
            long mostRemembered) {
        this.store = store;
        this.isOfEarlierRelease = isOfEarlierRelease;
        this.clock = clock;
        this.mostRemembered = mostRemembered;
    }

    /** @param isAskedBeforeCommits whether somebody has it {@link #write}; otherwise blocks are written whenever they grow */
    void holdBack(boolean isAskedBeforeCommits) {
        holdsBack = isAskedBeforeCommits;
    }

    /** All that a call has here. */
    private static final class Content {
        private final CallKey call;
        private final Map<String, byte[]> byName = new TreeMap<>();
        private final List<Bytes> single = new ArrayList<>();
        private int blocks;

        Content(CallKey call) {
            this.call = call;
        }
    }

    /** What must be known of a call to add to it. */
    private static final class Outline {
        private static final int OVERHEAD = 250;

        private int[] names = new int[16];
        private int size;
        private int blocks;
        private boolean hasSingle;

        private boolean mayHave(String name) {
            int hash = name.hashCode();
            for (int i = 0; i < size; i++) {
                if (names[i] == hash) {
                    return true;
                }
            }
            return false;
        }

        private void add(String name) {
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
            }
            names[size++] = name.hashCode();
        }

        private int bytes() {
            return OVERHEAD + names.length * Integer.BYTES;
        }
    }

    private static final class Block {
        private final Bytes key;
        private final long begun;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BLOCK);
        private boolean isWritten;

        Block(Bytes key, long begun) {
            this.key = key;
            this.begun = begun;
            bytes.write(FORMAT);
        }

        private void add(String name, byte[] value) {
            NamedBytes.write(name, value, bytes);
            isWritten = false;
        }
    }

    /** The entries of a call in the order of their names. Not to be changed, and good until the next change. */
    Map<String, byte[]> of(CallKey call) {
        return contentOf(call).byName;
    }

    /** Null if there is none. */
    byte[] get(CallKey call, String name) {
        return outline(call).mayHave(name) ? of(call).get(name) : null;
    }

    void put(CallKey call, String name, byte[] value) {
        Outline outline = outline(call);
        Block block = openBlock(call, outline);
        block.add(name, value);
        if (!holdsBack) {
            write(block);
        }
        remembered -= outline.bytes();
        outline.add(name);
        remembered += outline.bytes();
        if (call.equals(content.call)) {
            content = new Content(null);
        }
    }

    /** Hands all that was put over to the store. */
    void write() {
        open.values().forEach(this::write);
    }

    private void write(Block block) {
        if (!block.isWritten) {
            store.put(block.key, block.bytes.toByteArray());
            block.isWritten = true;
        }
    }

    /** Drops all that a call has here. */
    void drop(CallKey call) {
        Content dropped = contentOf(call);
        // A delete would read what was there
        dropped.single.forEach(key -> store.put(key, null));
        // From behind: whatever is left after a crash begins with the first
        for (int number = dropped.blocks - 1; number >= 0; number--) {
            store.put(blockKey(call, number), null);
        }
        content = new Content(null);
        open.remove(call);
        forget(call);
    }

    private Block openBlock(CallKey call, Outline outline) {
        long now = clock.getAsLong();
        closeBegunBefore(now - OPEN_MILLIS);
        Block block = open.get(call);
        if (block == null || block.bytes.size() > LARGEST_BLOCK) {
            close(call);
            block = new Block(blockKey(call, outline.blocks++), now);
            open.put(call, block);
        }
        return block;
    }

    private void closeBegunBefore(long time) {
        Iterator<Block> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Block block = oldest.next();
            if (block.begun >= time) {
                return;
            }
            write(block);
            oldest.remove();
        }
    }

    private void close(CallKey call) {
        Block block = open.remove(call);
        if (block != null) {
            write(block);
        }
    }

    private Outline outline(CallKey call) {
        Outline known = outlines.get(call);
        if (known != null) {
            return known;
        }
        Content read = contentOf(call);
        Outline outline = new Outline();
        read.byName.keySet().forEach(outline::add);
        outline.blocks = read.blocks;
        outline.hasSingle = !read.single.isEmpty();
        outlines.put(call, outline);
        remembered += outline.bytes();
        while (remembered > mostRemembered && outlines.size() > 1) {
            forget(outlines.keySet().iterator().next());
        }
        return outline;
    }

    private void forget(CallKey call) {
        Outline outline = outlines.remove(call);
        remembered -= outline == null ? 0 : outline.bytes();
    }

    private Content contentOf(CallKey call) {
        if (!call.equals(content.call)) {
            content = read(call);
        }
        return content;
    }

    private Content read(CallKey call) {
        Content read = new Content(call);
        Outline known = outlines.get(call);
        if (known == null ? isOfEarlierRelease.test(call) : known.hasSingle) {
            StoreKeys.scan(store, call, entry -> readSingle(entry.key, entry.value, read));
        }
        if (open.containsKey(call)) {
            write(open.get(call));
        }
        // What blocks say is newer
        int most = known == null ? Integer.MAX_VALUE : known.blocks;
        while (read.blocks < most && readBlock(read)) {
            read.blocks++;
        }
        return read;
    }

    private boolean readBlock(Content into) {
        byte[] block = store.get(blockKey(into.call, into.blocks));
        if (block != null) {
            NamedBytes.read(entriesIn(block), into.byName::put);
        }
        return block != null;
    }

    private static void readSingle(Bytes key, byte[] value, Content into) {
        String name = StoreKeys.nameIn(key, into.call.toString());
        if (!name.startsWith(BLOCK)) {
            into.byName.put(name, value);
            into.single.add(key);
        }
    }

    private static Bytes blockKey(CallKey call, int number) {
        return StoreKeys.under(call, BLOCK + HexFormat.of().toHexDigits(number));
    }

    private static ByteBuffer entriesIn(byte[] block) {
        if (block[0] != FORMAT) {
            throw UnreadableStateException.ofFormat("a block of rows", block[0], "" + FORMAT);
        }
        return ByteBuffer.wrap(block, 1, block.length - 1);
    }
}

package com.sipstack.asterisk.assembler;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write buffer budget for all stores of the process, however many partitions it has. They lie outside of the
 * heap: a process that was given little heap has little beside it.
 */
public final class BoundedMemory implements RocksDBConfigSetter {
    private static final long MOST = 96L << 20;
    private static final long TOTAL = Math.min(MOST, Runtime.getRuntime().maxMemory() / 4);
    private static final long WRITE_BUFFERS = TOTAL / 3;
    private static final long WRITE_BUFFER = 4L << 20;

    /** Made when the first store opens, and never closed: they belong to the process. */
    private static final class Shared {
        static final Cache CACHE;
        static final WriteBufferManager BUFFERS;

        static {
            RocksDB.loadLibrary();
            CACHE = new LRUCache(TOTAL, -1, false, 0.1);
            BUFFERS = new WriteBufferManager(WRITE_BUFFERS, CACHE);
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the buffers are shared; nothing belongs to one store
    }
}

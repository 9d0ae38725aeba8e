package dev.intermezzo.runtime.kafka;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write-buffer bound for all state stores of the process: 128 MiB outside the heap, whatever the
 * number of stores and partitions.
 *
 * <p>Kafka Streams creates one instance of this class per store by reflection and passes nothing that they could share,
 * so a bound over all stores can only live in a static holder; Kafka's own memory guide prescribes the same. It is made on
 * first use and lives as long as the process: closing it with one store would take it from the others.
 */
public final class SharedRocksMemory implements RocksDBConfigSetter {
    static final long TOTAL_BYTES = 128L << 20;
    static final long WRITE_BUFFER_BYTES = 48L << 20;
    private static final long PER_STORE_WRITE_BUFFER_BYTES = 4L << 20;
    private static final int ANY_SHARDS = -1;
    /** Indexes and filters are read on every lookup; a tenth is kept for them, so that a scan does not evict them. */
    private static final double FOR_INDEXES = 0.1;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(options.tableFormatConfig() instanceof BlockBasedTableConfig table)) {
            throw new IllegalStateException("Kafka Streams opens its stores with block-based tables");
        }
        table.setBlockCache(Shared.CACHE);
        // Otherwise indexes and filters grow outside the cache with the data.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        // Default 16 MiB and three of them, for each store of each partition.
        options.setWriteBufferSize(PER_STORE_WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // The shared cache outlives every single store.
    }

    /** Initialised on first use, after the native library is loaded. */
    private static final class Shared {
        static final Cache CACHE;
        static final WriteBufferManager WRITE_BUFFERS;

        static {
            RocksDB.loadLibrary();
            CACHE = new LRUCache(TOTAL_BYTES, ANY_SHARDS, false, FOR_INDEXES);
            // Charged to the cache, so that both together stay within the total.
            WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
        }
    }
}

package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.topology.BuyerKeyStep.Turn;
import dev.intermezzo.runtime.streams.Outlet;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topic;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.BuyerKeyRing;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.WaitingCommand;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rings of sealed buyer keys of one partition's payments, and the last step of every Cashier command. */
final class BuyerKeys {
    static final String STORE = "buyer-keys";

    private final KeyValueStore<String, byte[]> store;
    private final Outlet out;
    private final WriterSchemas schemas;
    private final Codec<BuyerKeyRing> codec = Codec.of(BuyerKeyRing.class);

    BuyerKeys(KeyValueStore<String, byte[]> store, Outlet out, WriterSchemas schemas) {
        this.store = store;
        this.out = out;
        this.schemas = schemas;
    }

    void arrived(String payment, WrappedKey key) {
        write(payment, BuyerKeyStep.keyArrived(load(payment), key));
    }

    void forgotten(String payment) {
        write(payment, BuyerKeyStep.forgotten(load(payment)));
    }

    void usedUp(String payment, Set<String> keyIds) {
        if (!keyIds.isEmpty()) {
            write(payment, BuyerKeyStep.usedUp(load(payment), keyIds));
        }
    }

    /** Sends a command with its keys, now or when they arrive. */
    void issue(Topic<?> topic, String payment, CashierCommand command, String traceparent) {
        boolean once = topic.equals(Topics.ONCE_COMMANDS);
        write(payment, BuyerKeyStep.issued(load(payment), new WaitingCommand(command, once, traceparent)));
    }

    private void write(String payment, Turn turn) {
        BuyerKeyRing ring = turn.ring();
        if (ring == null) {
            store.delete(payment);
        } else {
            store.put(payment, codec.encode(ring));
        }
        for (WaitingCommand leaving : turn.leaving()) {
            out.write(
                    leaving.getOnce() ? Topics.ONCE_COMMANDS : Topics.CASHIER_COMMANDS,
                    payment,
                    leaving.getCommand(),
                    leaving.getTraceparent());
        }
    }

    private @Nullable BuyerKeyRing load(String payment) {
        byte[] stored = store.get(payment);
        return stored == null ? null : codec.decode(stored, schemas);
    }
}

package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.orchestrator.codec.StateCodec;
import dev.intermezzo.orchestrator.ledger.Bookkeeper.Booking;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.ChainHead;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Each payment's present state and the end of its chain of ledger entries. */
final class Books {
    static final String PAYMENTS = "payments";
    static final String HEADS = "ledger-heads";

    private static final Codec<ChainHead> HEAD_CODEC = Codec.of(ChainHead.class);

    private final KeyValueStore<String, byte[]> payments;
    private final KeyValueStore<String, byte[]> heads;
    private final WriterSchemas schemas;
    private final Codec<PaymentStateRecord> stateCodec = Codec.of(PaymentStateRecord.class);

    Books(KeyValueStore<String, byte[]> payments, KeyValueStore<String, byte[]> heads, WriterSchemas schemas) {
        this.payments = payments;
        this.heads = heads;
        this.schemas = schemas;
    }

    @Nullable
    PaymentState state(String payment) {
        byte[] stored = payments.get(payment);
        return stored == null ? null : StateCodec.toState(stateCodec.decode(stored, schemas));
    }

    @Nullable
    ChainHead head(String payment) {
        byte[] stored = heads.get(payment);
        return stored == null ? null : HEAD_CODEC.decode(stored, schemas);
    }

    void enter(Booking.Entered booking) {
        String payment = booking.state().paymentId();
        payments.put(payment, booking.stored().get());
        heads.put(payment, encode(booking.head()));
    }

    /** A payment's key in both stores, as their changelogs hold it. */
    static Bytes key(String payment) {
        return Bytes.wrap(payment.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] encode(ChainHead head) {
        return HEAD_CODEC.encode(head);
    }
}

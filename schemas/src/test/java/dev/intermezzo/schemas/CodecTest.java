package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.schemas.avro.BuyerGaveUp;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.PaymentEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class CodecTest {
    private final Codec<PaymentEvent> codec = Codec.of(PaymentEvent.class);
    private final PaymentEvent event = new PaymentEvent(
            "e-1",
            "shop~order",
            "merchant",
            Environment.SANDBOX,
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            new BuyerGaveUp());

    @Test
    void a_value_comes_back_as_it_went() {
        assertThat(codec.decode(codec.encode(event), WriterSchemas.compiledIn()))
                .isEqualTo(event);
    }

    @Test
    void equal_values_have_equal_bytes() {
        assertThat(codec.encode(event))
                .isEqualTo(codec.encode(PaymentEvent.newBuilder(event).build()));
    }

    @Test
    void the_header_names_the_writers_schema() {
        byte[] bytes = codec.encode(event);

        assertThat(bytes).startsWith(0xC3, 0x01);
        assertThat(Codec.fingerprint(bytes)).isEqualTo(codec.fingerprint());
    }

    @Test
    void a_cut_value_is_undecodable() {
        byte[] bytes = codec.encode(event);

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 1), WriterSchemas.compiledIn()))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void left_over_bytes_are_undecodable() {
        byte[] bytes = codec.encode(event);

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1), WriterSchemas.compiledIn()))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("left over");
    }

    @Test
    void an_unknown_fingerprint_is_not_the_values_fault() {
        byte[] bytes = codec.encode(event);
        bytes[5] ^= 1;

        assertThatThrownBy(() -> codec.decode(bytes, WriterSchemas.compiledIn()))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("schemas");
    }

    @Test
    void a_lookup_that_waits_holds_up_no_other_reader() throws Exception {
        byte[] foreign = codec.encode(event);
        foreign[5] ^= 1;
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch published = new CountDownLatch(1);
        WriterSchemas late = fingerprint -> {
            asked.countDown();
            await(published);
            return PaymentEvent.getClassSchema();
        };
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<PaymentEvent> waiting = threads.submit(() -> codec.decode(foreign, late));
            await(asked);

            Future<PaymentEvent> other =
                    threads.submit(() -> codec.decode(foreign, known -> PaymentEvent.getClassSchema()));

            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(event);
            assertThat(waiting.isDone()).isFalse();
            published.countDown();
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(event);
        }
    }

    @Property
    void arbitrary_bytes_never_give_another_exception(@ForAll @Size(max = 200) byte[] tail) {
        byte[] bytes = Arrays.copyOf(codec.encode(event), 10 + tail.length);
        System.arraycopy(tail, 0, bytes, 10, tail.length);

        try {
            codec.decode(bytes, WriterSchemas.compiledIn());
        } catch (UndecodableException expected) {
            assertThat(expected).hasMessageContaining("PaymentEvent");
        }
    }

    @Property
    void money_keeps_its_value(
            @ForAll @Scale(4) @BigRange(min = "0.0001", max = "999999999999.9999") BigDecimal amount) {
        Codec<Money> money = Codec.of(Money.class);
        WriterSchemas own = fingerprint -> Money.getClassSchema();

        assertThat(money.decode(money.encode(new Money(amount, "EUR")), own).getAmount())
                .isEqualByComparingTo(amount);
    }

    @Test
    void a_tombstone_stays_a_tombstone() {
        try (Serde<PaymentEvent> serde = new AvroSerde<>(Topics.PAYMENT_EVENTS, WriterSchemas.compiledIn())) {
            assertThat(serde.serializer().serialize("t", null)).isNull();
            assertThat(serde.deserializer().deserialize("t", (byte[]) null)).isNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

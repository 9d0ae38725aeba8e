package dev.intermezzo.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.topology.BuyerKeyStep.Turn;
import dev.intermezzo.schemas.avro.BuyerKeyRing;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.WaitingCommand;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BuyerKeyStepTest {

    @Test
    void a_command_without_sealed_parts_leaves_at_once_and_needs_no_ring() {
        Turn turn = BuyerKeyStep.issued(null, command("c1"));

        assertThat(leaving(turn)).containsExactly("c1");
        assertThat(turn.ring()).isNull();
    }

    @Test
    void a_command_leaves_when_the_last_of_its_keys_arrives() {
        BuyerKeyRing ring = BuyerKeyStep.issued(null, command("c1", "a", "b")).ring();

        Turn first = BuyerKeyStep.keyArrived(ring, key("a"));
        Turn second = BuyerKeyStep.keyArrived(first.ring(), key("b"));

        assertThat(leaving(first)).isEmpty();
        assertThat(leaving(second)).containsExactly("c1");
        assertThat(second.leaving().getFirst().getCommand().getBuyerKeys())
                .extracting(WrappedKey::getKeyId)
                .containsExactly("a", "b");
    }

    @Test
    void a_command_that_moves_money_still_does_so_after_waiting() {
        BuyerKeyRing ring = BuyerKeyStep.issued(
                        null,
                        WaitingCommand.newBuilder(command("c1", "a"))
                                .setOnce(true)
                                .build())
                .ring();

        Turn turn = BuyerKeyStep.keyArrived(ring, key("a"));

        assertThat(turn.leaving().getFirst().getOnce()).isTrue();
    }

    @Test
    void when_too_many_wait_the_oldest_leaves_without_its_keys_and_is_not_lost() {
        BuyerKeyRing ring = null;
        for (int i = 0; i < BuyerKeyStep.MAX_WAITING; i++) {
            ring = BuyerKeyStep.issued(ring, command("c" + i, "missing")).ring();
        }

        Turn turn = BuyerKeyStep.issued(ring, command("one-more", "missing"));

        assertThat(leaving(turn)).containsExactly("c0");
        assertThat(present(turn.ring()).getWaiting()).hasSize(BuyerKeyStep.MAX_WAITING);
    }

    @Test
    void the_ring_keeps_a_bounded_number_of_keys_the_newest_ones() {
        BuyerKeyRing ring = null;
        for (int i = 0; i <= BuyerKeyStep.MAX_KEYS; i++) {
            ring = BuyerKeyStep.keyArrived(ring, key("k" + i)).ring();
        }

        assertThat(present(ring).getKeys())
                .extracting(WrappedKey::getKeyId)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, BuyerKeyStep.MAX_KEYS)
                        .mapToObj(i -> "k" + i)
                        .toList());
    }

    @Test
    void a_key_that_is_used_up_is_kept_for_nobody_and_the_others_stay() {
        BuyerKeyRing ring = BuyerKeyStep.keyArrived(null, key("buyer")).ring();
        ring = BuyerKeyStep.keyArrived(ring, key("voucher")).ring();

        Turn turn = BuyerKeyStep.usedUp(ring, Set.of("voucher"));

        assertThat(present(turn.ring()).getKeys())
                .extracting(WrappedKey::getKeyId)
                .containsExactly("buyer");
        assertThat(turn.leaving()).isEmpty();
        assertThat(BuyerKeyStep.usedUp(null, Set.of("voucher")).ring()).isNull();
    }

    @Test
    void a_key_that_arrives_twice_is_kept_once() {
        BuyerKeyRing ring = BuyerKeyStep.keyArrived(null, key("a")).ring();

        Turn turn = BuyerKeyStep.keyArrived(ring, key("a"));

        assertThat(present(turn.ring()).getKeys()).hasSize(1);
    }

    @Test
    void forgetting_releases_what_waited_without_any_key() {
        BuyerKeyRing ring = BuyerKeyStep.keyArrived(null, key("a")).ring();
        ring = BuyerKeyStep.issued(ring, command("c1", "a", "missing")).ring();

        Turn turn = BuyerKeyStep.forgotten(ring);

        assertThat(turn.ring()).isNull();
        assertThat(turn.leaving())
                .singleElement()
                .satisfies(leaving ->
                        assertThat(leaving.getCommand().getBuyerKeys()).isEmpty());
    }

    private static List<String> leaving(Turn turn) {
        return turn.leaving().stream()
                .map(leaving -> leaving.getCommand().getId())
                .toList();
    }

    private static BuyerKeyRing present(@Nullable BuyerKeyRing ring) {
        if (ring == null) {
            throw new AssertionError("there is no ring");
        }
        return ring;
    }

    private static WrappedKey key(String id) {
        return new WrappedKey(id, ByteBuffer.wrap(new byte[] {1}));
    }

    private static WaitingCommand command(String id, String... keyIds) {
        CashierCommand command = CashierCommand.newBuilder()
                .setId(id)
                .setPaymentId("demo-shop~1")
                .setMerchantId("demo-shop")
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setAttempt(1)
                .setProvider("PAYONE")
                .setAccount("sandbox-account")
                .setAmount(new Money(new BigDecimal("1.0000"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(Instant.EPOCH)
                .setBuyer(List.of(keyIds).stream()
                        .map(key -> new SealedData(key, "buyer-details", ByteBuffer.wrap(new byte[] {2})))
                        .toList())
                .setBuyerKeys(List.of())
                .setBody(new OpenPage((String) null))
                .build();
        return new WaitingCommand(command, false, "");
    }
}

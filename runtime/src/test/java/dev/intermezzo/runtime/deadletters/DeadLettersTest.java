package dev.intermezzo.runtime.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.avro.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private final Vault vault = new Vault(SealingKeys.generate());
    private final DeadLetters letters = new DeadLetters(vault, () -> NOW);

    @Test
    void a_letter_holds_the_position_and_the_value_only_sealed() {
        byte[] value = "Erika Example".getBytes(StandardCharsets.UTF_8);

        DeadLetter letter = letters.of(
                "edge", new ConsumerRecord<>("t.payment-events", 2, 41, "shop~1", value), "undecodable", "No header.");

        assertThat(letter.getId()).isEqualTo("edge:t.payment-events-2@41");
        assertThat(letter.getPaymentId()).isEqualTo("shop~1");
        assertThat(letter.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
        byte[] sealed = letter.getSealedOriginal().array();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("Erika");
        assertThat(vault.open(letter.getId(), sealed)).isEqualTo(value);
    }

    @Test
    void a_record_met_again_makes_the_same_letter_id_and_one_without_key_or_value_makes_one_too() {
        DeadLetters.Position position = new DeadLetters.Position("t.in", 0, 7);

        DeadLetter one = letters.of("s", position, null, null, "empty", "There is no value.");
        DeadLetter two = letters.of("s", position, null, null, "empty", "There is no value.");

        assertThat(one.getId()).isEqualTo(two.getId());
        assertThat(vault.open(one.getId(), one.getSealedOriginal().array())).isEmpty();
    }
}

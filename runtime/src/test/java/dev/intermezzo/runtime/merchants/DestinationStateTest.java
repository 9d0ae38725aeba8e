package dev.intermezzo.runtime.merchants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationStateTest {
    private static final Instant ADDED = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT23H59M59S, WAITS_FOR_ITS_TIME", "PT24H, READY", "PT2400H, READY"})
    void an_approved_one_is_ready_when_it_is_24_hours_old(Duration age, DestinationState expected) {
        assertThat(DestinationState.of(destination("ben"), ADDED.plus(age))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"none", "anna", "''"},
            nullValues = "none")
    void no_age_stands_in_for_a_second_person(@Nullable String approver) {
        assertThat(DestinationState.of(destination(approver), ADDED.plus(Duration.ofDays(1000))))
                .isEqualTo(DestinationState.WAITS_FOR_SECOND_PERSON);
    }

    @Test
    void every_wait_has_a_code_and_readiness_none() {
        assertThat(DestinationState.READY.code()).isEmpty();
        assertThat(DestinationState.WAITS_FOR_ITS_TIME.code()).isEqualTo("destination-too-new");
        assertThat(DestinationState.WAITS_FOR_SECOND_PERSON.code()).isEqualTo("destination-not-approved");
    }

    private static Destination destination(@Nullable String approver) {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        return Destination.newBuilder()
                .setName("supplier")
                .setRevision("r1")
                .setProvider("PAYONE")
                .setDetails(new SealedData("key", "payee", nothing))
                .setKey(new WrappedKey("key", nothing))
                .setCheck(new SealedSecret("r1", "destination-check", nothing, null))
                .setAddedAt(ADDED)
                .setAddedBy("anna")
                .setApprovedBy(approver)
                .build();
    }
}

package dev.intermezzo.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void a_payment_is_named_by_integration_and_order_whatever_the_uuids_case() {
        assertThat(Ids.payment("shop", "0F8FAD5B-D9CB-469F-A165-70867728950E"))
                .isEqualTo("shop~0f8fad5b-d9cb-469f-a165-70867728950e");
    }

    @Test
    void a_pay_out_that_belongs_to_no_payment_is_told_from_everything_else_by_its_id() {
        assertThat(Ids.merchantOfFreePayOut(Ids.freePayOut("demo-shop", "0".repeat(32))))
                .contains("demo-shop");
        assertThat(Ids.merchantOfFreePayOut(Ids.payment("demo-shop", "0f8fad5b-d9cb-469f-a165-70867728950e")))
                .isEmpty();
        assertThat(Ids.merchantOfFreePayOut("~payout~0")).isEmpty();
    }

    @Test
    void a_uuid_of_an_edge_is_version_7_and_sorts_by_time() {
        UUID early = UUID.fromString(Ids.uuidV7(InstantSource.fixed(Instant.ofEpochMilli(1_000))));
        UUID late = UUID.fromString(Ids.uuidV7(InstantSource.fixed(Instant.ofEpochMilli(1_001))));

        assertThat(early.version()).isEqualTo(7);
        assertThat(early.variant()).isEqualTo(2);
        assertThat(early.toString()).isLessThan(late.toString());
    }
}

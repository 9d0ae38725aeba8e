package dev.intermezzo.orchestrator.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.topology.Facts;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotifyStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule of the janitor, with a payment that waits so. */
class StuckRuleTest {
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final Duration SESSION = Duration.ofMinutes(15);
    private static final Duration ORDER_TIME = Duration.ofDays(1);

    private final Stories story = new Stories(Facts.ofOrder(1), new Bookkeeper());
    private final AuditorHarness auditor = new AuditorHarness(new Bookkeeper());

    @AfterEach
    void close() {
        auditor.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_wait_is_told_once_its_limit_is_over_and_not_before(StuckRule rule) {
        // Given
        Duration begins = begin(rule);
        auditor.read(story.ledger());

        // When
        if (!rule.limit().isZero()) {
            auditor.pass(begins.plus(rule.limit()).minus(MARGIN));
            assertThat(auditor.stuck(rule)).as("before its limit").isZero();
            auditor.pass(MARGIN);
        } else {
            auditor.pass(begins.plus(MARGIN));
        }

        // Then
        assertThat(auditor.stuck(rule)).isEqualTo(1);
        assertThat(auditor.breaches()).isEmpty();
    }

    /** Lets a payment wait so; when it begins, counted from the first event, to the second or a little later. */
    private Duration begin(StuckRule rule) {
        switch (rule) {
            case TIMER, ORDER_TIME, AT_PROVIDER -> story.atProvider();
            case OPENING -> story.checkout();
            case ON_HOLD -> story.onHold();
            case VERIFYING -> story.verifying();
            case UNKNOWN_PAGE -> story.pageLost();
            case UNKNOWN_MONEY -> story.moneyLost();
            case REFUND -> story.approved().refundRequested();
            case UNKNOWN_REFUND -> story.approved().refundRequested().lost();
            case MESSAGE -> story.approved();
            case PARKED -> story.approved().messageEnded(NotifyStatus.APPROVED, NotificationEnd.PARKED, 400);
            case SURPLUS -> story.approved().alsoApproved("tx-other", "49.90");
            case ORPHAN -> story.approved().orphanApproved();
            case REVERSAL -> story.approved().reversed();
            case SHOP_DISAGREES ->
                story.approved().messageEnded(NotifyStatus.APPROVED, NotificationEnd.SHOP_DISAGREES, 400);
            case REVIEW -> story.atProvider().alsoApproved(Facts.ofOrder(1).transaction(), "0.02");
        }
        return switch (rule) {
            case TIMER, ORDER_TIME -> ORDER_TIME;
            case AT_PROVIDER -> SESSION;
            case OPENING, ON_HOLD, VERIFYING, UNKNOWN_PAGE, UNKNOWN_MONEY -> Duration.ZERO;
            case MESSAGE -> Duration.ofSeconds(60);
            case REFUND, UNKNOWN_REFUND -> Duration.ofSeconds(250);
            case PARKED, SURPLUS, ORPHAN, REVERSAL, SHOP_DISAGREES, REVIEW -> Duration.ofSeconds(400);
        };
    }
}

package dev.intermezzo.orchestrator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.Bytes;
import dev.intermezzo.orchestrator.payment.CashierOutcome;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import dev.intermezzo.orchestrator.payment.Fixtures;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.orchestrator.payment.RejectionCategory;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.orchestrator.payment.RouteChoice;
import dev.intermezzo.orchestrator.payment.RouteChoice.PassedOver;
import dev.intermezzo.orchestrator.payment.Scenario;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.World;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LivePayment;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import dev.intermezzo.schemas.avro.RetiredPayment;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    private static final Codec<PaymentStateRecord> CODEC = Codec.of(PaymentStateRecord.class);

    /** A stub is kept for more than a year; so is what is left of it, for ever. */
    private static final int STUB_BYTES = 200;

    private static final int EXPIRED_BYTES = 120;

    private static final String TRANSACTION = "7c0a2f9e-1b7d-4a53-8f3e-2d9c6b5a4e10";

    private static PaymentState throughBytes(PaymentState state) {
        return StateCodec.toState(CODEC.decode(CODEC.encode(StateCodec.toRecord(state)), WriterSchemas.compiledIn()));
    }

    @Property(tries = 200)
    void every_state_of_every_story_survives_its_bytes(@ForAll long seed) {
        PaymentState state = null;
        for (Event event : new World(new Random(seed)).live(50).story().events()) {
            state = Decider.decide(state, event).next();
            if (state == null) {
                return;
            }

            PaymentState read = throughBytes(state);

            assertThat(read).isEqualTo(state);
            assertThat(StateCodec.digest(read)).isEqualTo(StateCodec.digest(state));
        }
    }

    @Test
    void stories_of_payments_reach_every_kind_of_state() {
        Set<StateKind> wanted = EnumSet.complementOf(EnumSet.of(StateKind.PAY_OUT));
        Set<StateKind> seen = EnumSet.noneOf(StateKind.class);
        for (long seed = 0; seed < 2_000 && seen.size() < wanted.size(); seed++) {
            PaymentState last = new World(new Random(seed)).live(40).story().stateOrNull();
            if (last != null) {
                assertThat(throughBytes(last)).isEqualTo(last);
                seen.add(last.kind());
            }
        }

        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void another_state_has_another_digest() {
        Scenario story = Scenario.atProvider(Fixtures.route("PAYONE"));
        byte[] before = StateCodec.digest(story.state());

        assertThat(StateCodec.digest(story.givesUp().state()))
                .isNotEqualTo(before)
                .hasSize(32);
    }

    @Test
    void a_choice_among_routes_survives_its_bytes() {
        Scenario story = fellBack();

        PaymentState read = throughBytes(story.state());

        assertThat(((PaymentState.Live) read).dossier().choice())
                .isEqualTo(new RouteChoice(
                        3,
                        "next-in-order",
                        "configuration-missing",
                        List.of(new PassedOver(2, "needs-from-buyer", List.of("phone")))));
    }

    /** A build that does not know choices drops them; whoever decides next must not see a difference. */
    @Test
    void what_follows_is_the_same_for_a_state_that_lost_its_choice() {
        Scenario story = fellBack();
        PaymentStateRecord stored = StateCodec.toRecord(story.state());
        LivePayment body = (LivePayment) stored.getBody();
        PaymentState without = StateCodec.toState(PaymentStateRecord.newBuilder(stored)
                .setBody(LivePayment.newBuilder(body).setChoice(null).build())
                .build());
        assertThat(without).isNotEqualTo(story.state());
        Event next = story.event("next", new Fact.BuyerGaveUp());

        assertThat(Decider.decide(without, next)).isEqualTo(Decider.decide(story.state(), next));
    }

    private static Scenario fellBack() {
        return Scenario.story()
                .checkout(Fixtures.form(Fixtures.plan(
                        Fixtures.route("PAYONE"), Fixtures.missing("CLEO", "phone"), Fixtures.route("TRUST"))))
                .answer(Fixtures.rejected(RejectionCategory.RULE_OR_CONFIGURATION_MISSING));
    }

    /** A transaction named by a UUID, a digest of SHA-256, part of the money gone. */
    @Test
    void a_stub_is_small_and_what_is_left_of_it_smaller() {
        PlannedRoute route = Fixtures.route("PAYONE");
        CheckoutReceived form = Fixtures.form(Fixtures.plan(route));
        CheckoutReceived digested = new CheckoutReceived(
                form.orderUuid(),
                form.invoiceId(),
                form.amount(),
                form.integrationId(),
                form.mozelloKeyId(),
                form.languageCode(),
                form.shopName(),
                form.successUrl(),
                form.failureUrl(),
                form.notifyUrl(),
                Bytes.of(new byte[32]),
                form.buyer(),
                form.holds(),
                form.plan());
        Scenario story = Scenario.story()
                .checkout(digested)
                .pageOpened(TRANSACTION)
                .webhook(TransactionStatus.APPROVED, TRANSACTION, "100.00")
                .act(new Act.RefundRecorded("r-1", Fixtures.cad("99.99"), "by hand"))
                .ended(NotificationEnd.DELIVERED, null)
                .fires(TimerKind.RETIREMENT);

        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);
        assertThat(CODEC.encode(StateCodec.toRecord(story.state()))).hasSizeLessThanOrEqualTo(STUB_BYTES);
        story.fires(((Retired) story.state()).timers().getFirst());
        assertThat(story.reason()).isEqualTo(Reason.STUB_EXPIRED);
        assertThat(CODEC.encode(StateCodec.toRecord(story.state()))).hasSizeLessThanOrEqualTo(EXPIRED_BYTES);
    }

    @Test
    void a_pay_out_is_kept_in_the_form_of_an_expired_stub_and_read_back_as_what_it_is() {
        Scenario story = Scenario.ofPayOut()
                .act(new Act.PayOutRequested(
                        "api-1", Fixtures.cad("40.00"), "PAYONE", Fixtures.ACCOUNT, new Destination("supplier", "r1")))
                .payOutAnswer(new CashierOutcome.AnswerLost("lost", List.of("po-1")));

        PaymentStateRecord kept = StateCodec.toRecord(story.state());

        assertThat(StateCodec.toState(CODEC.decode(CODEC.encode(kept), WriterSchemas.compiledIn())))
                .isEqualTo(story.state());
        assertThat(((RetiredPayment) kept.getBody()).getContentDigest().remaining())
                .as("a build that does not know pay-outs begins nothing with it")
                .isZero();
    }
}

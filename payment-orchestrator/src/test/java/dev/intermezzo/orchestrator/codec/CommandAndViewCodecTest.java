package dev.intermezzo.orchestrator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.Command;
import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Destination;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.Fixtures;
import dev.intermezzo.orchestrator.payment.HoldReason;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.RefundStatus;
import dev.intermezzo.orchestrator.payment.Scenario;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.World;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AttemptStatus;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CompareOrder;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.PaymentView;
import dev.intermezzo.schemas.avro.RefundState;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ViewState;
import dev.intermezzo.schemas.avro.ViewedMoney;
import dev.intermezzo.schemas.avro.WebhookIndexEntry;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecordBase;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandAndViewCodecTest {

    /** Bytes are compared, because Avro's own equals does not know an Instant inside a union. */
    private static <T extends SpecificRecordBase> T throughBytes(Class<T> type, T value) {
        Codec<T> codec = Codec.of(type);
        T read = codec.decode(codec.encode(value), WriterSchemas.compiledIn());
        assertThat(codec.encode(read)).isEqualTo(codec.encode(value));
        return read;
    }

    private static PaymentView view(Scenario story) {
        return throughBytes(
                PaymentView.class,
                ViewCodec.view(story.state(), "event", story.decision().code()).orElseThrow());
    }

    @Test
    void a_page_command_carries_all_that_was_decided_and_no_keys() {
        Scenario story = Scenario.story().checkout(Fixtures.form(Fixtures.plan(Fixtures.route("PAYONE"))));
        Command.OpenPage decided = story.calls().getFirst();

        CashierCommand written = throughBytes(CashierCommand.class, CommandCodec.openPage(decided));

        assertThat(written.getId()).isEqualTo(decided.id());
        assertThat(written.getAmount().getAmount()).isEqualByComparingTo("100.00");
        assertThat(written.getNotAfter()).isEqualTo(decided.notAfter());
        assertThat(written.getBuyer()).containsExactly(ToWire.sealed(Fixtures.sealed(1)));
        assertThat(written.getBuyerKeys()).isEmpty();
        assertThat(((OpenPage) written.getBody()).getBrandId()).isEqualTo(decided.brandId());
    }

    @Test
    void a_pay_out_is_written() {
        Command.PayOut decided = new Command.PayOut(
                new Command.Head(
                        "p#3.1", "p", "m", dev.intermezzo.orchestrator.payment.Environment.PRODUCTION, Fixtures.START),
                9,
                "PAYONE",
                "account",
                Fixtures.cad("40.00"),
                List.of(),
                Fixtures.START.plusSeconds(120),
                List.of(),
                "refund r-1",
                null);

        CashierCommand written = throughBytes(CashierCommand.class, CommandCodec.payOut(decided));

        assertThat(written.getAttempt()).isEqualTo(9);
        assertThat(((PayOut) written.getBody()).getReason()).isEqualTo("refund r-1");
    }

    @Test
    void a_question_to_the_shop_is_written() {
        Scenario story = Scenario.story()
                .checkout(Fixtures.form(
                        Fixtures.plan(Fixtures.route("PAYONE")), new HoldReason(HoldReason.COMPARE_ORDER, "")));
        Command.CompareOrder decided =
                story.commands(Command.CompareOrder.class).getFirst();

        ShopCommand written = throughBytes(ShopCommand.class, CommandCodec.compareOrder(decided));

        assertThat(((CompareOrder) written.getBody()).getInvoiceId()).isEqualTo(decided.invoiceId());
    }

    @Test
    void a_message_and_an_index_entry_are_written() {
        Scenario story = Scenario.approved();

        NotificationRequest told = throughBytes(
                NotificationRequest.class, CommandCodec.tellShop(story.told().getFirst()));
        WebhookIndexEntry indexed = throughBytes(
                WebhookIndexEntry.class,
                CommandCodec.indexTransaction(
                        story.commands(Command.IndexTransaction.class).getFirst()));

        assertThat(told.getStatus()).isEqualTo(NotifyStatus.APPROVED);
        assertThat(told.getCheckPending()).isTrue();
        assertThat(told.getNotifyUrl()).isEqualTo("https://www.mozello.com/notify");
        assertThat(indexed.getPaymentId()).isEqualTo(Fixtures.PAYMENT);
        assertThat(indexed.getAttempt()).isEqualTo(1);
    }

    @Test
    void a_view_has_the_redirect_only_while_the_page_may_be_used() {
        Scenario story = Scenario.atProvider(Fixtures.route("PAYONE"));
        assertThat(view(story).getAttempts().getFirst().getRedirect()).isNotNull();
        assertThat(view(story).getState()).isEqualTo(ViewState.IN_PROGRESS);

        story.webhook(TransactionStatus.DECLINED, "tx-1", null);

        assertThat(view(story).getAttempts().getFirst().getRedirect()).isNull();
        assertThat(view(story).getAttempts().getFirst().getStatus()).isEqualTo(AttemptStatus.DECLINED);
        assertThat(view(story).getMayAskAgain()).isTrue();
        assertThat(view(story).getAnswerCode()).isEqualTo("declined");
    }

    @Test
    void a_view_has_the_money_and_the_way_back_once_some_came() {
        assertThat(view(Scenario.atProvider(Fixtures.route("PAYONE"))).getMoney())
                .isNull();
        Scenario story = Scenario.approved();
        ViewedMoney paid = Objects.requireNonNull(view(story).getMoney());

        story.act(new Act.RefundRequested("r-1", Money.parse("CAD 40.00"), "PAYONE", "account", List.of()));
        ViewedMoney refunding = Objects.requireNonNull(view(story).getMoney());

        assertThat(paid.getApproved().getAmount()).isEqualByComparingTo("100.00");
        assertThat(paid.getRefunded().getAmount()).isEqualByComparingTo("0");
        assertThat(paid.getProvider()).isEqualTo("PAYONE");
        assertThat(paid.getAccount())
                .isEqualTo(story.dossier().attempts().getFirst().route().account());
        assertThat(paid.getRefunds()).isEmpty();
        assertThat(refunding.getRefunded().getAmount()).isEqualByComparingTo("40.00");
        assertThat(refunding.getRefunds()).singleElement().satisfies(refund -> {
            assertThat(refund.getId()).isEqualTo("r-1");
            assertThat(refund.getState()).isEqualTo(RefundState.REQUESTED);
        });
    }

    @ParameterizedTest
    @EnumSource(RefundStatus.class)
    void every_status_of_a_refund_has_its_word_in_a_view(RefundStatus status) {
        assertThat(RefundState.valueOf(status.name())).isNotEqualTo(RefundState.OTHER);
    }

    @Test
    void a_stub_still_has_a_view_and_an_orphan_has_none() {
        Scenario stub =
                Scenario.approved().ended(NotificationEnd.DELIVERED, null).fires(TimerKind.RETIREMENT);
        Scenario orphan = Scenario.story()
                .take(new Fact.WebhookOrphaned(Fixtures.webhook(TransactionStatus.APPROVED, "tx-1", "100.00")));

        assertThat(view(stub).getState()).isEqualTo(ViewState.APPROVED);
        assertThat(ViewCodec.view(orphan.state(), "event", "")).isEmpty();
    }

    @Property(tries = 100)
    void every_state_of_every_story_can_be_shown(@ForAll long seed) {
        PaymentState state = null;
        for (Event event : new World(new Random(seed)).live(50).story().events()) {
            state = Decider.decide(state, event).next();
            if (state != null) {
                ViewCodec.view(state, event.id(), "").ifPresent(shown -> throughBytes(PaymentView.class, shown));
            }
        }
    }

    @Test
    void a_pay_out_without_payment_is_shown_with_its_destination() {
        Scenario story = Scenario.ofPayOut()
                .act(new Act.PayOutRequested(
                        "api-1", Fixtures.cad("40.00"), "PAYONE", Fixtures.ACCOUNT, new Destination("supplier", "r1")));

        PaymentView shown = throughBytes(
                PaymentView.class, ViewCodec.view(story.state(), "event-0", "").orElseThrow());

        assertThat(shown.getState()).isEqualTo(ViewState.OTHER);
        assertThat(shown.getMoney().getRefunds()).singleElement().satisfies(payOut -> {
            assertThat(payOut.getId()).isEqualTo("api-1");
            assertThat(payOut.getDestination()).isEqualTo("supplier");
            assertThat(payOut.getState()).isEqualTo(RefundState.REQUESTED);
        });
        CashierCommand written = throughBytes(
                CashierCommand.class, CommandCodec.payOut(story.payOuts().getFirst()));
        assertThat(((PayOut) written.getBody()).getDestination().getRevision()).isEqualTo("r1");
    }
}

package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One payment as its ledger tells it.
 *
 * @param state after its last entry
 */
record PaymentLedger(PaymentState state) {

    /** @throws CommandFailure {@code payment-not-found} or {@code ledger-not-reproduced} */
    static PaymentLedger read(KafkaConnection connection, String payment) {
        connection.requireTopic(connection.settings().topic(Topics.PAYMENT_LEDGER));
        WriterSchemas schemas = connection.schemas();
        Codec<LedgerEntry> codec = Codec.of(LedgerEntry.class);
        LedgerFold fold = new LedgerFold(new EventReader(schemas), new Bookkeeper());
        List<LedgerEntry> entries = new ArrayList<>();
        new TopicScan(connection.settings(), Topics.PAYMENT_LEDGER).whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                entries.add(codec.decode(record.value(), schemas));
            }
        });
        if (entries.isEmpty()) {
            throw new CommandFailure(
                    "payment-not-found",
                    "The ledger has no payment with this id. Give it whole; 'intermezzo audit show' finds it.");
        }
        for (LedgerEntry entry : entries) {
            if (!(fold.accept(entry) instanceof LedgerFold.Folded.Reproduced)) {
                throw new CommandFailure(
                        "ledger-not-reproduced",
                        "This build does not reproduce the payment's ledger, so no money is moved by it;"
                                + " 'intermezzo audit show' says where it differs.");
            }
        }
        @Nullable PaymentState state = fold.state();
        if (state == null) {
            throw new CommandFailure("payment-not-found", "The ledger knows only refusals of this id, and no payment.");
        }
        return new PaymentLedger(state);
    }

    /** @throws CommandFailure {@code payment-closed} when only its stub is left, {@code not-a-payment} */
    PaymentState.Live live() {
        return switch (state) {
            case PaymentState.Live live -> live;
            case Retired stub ->
                throw new CommandFailure(
                        "payment-closed",
                        "The payment was closed long ago: refund at the provider, then record it with"
                                + " 'intermezzo refunds record'.");
            case PaymentState.FreePayOut payOut -> throw notAPayment();
            case PaymentState.Orphan orphan -> throw notAPayment();
        };
    }

    /** Of a stub, those that came since. */
    List<Refund> refunds() {
        return switch (state) {
            case PaymentState.Live live -> live.dossier().refunds();
            case Retired stub -> stub.refunds();
            case PaymentState.FreePayOut payOut -> throw notAPayment();
            case PaymentState.Orphan orphan -> throw notAPayment();
        };
    }

    static CommandFailure notAPayment() {
        return new CommandFailure(
                "not-a-payment", "This id names a pay-out, or money without a payment: neither has refunds.");
    }
}

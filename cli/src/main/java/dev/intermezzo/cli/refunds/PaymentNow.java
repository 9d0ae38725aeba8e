package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.acts.KeptPayments;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Refund;
import dev.intermezzo.orchestrator.payment.Retired;
import java.util.List;

/**
 * One payment as the orchestrator has it, whichever build brought it there.
 *
 * @param state after its last event
 */
record PaymentNow(PaymentState state) {

    /** @throws CommandFailure {@code payment-not-found} or {@code state-unreadable} */
    static PaymentNow read(KafkaConnection connection, String payment) {
        return new PaymentNow(new KeptPayments(connection).state(payment));
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

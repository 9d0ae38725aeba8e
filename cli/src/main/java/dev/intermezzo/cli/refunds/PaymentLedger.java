package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.TopicScan;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.orchestrator.ledger.Bookkeeper;
import dev.intermezzo.orchestrator.ledger.EventReader;
import dev.intermezzo.orchestrator.ledger.LedgerFold;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Reason;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.LedgerEntry;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One payment as its ledger tells it.
 *
 * @param state after its last entry
 * @param entries in their order
 */
record PaymentLedger(PaymentState.Live state, List<LedgerEntry> entries) {

    /** @throws CommandFailure {@code payment-not-found}, {@code payment-closed} or {@code ledger-not-reproduced} */
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
        return switch (fold.state()) {
            case PaymentState.Live live -> new PaymentLedger(live, List.copyOf(entries));
            case null, default ->
                throw new CommandFailure(
                        "payment-closed", "The payment was closed long ago; a refund is made at the provider.");
        };
    }

    /** What was decided about the approval of a refund, as a code; empty while it has not been decided. */
    Optional<String> verdictOn(String actId, WriterSchemas schemas) {
        Codec<OperatorAct> acts = Codec.of(OperatorAct.class);
        return entries.stream()
                .filter(entry -> entry.getSourceTopic().equals(Topics.OPERATOR_ACTS.name()))
                .filter(entry ->
                        acts.decode(bytes(entry.getEvent()), schemas).getId().equals(actId))
                .map(PaymentLedger::code)
                .findFirst();
    }

    /** The ledger gives reasons for what took no effect only; an approval has one effect. */
    private static String code(LedgerEntry entry) {
        return entry.getVerdict() == Verdict.APPLIED ? Reason.REFUND_REQUESTED.code() : entry.getVerdictCode();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

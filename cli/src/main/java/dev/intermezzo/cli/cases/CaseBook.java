package dev.intermezzo.cli.cases;

import dev.intermezzo.cli.acts.KeptPayments;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.orchestrator.payment.PaymentState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Open cases, read from the payments as the orchestrator has them. */
final class CaseBook {
    private final KeptPayments kept;

    /** @throws dev.intermezzo.cli.output.CommandFailure {@code topic-missing} when no orchestrator has ever started */
    CaseBook(KafkaConnection connection) {
        this.kept = new KeptPayments(connection);
    }

    /**
     * Open cases of every payment.
     *
     * @param cases oldest first
     * @param read records of the topic, a payment that was changed lately counting several times
     * @param unreadable payments whose state this build cannot read
     */
    record Found(List<OpenCase> cases, long read, int unreadable) {}

    /** Reads the whole topic, and keeps what is open: memory for as many payments as have open cases at once. */
    Found all(Predicate<OpenCase> which) {
        Latest latest = new Latest();
        kept.scan().all(latest::take);
        return latest.found(which);
    }

    /** Reads the payment's partition of the topic. */
    Found of(String payment, Predicate<OpenCase> which) {
        Latest latest = new Latest();
        kept.scan().whereKeyIs(payment, record -> {
            if (payment.equals(record.key())) {
                latest.take(record);
            }
        });
        return latest.found(which);
    }

    /** @throws dev.intermezzo.cli.output.CommandFailure {@code payment-not-found} or {@code state-unreadable} */
    PaymentState state(String payment) {
        return kept.state(payment);
    }

    /** What the last record of each payment says, of those with something open or unreadable. */
    private final class Latest {
        private final Map<String, Optional<List<OpenCase>>> payments = new HashMap<>();
        private long read;

        void take(ConsumerRecord<String, byte[]> record) {
            read++;
            Optional<List<OpenCase>> open = record.value() == null
                    ? Optional.of(List.of())
                    : kept.read(record).map(OpenCase::of);
            if (open.isPresent() && open.get().isEmpty()) {
                payments.remove(record.key());
            } else {
                payments.put(record.key(), open);
            }
        }

        Found found(Predicate<OpenCase> which) {
            List<OpenCase> cases = payments.values().stream()
                    .flatMap(open -> open.stream().flatMap(List::stream))
                    .filter(which)
                    .sorted(Comparator.comparing(
                                    (OpenCase each) -> each.subject().openedAt())
                            .thenComparing(each -> each.subject().id()))
                    .toList();
            int unreadable =
                    (int) payments.values().stream().filter(Optional::isEmpty).count();
            return new Found(cases, read, unreadable);
        }
    }
}

package dev.intermezzo.cli.refunds;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.schemas.avro.OperatorAct;
import dev.intermezzo.schemas.avro.RefundRequested;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refund acts among {@link OperatorActs}: what one person asks for or records, and what two approved. */
final class RefundRequests {
    private final OperatorActs acts;

    RefundRequests(KafkaConnection connection) {
        this.acts = new OperatorActs(connection);
    }

    /** The payment's, oldest first; as far back as the topic keeps them (7 days). */
    List<OperatorAct> of(String payment) {
        return acts.of(payment).stream()
                .filter(act -> RefundWish.of(act).isPresent())
                .toList();
    }

    /** One person's request; the newest of that id. */
    Optional<OperatorAct> find(String payment, String refundId) {
        return of(payment).stream()
                .filter(act ->
                        act.getApprover() == null && RefundWish.in(act).id().equals(refundId))
                .reduce((older, newer) -> newer);
    }

    /** Those of one person that no second one has answered since. */
    List<OperatorAct> waiting(String payment) {
        return OperatorActs.waiting(
                of(payment),
                (approved, asked) ->
                        RefundWish.in(approved).id().equals(RefundWish.in(asked).id()));
    }

    /** What two persons approved for a merchant to be paid out on this day (UTC), whatever became of it. */
    BigDecimal approvedOn(LocalDate day, String merchantId, String currency) {
        List<BigDecimal> amounts = new ArrayList<>();
        acts.all(act -> {
            boolean counts = act.getApprover() != null
                    && act.getMerchantId().equals(merchantId)
                    && act.getOccurredAt().atZone(ZoneOffset.UTC).toLocalDate().equals(day);
            if (counts
                    && act.getBody() instanceof RefundRequested wish
                    && wish.getAmount().getCurrency().equals(currency)) {
                amounts.add(wish.getAmount().getAmount());
            }
        });
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    void publish(OperatorAct act) {
        acts.publish(act);
    }
}

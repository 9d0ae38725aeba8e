package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The judgement on all refunds: what the pipeline says of each, against the Cashier's own journal of money that left.
 *
 * @param executed pay-outs that the Cashier carried out
 * @param unknown refunds of which nobody can say whether they happened; each has an open case
 * @param doubles pay-outs that sent one refund's money again
 * @param lost refunds that were ordered and never came to an end
 * @param problems a sentence for each refund that is wrong, those included
 * @param wrongOrders {@code order_uuid}s of their payments
 */
public record RefundVerdict(
        int executed, int unknown, int doubles, int lost, List<String> problems, List<String> wrongOrders) {

    public RefundVerdict {
        problems = List.copyOf(problems);
        wrongOrders = List.copyOf(wrongOrders);
    }

    /** Judges every refund, and every pay-out that nobody ordered. */
    public static RefundVerdict of(List<RefundOutcome> refunds, List<TransactionSnapshot> payOuts) {
        Map<String, Long> paid =
                payOuts.stream().collect(Collectors.groupingBy(TransactionSnapshot::email, Collectors.counting()));
        List<String> problems = new ArrayList<>();
        List<String> wrongOrders = new ArrayList<>();
        Set<String> ordered = new HashSet<>();
        for (RefundOutcome refund : refunds) {
            ordered.add(refund.email());
            String wrong = judge(refund, paid.getOrDefault(refund.email(), 0L));
            if (!wrong.isEmpty()) {
                wrongOrders.add(refund.orderUuid());
                problems.add("the refund of order " + refund.orderUuid() + ": " + wrong);
            }
        }
        paid.keySet().stream()
                .filter(email -> !ordered.contains(email))
                .forEach(email -> problems.add("a pay-out to " + email + " that nobody ordered"));
        return new RefundVerdict(
                payOuts.size(),
                standing(refunds, RefundOutcome.Word.UNKNOWN),
                (int) paid.values().stream().mapToLong(times -> times - 1).sum(),
                standing(refunds, RefundOutcome.Word.OPEN),
                problems,
                wrongOrders);
    }

    private static String judge(RefundOutcome refund, long paid) {
        if (paid > 1) {
            return "its money left " + paid + " times";
        }
        return switch (refund.word()) {
            case PAID -> paid == 1 ? "" : "it is said to be paid, and no money left";
            case REFUSED -> paid == 0 ? "" : "it is said to be refused, and its money left";
            case UNKNOWN -> refund.caseOpen() ? "" : "nobody knows whether its money left, and nobody is asked to look";
            case OPEN -> "it never came to an end";
        };
    }

    private static int standing(List<RefundOutcome> refunds, RefundOutcome.Word word) {
        return (int) refunds.stream().filter(refund -> refund.word() == word).count();
    }
}

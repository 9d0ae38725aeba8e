package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The judgement on pay-outs that belong to no payment, none of which has a misfortune: each is told to be paid, and by the
 * Cashier's own journal its money left once, through its provider, in its amount and currency, to its payee.
 *
 * @param executed pay-outs that the Cashier carried out
 * @param doubles pay-outs that sent one pay-out's money again
 * @param paid carried out, by provider
 * @param problems a sentence for each pay-out that is wrong, and for money that nobody asked for
 */
public record PayOutVerdict(int executed, int doubles, Map<Psp, Integer> paid, List<String> problems) {

    public PayOutVerdict {
        paid = Collections.unmodifiableMap(new TreeMap<>(paid));
        problems = List.copyOf(problems);
    }

    /** What the Cashier knows of a pay-out, with which it is recognised. */
    private record Sent(Psp provider, String email, String wallet, BigDecimal amount, String currency) {
        static Sent asked(OrderedPayOut ordered) {
            return new Sent(
                    ordered.provider(),
                    ordered.email(),
                    ordered.wallet(),
                    ordered.amount().stripTrailingZeros(),
                    ordered.currency());
        }

        static Sent left(TransactionSnapshot payOut) {
            return new Sent(
                    payOut.psp(),
                    payOut.email(),
                    payOut.wallet(),
                    payOut.amount().stripTrailingZeros(),
                    payOut.currency());
        }

        @Override
        public String toString() {
            return amount.toPlainString() + " " + currency + " through " + provider + " to " + email
                    + (wallet.isEmpty() ? "" : ", " + wallet);
        }
    }

    /**
     * Judges every pay-out that was ordered, and every one that was carried out.
     *
     * @param payOuts the Cashier's, without those of refunds
     * @throws IllegalArgumentException when two that were ordered cannot be told apart
     */
    public static PayOutVerdict of(List<OrderedPayOut> ordered, List<TransactionSnapshot> payOuts) {
        Map<Sent, Long> left = payOuts.stream().collect(Collectors.groupingBy(Sent::left, Collectors.counting()));
        List<String> problems = new ArrayList<>();
        Set<Sent> asked = new HashSet<>();
        for (OrderedPayOut each : ordered) {
            Sent sent = Sent.asked(each);
            if (!asked.add(sent)) {
                throw new IllegalArgumentException("two pay-outs of " + sent);
            }
            String wrong = judge(each.word(), left.getOrDefault(sent, 0L));
            if (!wrong.isEmpty()) {
                problems.add("the pay-out " + each.id() + " of " + sent + ": " + wrong);
            }
        }
        left.keySet().stream()
                .filter(sent -> !asked.contains(sent))
                .forEach(sent -> problems.add("a pay-out of " + sent + " that nobody asked for"));
        return new PayOutVerdict(payOuts.size(), Checker.doublePayOuts(payOuts), byProvider(payOuts), problems);
    }

    /** Nothing is wrong. */
    public boolean ok() {
        return problems.isEmpty() && doubles == 0;
    }

    private static String judge(RefundOutcome.Word word, long left) {
        if (left != 1) {
            return left == 0 ? "no money left" : "its money left " + left + " times";
        }
        return switch (word) {
            case PAID -> "";
            case REFUSED -> "it is said to be refused, and its money left";
            case UNKNOWN -> "nobody knows whether its money left";
            case OPEN -> "it never came to an end";
        };
    }

    private static Map<Psp, Integer> byProvider(List<TransactionSnapshot> payOuts) {
        Map<Psp, Integer> paid = new TreeMap<>();
        payOuts.forEach(payOut -> paid.merge(payOut.psp(), 1, Integer::sum));
        return paid;
    }
}

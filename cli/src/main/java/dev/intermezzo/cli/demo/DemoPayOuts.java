package dev.intermezzo.cli.demo;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.merchants.TemporaryApiKey;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.SandboxPayee;
import dev.intermezzo.ingress.api.ApiScope;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.check.OrderedPayOut;
import dev.intermezzo.sandbox.check.PayOutVerdict;
import dev.intermezzo.sandbox.check.RefundOutcome;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Pays out to the merchant's destinations what belongs to no payment, through each provider that pays out: asked for over the
 * merchant API, judged by the Cashier's own journal.
 */
final class DemoPayOuts {
    private static final int EACH = 2;
    private static final String CURRENCY = "CAD";
    private static final BigDecimal LEAST = new BigDecimal("3.10");

    /** Between two to one destination, so that they can be told apart. */
    private static final BigDecimal STEP = new BigDecimal("0.25");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Partners partners;
    private final LedgerFacts facts;
    private final Set<Psp> payers;

    /** @param payers providers that pay out */
    DemoPayOuts(Partners partners, LedgerFacts facts, Set<Psp> payers) {
        this.partners = partners;
        this.facts = facts;
        this.payers = Set.copyOf(payers);
    }

    /**
     * Returns when every pay-out has come to an end, or patience has. Pay-outs that the Cashier made before are no part of it.
     *
     * @param api the installation's merchant API, on loopback
     * @throws CommandFailure when one is not even accepted
     */
    PayOutVerdict carryOut(URI api, KafkaSettings kafka) throws InterruptedException {
        Set<String> before = partners.cashier().payOuts().stream()
                .map(TransactionSnapshot::id)
                .collect(Collectors.toUnmodifiableSet());
        List<OrderedPayOut> ordered = order(api, kafka);
        List<String> ids = ordered.stream().map(OrderedPayOut::id).toList();
        Patience.until(PATIENCE, () -> !facts.payOuts(ids).containsValue(RefundOutcome.Word.OPEN));
        Map<String, RefundOutcome.Word> words = facts.payOuts(ids);
        return PayOutVerdict.of(
                ordered.stream()
                        .map(each -> each.told(words.getOrDefault(each.id(), RefundOutcome.Word.OPEN)))
                        .toList(),
                partners.cashier().payOuts().stream()
                        .filter(payOut -> !before.contains(payOut.id()))
                        .toList());
    }

    private List<OrderedPayOut> order(URI api, KafkaSettings kafka) throws InterruptedException {
        List<OrderedPayOut> ordered = new ArrayList<>();
        try (KafkaConnection connection = KafkaConnection.open(kafka, () -> {});
                TemporaryApiKey key = TemporaryApiKey.issue(
                        connection,
                        partners.merchant(),
                        new TreeSet<>(EnumSet.of(ApiScope.PAYOUTS_WRITE)),
                        "anna",
                        "ben");
                MerchantSystem merchant = new MerchantSystem(api, key.reveal())) {
            for (SandboxPayee payee : SandboxPayee.ALL) {
                for (int number = 0; payers.contains(payee.provider()) && number < EACH; number++) {
                    ordered.add(order(merchant, payee, LEAST.add(STEP.multiply(BigDecimal.valueOf(number)))));
                }
            }
        }
        return ordered;
    }

    private static OrderedPayOut order(MerchantSystem merchant, SandboxPayee payee, BigDecimal amount)
            throws InterruptedException {
        String id = merchant.payOut("demo-" + UUID.randomUUID(), amount.toPlainString(), CURRENCY, payee.destination());
        return new OrderedPayOut(
                id, payee.provider(), payee.email(), payee.wallet(), amount, CURRENCY, RefundOutcome.Word.OPEN);
    }
}

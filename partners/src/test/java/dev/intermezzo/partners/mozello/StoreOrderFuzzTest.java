package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What the Store API tells of an order, by answer and by notification: both are read by the same rules. */
class StoreOrderFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(StoreOrderFuzzTest.class, "mozello-order");

    private static final String INVOICE = "M-1234567890-1234567890";
    private static final Money PRICE = Money.of(CurrencyUnit.EUR, new BigDecimal("149.90"));

    /** What is kept of a value, with the name of its field: people are shown it. */
    private static final int LONGEST_DIFFERENCE = "payment_status=".length() + 64;

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, StoreOrderFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), StoreOrderFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"error\":",
                        "\"event\":",
                        "\"order\":",
                        "\"order_id\":",
                        "\"payment_status\":",
                        "\"currency\":",
                        "\"total\":",
                        "\"PAYMENT_CHANGED\"",
                        "\"pending\"",
                        "\"EUR\"",
                        "149.90",
                        "1e999",
                        "null",
                        "{}"))
                .withSeparators(",", ":", "\"")
                .arbitrary();
    }

    private static void holds(byte[] body) {
        Optional<StoreNotification> notification = StoreNotification.read(body);
        boolean error = ErrorBody.read(body, StoreApi.MAX_BODY_BYTES).isError();
        switch (StoreApi.read(200, body)) {
            case StoreOrderReading.Known(StoreOrder order) -> {
                assertThat(error).isFalse();
                assertThat(notification.map(StoreNotification::order).orElse(order))
                        .isEqualTo(order);
                holds(order);
            }
            case StoreOrderReading.NoSuchOrder none -> {
                assertThat(error).isTrue();
                assertThat(none.code()).isEqualTo("error-reported");
            }
            case StoreOrderReading.Unavailable unavailable -> {
                assertThat(notification).isEmpty();
                assertThat(unavailable.code()).isEqualTo("answer-unreadable");
            }
        }
        for (int status : List.of(204, 302, 400, 401, 403, 404, 429, 500)) {
            assertThat(StoreApi.read(status, body)).isNotInstanceOf(StoreOrderReading.Known.class);
        }
        notification.ifPresent(told -> {
            assertThat(told.event()).hasSizeBetween(1, 64);
            assertThat(told.tellsOfAPayment() && told.order().orderId().isEmpty())
                    .isFalse();
            holds(told.order());
        });
    }

    /** Differences are short, and absent only where everything was compared and is equal. */
    private static void holds(StoreOrder order) {
        List<String> differences = order.differencesFrom(INVOICE, PRICE);

        assertThat(differences)
                .hasSizeLessThanOrEqualTo(4)
                .allSatisfy(difference -> assertThat(difference).hasSizeLessThanOrEqualTo(LONGEST_DIFFERENCE));
        if (differences.isEmpty()) {
            assertThat(order.total())
                    .hasValueSatisfying(total -> assertThat(total).isEqualByComparingTo(PRICE.getAmount()));
            assertThat(order.currency()).contains("EUR");
            assertThat(order.paymentStatus()).contains("pending");
        }
    }
}

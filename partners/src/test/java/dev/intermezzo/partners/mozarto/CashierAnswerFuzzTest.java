package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers of the Cashier, or of whatever stands before it, under every kind of status and to every kind of operation. */
class CashierAnswerFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = new Corpus(Stream.of(
                            "payin-payone-response-200",
                            "payin-flexepin-response-500-internal",
                            "payin-flexepin-response-400-credentials",
                            "payin-flexepin-response-200-older",
                            "payin-flexepin-response-500-unknown-psp",
                            "payin-generic-response-200",
                            "payin-gigadat-response-200",
                            "payin-neosurf-response-200-older",
                            "payin-quickstart-response-200",
                            "payout-forumpay-response-200",
                            "payout-generic-response-200",
                            "error-400-missing-field",
                            "error-400-validation",
                            "error-400-psp-config-not-found",
                            "error-401-unauthorized",
                            "error-generic-shape",
                            "error-rules-not-matched")
                    .map(Examples::bytes)
                    .toList())
            .and(Corpus.of(CashierAnswerFuzzTest.class, "mozarto-answer"));

    private static final Set<String> UNREADABLE = Set.of(
            "too-large",
            "empty",
            "html",
            "not-json",
            "not-an-object",
            "redirected",
            "unexpected-status",
            "no-known-content");
    /** One that opens a page, one whose answer is the outcome, one that pays out. */
    private static final List<ProviderOperation> OPERATIONS =
            List.of(Examples.payIn("PAYONE"), Examples.payIn("FLEXEPIN"), Examples.payOut("FORUMPAY"));

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, CashierAnswerFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), CashierAnswerFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"data\":",
                        "\"redirect_url\":",
                        "\"https://pay.example.com/\"",
                        "\"transaction_status\":\"Approved\",",
                        "\"errorCode\":",
                        "\"errors\":[",
                        "\"isSuccess\":false,",
                        "\"status\":\"success\",",
                        "\"transactionId\":",
                        "\"message\":",
                        "PSP_TIMEOUT",
                        "\"error\":1e999999999,",
                        "\"amount\":1e999999999,"))
                .withSeparators(",", ":", "\n", "\"")
                .arbitrary();
    }

    private static void holds(byte[] body) {
        for (ProviderOperation operation : OPERATIONS) {
            for (int status : new int[] {200, 302, 400, 404, 429, 500}) {
                holds(operation, status, CashierAnswer.read(operation, status, "text/html; charset=\"", body));
            }
        }
    }

    private static void holds(ProviderOperation operation, int status, CashierReading reading) {
        switch (reading) {
            case CashierReading.Unreadable unreadable ->
                assertThat(unreadable.code()).isIn(UNREADABLE);
            case CashierReading.Rejected rejected -> {
                assertThat(rejected.message()).matches("[^\\p{Cntrl}]{1,500}");
                holdsAsIds(rejected.transactionIds());
            }
            case CashierReading.SynchronousOutcome outcome -> {
                assertThat(operation.synchronous()).isTrue();
                assertThat(status).isBetween(200, 299);
                holdsAsIds(outcome.transactionIds());
                holdsAsAmount(outcome.amount());
            }
            case CashierReading.PageOpened page -> {
                assertThat(status).isBetween(200, 299);
                assertThat(page.redirectUrl()).hasSizeBetween(8, 4_096);
                new RedirectPolicy(List.of("*.example.com"), true).judge(page.redirectUrl());
                holdsAsIds(page.transactionIds());
                holdsAsAmount(page.amount());
            }
            case CashierReading.Accepted accepted -> {
                assertThat(status).isBetween(200, 299);
                holdsAsIds(accepted.transactionIds());
                holdsAsAmount(accepted.amount());
            }
        }
    }

    private static void holdsAsIds(List<String> ids) {
        assertThat(ids).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates().allMatch(id -> id.matches("[!-~]{1,128}"));
    }

    private static void holdsAsAmount(@Nullable BigDecimal amount) {
        if (amount != null) {
            assertThat(amount).isBetween(BigDecimal.ZERO, new BigDecimal("999999999999.9999"));
        }
    }
}

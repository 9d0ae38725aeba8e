package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Webhooks as anybody who knows the address may send them, up to the match of their money and the payment they name. */
class WebhookFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = new Corpus(List.of(
                    Examples.bytes("webhook-generic"),
                    Examples.bytes("webhook-payone"),
                    Examples.bytes("webhook-old-2025")))
            .and(Corpus.of(WebhookFuzzTest.class, "mozarto-webhook"));

    private static final Set<String> UNREADABLE =
            Set.of("too-large", "empty", "not-json", "not-an-object", "no-transaction-id");
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final MerchantReference REFERENCES = new MerchantReference(List.of(new byte[32]));
    private static final Money ASKED = Money.parse("CAD 149.90");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, WebhookFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), WebhookFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"transaction_status\":",
                        "\"Approved\"",
                        "\"amount\":",
                        "149.90",
                        "\"149.9000\"",
                        "\"CAD\"",
                        "\"currency\":",
                        "\"confirmed\":true,",
                        "\"transaction_id\":\"t-1\",",
                        "\"merchantReference\":",
                        "APPROVED",
                        "pproved",
                        "\"user_id\":"))
                .withSeparators(",", ":", "\n", "\"")
                .arbitrary();
    }

    private static void holds(byte[] body) {
        switch (WebhookReading.of(body)) {
            case WebhookReading.Unreadable unreadable ->
                assertThat(unreadable.code()).isIn(UNREADABLE);
            case CashierWebhook webhook -> {
                holdsAsRead(webhook, tree(body));
                holdsAsIdentity(webhook);
                holdsAsMoney(webhook);
                holdsAsName(webhook);
            }
        }
    }

    /** payments.md, section 6: what counts is what the body says in so many words. */
    private static void holdsAsRead(CashierWebhook webhook, JsonNode tree) {
        assertThat(webhook.transactionId())
                .matches("[!-~]{1,128}")
                .isEqualTo(tree.path("transaction_id").asText());
        JsonNode status = tree.path("transaction_status");
        if (webhook.status() == TransactionStatus.APPROVED) {
            assertThat(webhook.shape()).isEqualTo(CashierWebhook.Shape.Y2026);
            assertThat(status.isTextual()).isTrue();
            assertThat(status.textValue()).matches("[Aa][Pp][Pp][Rr][Oo][Vv][Ee][Dd]");
        }
        BigDecimal amount = webhook.amount();
        if (amount != null) {
            JsonNode said = tree.path("amount");
            BigDecimal stated = said.isTextual() ? new BigDecimal(said.textValue()) : said.decimalValue();
            assertThat(amount)
                    .isEqualByComparingTo(stated)
                    .isBetween(BigDecimal.ZERO, new BigDecimal("999999999999.9999"));
            assertThat(amount.stripTrailingZeros().scale()).isLessThanOrEqualTo(4);
            assertThat(webhook.amountText()).isNotNull();
        }
        for (String text : new String[] {webhook.rawStatus(), webhook.statusText(), webhook.method()}) {
            assertThat(text == null || text.matches("[^\\p{Cntrl}]{1,64}"))
                    .as("%s", text)
                    .isTrue();
        }
    }

    private static void holdsAsIdentity(CashierWebhook webhook) {
        assertThat(WebhookIdentity.of("account", webhook))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(WebhookIdentity.of("other", webhook));
    }

    private static void holdsAsMoney(CashierWebhook webhook) {
        MoneyMatch match = MoneyMatch.of(ASKED, Examples.payIn("PAYONE"), webhook);
        BigDecimal amount = webhook.amount();
        boolean equal = webhook.shape() == CashierWebhook.Shape.Y2026
                && amount != null
                && amount.compareTo(new BigDecimal("149.90")) == 0
                && (webhook.currency() == null || webhook.currency().equals("CAD"));

        assertThat(match instanceof MoneyMatch.Matches).isEqualTo(equal);
    }

    /** A name that is read is the very one that we would have written. */
    private static void holdsAsName(CashierWebhook webhook) {
        String reference = webhook.merchantReference();
        if (reference != null) {
            REFERENCES
                    .read(reference, "account", List.of("shop", "other-shop"))
                    .ifPresent(attempt ->
                            assertThat(REFERENCES.write("account", attempt)).isEqualTo(reference));
        }
        String userId = webhook.userId();
        if (userId != null) {
            UserId.attemptOf(userId)
                    .ifPresent(attempt -> assertThat(UserId.perAttempt(attempt)).isEqualTo(userId));
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            return STRICT.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("read, though another reader refuses it", e);
        }
    }
}

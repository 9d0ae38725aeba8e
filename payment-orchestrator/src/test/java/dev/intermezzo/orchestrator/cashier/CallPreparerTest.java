package dev.intermezzo.orchestrator.cashier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.SessionKeys;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.Setting;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command's call is made of: the plan's settings, and the account as it is when the call is made. */
@SuppressWarnings("NullAway.Init") // set before all tests
class CallPreparerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String MERCHANT = "merchant";
    private static final String ACCOUNT = "account";
    private static final List<String> PAY_OUT_CONFIRMED = List.of(
            "payone-payout-reaches-the-payer",
            "payone-payout-in-cad",
            "payone-payout-answer-is-generic",
            "payone-payout-webhook-decides");
    private static final AccountProvider EDITED = new AccountProvider(
            "PAYONE",
            List.of(),
            PAY_OUT_CONFIRMED,
            List.of(new Setting("kept", "edited"), new Setting("new", "added")));
    private static final AccountProvider VOUCHERS = new AccountProvider(
            "FLEXEPIN",
            List.of(),
            List.of("flexepin-answer-says-approved", "flexepin-redeems-the-whole-amount"),
            List.of());
    private static final AccountProvider CRYPTO = new AccountProvider(
            "FORUMPAY",
            List.of("pay.example.com"),
            List.of("forumpay-request-as-in-example", "forumpay-page-in-data-url", "forumpay-webhook-repeats-user-id"),
            List.of());
    private static final Setting PLANNED = new Setting("kept", "planned");

    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;
    private static SealingKeys keys;
    private static Producer<String, byte[]> producer;
    private static MerchantDirectory directory;
    private static CallPreparer preparer;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.temporary();
        kafka = new KafkaSettings(broker.bootstrapServers(), Topics.DEFAULT_PREFIX, "test");
        keys = SealingKeys.generate();
        producer = KafkaClients.producer(kafka, "test");
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(List.of(Topics.MERCHANTS));
        }
        publish(MERCHANT, merchant());
        publish(ACCOUNT, account(ACCOUNT, List.of(EDITED, VOUCHERS), token("1", "of-the-old-days", null)));
        publish("removed", account("removed", List.of(), token("1", "any", null)));
        publish(
                "reissued",
                account(
                        "reissued",
                        List.of(EDITED),
                        token("1", "old", null),
                        token("2", "new", null),
                        token("3", "ended", NOW)));
        publish(
                "session",
                CashierAccount.newBuilder(account("session", List.of(EDITED, CRYPTO), token("1", "company", null)))
                        .setSecrets(List.of(new SecretSealer(keys)
                                .seal(MerchantKeys.account("session"), "company-token", "1", utf8("company"))))
                        .setUserContext("SESSION")
                        .build());
        publish("ended", account("ended", List.of(EDITED), token("1", "ended", NOW)));
        directory = new MerchantDirectory(kafka, WriterSchemas.compiledIn());
        directory.start();
        preparer = CallPreparer.of(directory, keys, new BuyerOpener(keys), CashierSettings.defaults(), () -> NOW);
        await().atMost(Duration.ofSeconds(30)).until(directory::ready);
    }

    @AfterAll
    static void stop() {
        directory.close();
        producer.close();
        broker.close();
    }

    @Test
    void a_page_is_asked_for_with_the_settings_of_its_plan_and_none_that_were_added_since() {
        Preparation.Ready ready = ready(page(ACCOUNT).setSettings(List.of(PLANNED)));

        assertThat(ready.settings().fixedFields()).isEqualTo(Map.of("kept", "planned"));
    }

    @Test
    void a_pay_out_was_decided_without_a_plan_and_takes_the_accounts_settings_of_today() {
        Preparation.Ready ready = ready(payOut(ACCOUNT).setSettings(List.of(PLANNED)));

        assertThat(ready.settings().fixedFields()).isEqualTo(Map.of("kept", "planned", "new", "added"));
    }

    @Test
    void no_page_is_opened_at_a_provider_that_was_taken_out_of_the_account() {
        assertThat(preparer.prepare(page("removed").build())).isEqualTo(new Preparation.Impossible("provider-removed"));
    }

    @Test
    void nothing_is_paid_out_through_a_provider_that_was_taken_out_of_the_account() {
        assertThat(preparer.prepare(payOut("removed").build())).isInstanceOf(Preparation.Impossible.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRITE", "CLEO", "EMERCHANTPAY", "FLEXEPIN", "FORUMPAY", "NEOSURF", "TRUST", "WORLDPAY_EU"})
    void a_provider_that_gives_nothing_back_through_the_cashier_is_not_called_for_a_refund(String provider) {
        assertThat(preparer.prepare(payOut(ACCOUNT).setProvider(provider).build()))
                .isEqualTo(new Preparation.Impossible("refund-not-available"));
    }

    @Test
    void the_newest_credential_that_has_not_ended_is_used() {
        assertThat(ready(page(ACCOUNT)).call().headers()).containsEntry("Authorization", "Bearer of-the-old-days");
        assertThat(ready(page("reissued")).call().headers()).containsEntry("Authorization", "Bearer new");
        assertThat(preparer.prepare(page("ended").build()))
                .isEqualTo(new Preparation.Impossible("account-credentials-missing"));
    }

    @Test
    void an_account_with_session_tokens_sends_one_that_the_edge_can_open_and_no_user_token() {
        Map<String, String> headers = ready(page("session")).call().headers();

        assertThat(headers).containsKey("x-user-authorization").doesNotContainKey("x-user-token");
        String token = headers.getOrDefault("x-user-authorization", "").replaceFirst("^Bearer ", "");
        assertThat(new SessionTokens(SessionKeys.of(keys)).read("session", token, NOW.plus(Duration.ofMinutes(19))))
                .isInstanceOfSatisfying(
                        SessionTokens.Reading.Valid.class,
                        valid -> assertThat(valid.user())
                                .containsEntry("email", "anna@example.com")
                                .containsEntry("phone", "14165550100")
                                .containsKey("userId"));
    }

    @Test
    void a_pay_out_of_an_account_with_session_tokens_carries_one_too() {
        assertThat(ready(payOut("session")).call().headers())
                .containsKey("x-user-authorization")
                .doesNotContainKey("x-user-token");
    }

    @Test
    void who_demands_the_user_token_is_not_asked_by_an_account_with_session_tokens() {
        CashierCommand.Builder page = page("session").setProvider("FORUMPAY");

        assertThat(preparer.prepare(page.build())).isEqualTo(new Preparation.Impossible("not-eligible-user-context"));
    }

    @Test
    void the_voucher_is_opened_for_the_request_and_for_nothing_else() {
        Preparation.Ready ready = ready(redeeming("1234567890123456"));

        assertThat(new String(ready.call().body(), StandardCharsets.UTF_8))
                .contains("\"pspType\":\"FLEXEPIN\"", "\"voucherPin\":\"1234567890123456\"", "\"baseamount\":10.00");
        assertThat(ready.toString()).doesNotContain("1234567890123456");
    }

    @Test
    void without_its_voucher_nothing_is_redeemed() {
        assertThat(preparer.prepare(page(ACCOUNT).setProvider("FLEXEPIN").build()))
                .isEqualTo(new Preparation.Impossible("details-missing"));
    }

    @Test
    void a_voucher_whose_key_did_not_come_along_is_not_redeemed() {
        CashierCommand complete = redeeming("1234567890123456").build();
        CashierCommand incomplete = CashierCommand.newBuilder(complete)
                .setBuyerKeys(List.of(complete.getBuyerKeys().getLast()))
                .build();

        assertThat(preparer.prepare(incomplete)).isEqualTo(new Preparation.Impossible("details-not-openable"));
    }

    private static CashierCommand.Builder redeeming(String pin) {
        CashierCommand.Builder command = page(ACCOUNT).setProvider("FLEXEPIN");
        SealedBuyer voucher = new BuyerSealer(keys).seal(command.getPaymentId(), Instrument.Voucher.PURPOSE, utf8(pin));
        return command.setBuyer(List.of(command.getBuyer().getFirst(), voucher.data()))
                .setBuyerKeys(List.of(voucher.key(), command.getBuyerKeys().getFirst()));
    }

    private static Preparation.Ready ready(CashierCommand.Builder command) {
        return assertThat(preparer.prepare(command.build()))
                .asInstanceOf(type(Preparation.Ready.class))
                .actual();
    }

    private static CashierCommand.Builder page(String account) {
        return command(account).setAttempt(1).setBody(new OpenPage((String) null));
    }

    private static CashierCommand.Builder payOut(String account) {
        return command(account).setAttempt(9).setBody(new PayOut("refund r1", null));
    }

    private static CashierCommand.Builder command(String account) {
        String payment = Ids.payment("shop", UUID.randomUUID().toString());
        SealedBuyer buyer = new BuyerSealer(keys)
                .seal(
                        payment,
                        BuyerDetailsJson.PURPOSE,
                        BuyerDetailsJson.write(
                                BuyerDetails.of("anna@example.com", "Anna", "Example", "14165550100", "CA")));
        return CashierCommand.newBuilder()
                .setId(Ids.decided(payment, 1, 1))
                .setPaymentId(payment)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(NOW)
                .setProvider("PAYONE")
                .setAccount(account)
                .setAmount(new Money(new BigDecimal("10.00"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(NOW.plusSeconds(30))
                .setBuyer(List.of(buyer.data()))
                .setBuyerKeys(List.of(buyer.key()));
    }

    private static CashierAccount account(String id, List<AccountProvider> providers, Token... tokens) {
        SecretSealer secrets = new SecretSealer(keys);
        String owner = MerchantKeys.account(id);
        List<SealedSecret> sealed = new ArrayList<>(
                List.of(secrets.seal(owner, "user-token-secret", "1", utf8("user-token-secret-of-the-test-32b"))));
        for (Token token : tokens) {
            SealedSecret secret = secrets.seal(owner, "company-token", token.id(), utf8(token.text()));
            sealed.add(SealedSecret.newBuilder(secret)
                    .setNotAfter(token.notAfter())
                    .build());
        }
        return CashierAccount.newBuilder()
                .setBaseUrl("https://cashier.example.com")
                .setSecrets(sealed)
                .setWebhookTokenDigests(List.of())
                .setProviders(providers)
                .build();
    }

    private record Token(String id, String text, @Nullable Instant notAfter) {}

    private static Token token(String id, String text, @Nullable Instant notAfter) {
        return new Token(id, text, notAfter);
    }

    private static Merchant merchant() {
        return Merchant.newBuilder()
                .setName("Demo")
                .setAccount(ACCOUNT)
                .setEnabled(true)
                .setTestShop(true)
                .setRoutes(List.of())
                .setOrderTimeSeconds(86_400)
                .setNoWord(NoWordPolicy.FAILED)
                .setBuyerChooses(false)
                .setPayOuts(PayOutLimits.newBuilder()
                        .setEnabledBy(List.of("anna", "ben"))
                        .setCurrency("CAD")
                        .setPerPayOut(new BigDecimal("10.0000"))
                        .setPerDay(new BigDecimal("100.0000"))
                        .build())
                .build();
    }

    private static void publish(String id, SpecificRecordBase body) {
        MerchantRecord record = new MerchantRecord(id, Environment.SANDBOX, Instant.EPOCH, "1", body);
        new TypedProducer<MerchantRecord>(producer, kafka)
                .send(Topics.MERCHANTS, MerchantKeys.key(record), record)
                .join();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

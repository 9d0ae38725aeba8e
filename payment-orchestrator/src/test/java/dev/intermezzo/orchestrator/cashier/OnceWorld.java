package dev.intermezzo.orchestrator.cashier;

import static org.awaitility.Awaitility.await;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.partners.mozarto.UserTokenSettings;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.TopicAdmin;
import dev.intermezzo.runtime.kafka.TopicSettings;
import dev.intermezzo.runtime.kafka.TopicTail;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.Money;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.PayOutLimits;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A broker with topics and merchants, a Cashier that counts, and what lies on the topics. Executors are the tests'. */
final class OnceWorld implements AutoCloseable {
    static final String MERCHANT = "merchant";
    /** Refunds are numbered on from the attempts. */
    static final int REFUND = 9;

    static final Duration CALL_DEADLINE = Duration.ofSeconds(2);
    static final Duration SLACK = Duration.ofSeconds(1);
    /** An account whose Cashier takes no connection and refuses none: nothing is ever sent to it. */
    static final String SILENT_ACCOUNT = "silent";

    /** Names of destinations, by what is the matter with them. */
    static final String RIPE = "ripe";

    static final String NEW = "new";
    static final String NOT_APPROVED = "not-approved";

    private static final String REVISION = "r1";
    private static final String ACCOUNT = "account";
    private static final List<String> CONFIRMED = List.of(
            "payone-payout-reaches-the-payer",
            "payone-payout-in-cad",
            "payone-payout-answer-is-generic",
            "payone-payout-webhook-decides");

    private static final List<String> VOUCHERS_CONFIRMED =
            List.of("flexepin-answer-says-approved", "flexepin-redeems-the-whole-amount");

    final EmbeddedBroker broker = EmbeddedBroker.temporary();
    final KafkaSettings kafka = kafka("test");
    final SealingKeys keys = SealingKeys.generate();
    final CountingCashier cashier = new CountingCashier();
    final List<CashierResult> results = new CopyOnWriteArrayList<>();
    final List<ExecutionClaim> claims = new CopyOnWriteArrayList<>();
    private final Producer<String, byte[]> producer = KafkaClients.producer(kafka, "test");
    private final List<TopicTail> tails;
    private final SilentPort silence = new SilentPort();

    OnceWorld() {
        try (TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            topics.apply(Topics.ALL);
        }
        publish(account(ACCOUNT, cashier.base()));
        publish(account(SILENT_ACCOUNT, silence.base()));
        publish(merchant(MERCHANT, true, limits("10.00")));
        publish(merchant("disabled", false, limits("10.00")));
        publish(merchant("no-pay-outs", true, null));
        publish(merchant("small", true, limits("9.99")));
        publish(merchant("daily", true, limits("10.00", "25.00")));
        publish(paying("paying", true, "100000.00", "100000.00"));
        publish(paying("closed", false, "100000.00", "100000.00"));
        publish(paying("capped", true, "100000.00", "25.00"));
        publish(paying("strapped", true, "25.00", "20.00"));
        Codec<CashierResult> result = Codec.of(CashierResult.class);
        Codec<ExecutionClaim> claim = Codec.of(ExecutionClaim.class);
        WriterSchemas schemas = WriterSchemas.compiledIn();
        tails = List.of(
                tail(kafka.topic(Topics.CASHIER_RESULTS), value -> results.add(result.decode(value, schemas))),
                tail(kafka.topic(Topics.ONCE_CLAIMS), value -> claims.add(claim.decode(value, schemas))));
        tails.forEach(TopicTail::start);
    }

    KafkaSettings kafka(String instance) {
        return new KafkaSettings(broker.bootstrapServers(), Topics.DEFAULT_PREFIX, instance);
    }

    static CashierSettings settings() {
        return new CashierSettings(
                CALL_DEADLINE, true, UserTokenSettings.DEFAULTS, Duration.ofMinutes(20), PumpSettings.defaults());
    }

    /** A started executor. */
    OnceExecutorService executor(String instance, String group) {
        OnceExecutorService executor = new OnceExecutorService(
                settings(),
                kafka(instance),
                keys,
                AddressPolicy.allowingLoopback(),
                new OnceLoop.Bounds(group, SLACK),
                InstantSource.system());
        executor.start();
        return executor;
    }

    /** A refund of 10 CAD for a new payment; changed by the caller as a test needs. */
    CashierCommand.Builder refund() {
        return refund(ACCOUNT);
    }

    CashierCommand.Builder refund(String account) {
        String payment = Ids.payment("shop", UUID.randomUUID().toString());
        SealedBuyer sealed = new BuyerSealer(keys)
                .seal(
                        payment,
                        BuyerDetailsJson.PURPOSE,
                        BuyerDetailsJson.write(
                                BuyerDetails.of("payee@example.com", "Anna", "Example", "14165550100", "CA")));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return CashierCommand.newBuilder()
                .setId(Ids.decided(payment, 7, 1))
                .setPaymentId(payment)
                .setMerchantId(MERCHANT)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(now)
                .setAttempt(REFUND)
                .setProvider("PAYONE")
                .setAccount(account)
                .setAmount(new Money(new BigDecimal("10.00"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(now.plus(Duration.ofMinutes(2)))
                .setBuyer(List.of(sealed.data()))
                .setBuyerKeys(List.of(sealed.key()))
                .setBody(new PayOut("refund r1", null));
    }

    /** The redemption of a voucher, whose PIN is sealed as the edge seals it. */
    CashierCommand redemption(String pin) {
        CashierCommand.Builder command =
                refund().setProvider("FLEXEPIN").setAttempt(1).setBody(new OpenPage((String) null));
        SealedBuyer voucher = new BuyerSealer(keys).seal(command.getPaymentId(), Instrument.Voucher.PURPOSE, utf8(pin));
        return command.setBuyer(List.of(command.getBuyer().getFirst(), voucher.data()))
                .setBuyerKeys(List.of(command.getBuyerKeys().getFirst(), voucher.key()))
                .build();
    }

    /** A pay-out of 10 CAD that belongs to no payment. */
    CashierCommand.Builder payOut(String merchant, String destination) {
        String payOut = Ids.freePayOut(merchant, HexFormat.of().formatHex(random()));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return CashierCommand.newBuilder()
                .setId(Ids.decided(payOut, 1, 1))
                .setPaymentId(payOut)
                .setMerchantId(merchant)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(now)
                .setAttempt(REFUND)
                .setProvider("PAYONE")
                .setAccount(ACCOUNT)
                .setAmount(new Money(new BigDecimal("10.00"), "CAD"))
                .setSettings(List.of())
                .setUserIdPerAttempt(false)
                .setNotAfter(now.plus(Duration.ofMinutes(2)))
                .setBuyer(List.of())
                .setBuyerKeys(List.of())
                .setBody(new PayOut("pay-out p1", new DestinationRef(destination, REVISION)));
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** A merchant whose destination was changed since somebody asked for a pay-out to it. */
    void publishChanging(String merchant) {
        publish(record(
                merchant,
                Merchant.newBuilder(payingMerchant(merchant, true, "100000.00", "100000.00"))
                        .setDestinations(List.of(destination(merchant, RIPE, "r2", daysAgo(), "ben")))
                        .build()));
    }

    CashierCommand send(CashierCommand command) {
        new TypedProducer<CashierCommand>(producer, kafka)
                .send(Topics.ONCE_COMMANDS, command.getPaymentId(), command)
                .join();
        return command;
    }

    /** The topic of commands is deleted with all that lies on it, made anew, and these are written to it, as from a copy. */
    void restoreCommands(List<CashierCommand> copy) throws Exception {
        String topic = kafka.topic(Topics.ONCE_COMMANDS);
        try (Admin admin = KafkaClients.admin(kafka, "test");
                TopicAdmin topics = new TopicAdmin(kafka, TopicSettings.sandbox())) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !admin.listTopics().names().get().contains(topic));
            topics.apply(Topics.ALL);
        }
        try (Producer<String, byte[]> fresh = KafkaClients.producer(kafka, "restore")) {
            TypedProducer<CashierCommand> commands = new TypedProducer<>(fresh, kafka);
            copy.forEach(command -> commands.send(Topics.ONCE_COMMANDS, command.getPaymentId(), command)
                    .join());
        }
    }

    /** How often the Cashier was asked to pay this refund. */
    long calls(CashierCommand command) {
        return cashier.users().stream().filter(user(command)::equals).count();
    }

    String user(CashierCommand command) {
        return UserId.perAttempt(PaymentAttempt.of(command.getPaymentId(), REFUND));
    }

    List<CashierResult> results(CashierCommand command) {
        return results.stream()
                .filter(result -> result.getCommandId().equals(command.getId()))
                .toList();
    }

    List<ExecutionClaim> claims(CashierCommand command) {
        return claims.stream()
                .filter(claim -> claim.getCommandId().equals(command.getId()))
                .toList();
    }

    /** An outcome was noted beside the claim: nothing is left to be done about this command. */
    boolean settled(CashierCommand command) {
        return claims(command).stream().anyMatch(claim -> claim.getOutcome() != null);
    }

    @Override
    public void close() {
        tails.forEach(TopicTail::close);
        cashier.close();
        silence.close();
        producer.close();
        broker.close();
    }

    private interface Received {
        void take(byte[] value);
    }

    private TopicTail tail(String topic, Received received) {
        return new TopicTail(() -> KafkaClients.tail(kafka, "test-tail"), topic, TopicTail.From.BEGINNING, record -> {
            if (record.value() != null) { // a test's probe
                received.take(record.value());
            }
        });
    }

    private void publish(MerchantRecord record) {
        new TypedProducer<MerchantRecord>(producer, kafka)
                .send(Topics.MERCHANTS, MerchantKeys.key(record), record)
                .join();
    }

    private MerchantRecord account(String id, URI base) {
        SecretSealer secrets = new SecretSealer(keys);
        String owner = MerchantKeys.account(id);
        return record(
                id,
                CashierAccount.newBuilder()
                        .setBaseUrl(base.toString())
                        .setSecrets(List.of(
                                secrets.seal(owner, "company-token", "1", utf8("company-token-of-the-test")),
                                secrets.seal(
                                        owner, "user-token-secret", "1", utf8("user-token-secret-of-the-test-32b"))))
                        .setWebhookTokenDigests(List.of())
                        .setProviders(List.of(
                                new AccountProvider("PAYONE", List.of(), CONFIRMED, List.of()),
                                new AccountProvider("FLEXEPIN", List.of(), VOUCHERS_CONFIRMED, List.of())))
                        .build());
    }

    private static PayOutLimits limits(String perPayOut) {
        return limits(perPayOut, "10000.00");
    }

    private static PayOutLimits limits(String perPayOut, String perDay) {
        return PayOutLimits.newBuilder()
                .setEnabledBy(List.of("anna", "ben"))
                .setCurrency("CAD")
                .setPerPayOut(new BigDecimal(perPayOut).setScale(4))
                .setPerDay(new BigDecimal(perDay).setScale(4))
                .build();
    }

    /** A merchant with destinations: one that may be paid, one of an hour ago, one that one person alone added. */
    private MerchantRecord paying(String id, boolean enabled, String perDay, String perDestination) {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);
        return record(
                id,
                Merchant.newBuilder(payingMerchant(id, enabled, perDay, perDestination))
                        .setDestinations(List.of(
                                destination(id, RIPE, REVISION, daysAgo(), "ben"),
                                destination(id, NEW, REVISION, anHourAgo, "ben"),
                                destination(id, NOT_APPROVED, REVISION, daysAgo(), null)))
                        .build());
    }

    private static Merchant payingMerchant(String id, boolean enabled, String perDay, String perDestination) {
        PayOutLimits limits = PayOutLimits.newBuilder(limits("10.00", perDay))
                .setPerDestination(new BigDecimal(perDestination).setScale(4))
                .build();
        return body(id, enabled, limits);
    }

    private Destination destination(
            String merchant, String name, String revision, Instant addedAt, @Nullable String approvedBy) {
        String owner = MerchantKeys.destination(merchant, name, revision);
        Payee payee = new Payee(
                BuyerDetails.of(name + "@" + merchant + ".example", "Supplier", "Example", "14165550111", "CA"),
                new Instrument.None());
        SealedBuyer sealed = new BuyerSealer(keys).seal(owner, Payee.PURPOSE, payee.json());
        return Destination.newBuilder()
                .setName(name)
                .setRevision(revision)
                .setProvider("PAYONE")
                .setDetails(sealed.data())
                .setKey(sealed.key())
                .setCheck(new SecretSealer(keys).seal(owner, "destination-check", revision, new byte[32]))
                .setAddedAt(addedAt)
                .setAddedBy("anna")
                .setApprovedBy(approvedBy)
                .build();
    }

    private static Instant daysAgo() {
        return Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MICROS);
    }

    private static MerchantRecord merchant(String id, boolean enabled, @Nullable PayOutLimits payOuts) {
        return record(id, body(id, enabled, payOuts));
    }

    private static Merchant body(String id, boolean enabled, @Nullable PayOutLimits payOuts) {
        return Merchant.newBuilder()
                .setName(id)
                .setAccount(ACCOUNT)
                .setEnabled(enabled)
                .setTestShop(true)
                .setRoutes(List.of())
                .setOrderTimeSeconds(86_400)
                .setNoWord(NoWordPolicy.FAILED)
                .setBuyerChooses(false)
                .setPayOuts(payOuts)
                .build();
    }

    private static MerchantRecord record(String id, SpecificRecordBase body) {
        return MerchantRecord.newBuilder()
                .setId(id)
                .setEnvironment(Environment.SANDBOX)
                .setOccurredAt(Instant.EPOCH)
                .setRevision("1")
                .setBody(body)
                .build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

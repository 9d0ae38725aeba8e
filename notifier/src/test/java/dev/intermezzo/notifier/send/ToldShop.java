package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;

/** A shop with two keys and a merchant behind it, and a handler that tells it. Tests change what is not final. */
final class ToldShop implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String OLD_KEY = "MZL-P-0-invented-old";
    static final String NEW_KEY = "MZL-P-0-invented-new";
    private static final String ORDER = "5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f";
    static final String PAYMENT = "demo-shop~" + ORDER;
    private static final HostLimits LIMITS =
            new HostLimits(2, 3, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(3));

    final SecretSealer sealer = new SecretSealer(SealingKeys.generate());
    final TestingShop shop = new TestingShop();
    Instant now = NOW;
    List<String> notifyHosts = List.of("www.mozello.com", shop.host());
    List<SealedSecret> secrets = List.of(sealed("key-1", OLD_KEY, null), sealed("key-2", NEW_KEY, null));
    boolean testShop = true;
    boolean enabled = true;
    private final OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback());
    private final DueHandler handler = handler(FormEncoding.MULTIPART);

    /** By the one handler of this shop, which remembers how often its host failed. */
    Optional<NotificationResult> handle(NotificationDue due) {
        return handler.handle(due);
    }

    DueHandler handler(FormEncoding encoding) {
        return handler(encoding, Duration.ofSeconds(20));
    }

    DueHandler handler(FormEncoding encoding, Duration deadline) {
        return new DueHandler(
                new Shops(id -> Optional.of(integration()), id -> Optional.of(merchant())),
                new ShopKeys(sealer),
                new ShopMessage(encoding, deadline),
                http,
                new HostGate(LIMITS, () -> now),
                () -> now);
    }

    NotificationDue due(String keyId) {
        return due(keyId, shop.address());
    }

    NotificationDue due(String keyId, String address) {
        NotificationRequest request = new NotificationRequest(
                PAYMENT + "#1.0",
                PAYMENT,
                "demo-shop",
                Environment.SANDBOX,
                NOW,
                "demo-shop",
                ORDER,
                address,
                NotifyStatus.APPROVED,
                true,
                keyId,
                null);
        return new NotificationDue(
                request.getId() + "@2",
                PAYMENT,
                "demo-shop",
                Environment.SANDBOX,
                NOW,
                request,
                2,
                false,
                NOW.plusSeconds(30));
    }

    boolean isSignedWith(String key) {
        MozelloForm form = form(shop.posted().getFirst());
        SignatureVerdict verdict = MozelloSignature.verify(form, List.of(MozelloKey.of("any", key)));
        return verdict instanceof SignatureVerdict.Valid;
    }

    static MozelloForm form(TestingShop.Posted posted) {
        FormReading reading = MozelloForm.read(posted.body().getBytes(StandardCharsets.UTF_8), posted.contentType());
        return assertThat(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(FormReading.Form.class))
                .actual()
                .form();
    }

    SealedSecret sealed(String id, String key, @Nullable Instant notAfter) {
        SealedSecret sealed =
                sealer.seal("integration:demo-shop", "mozello-key", id, key.getBytes(StandardCharsets.UTF_8));
        return new SealedSecret(sealed.getId(), sealed.getPurpose(), sealed.getCiphertext(), notAfter);
    }

    @Override
    public void close() {
        http.close();
        shop.close();
    }

    private Versioned<Integration> integration() {
        Integration body = Integration.newBuilder()
                .setMerchant("demo-shop")
                .setKind("PRIVATE")
                .setSecrets(secrets)
                .setInvoicePattern("M-[0-9]+-[0-9]+")
                .setFormLayout("documented")
                .setCurrencies(List.of("CAD"))
                .setNotifyHosts(notifyHosts)
                .setShopHosts(List.of())
                .build();
        return new Versioned<>(record(body), body);
    }

    private Versioned<Merchant> merchant() {
        Merchant body = new Merchant(
                "Demo shop",
                "sandbox-account",
                null,
                enabled,
                testShop,
                null,
                List.of(),
                86_400,
                NoWordPolicy.FAILED,
                false,
                null,
                List.of(),
                List.of());
        return new Versioned<>(record(body), body);
    }

    private static MerchantRecord record(Object body) {
        return new MerchantRecord("demo-shop", Environment.SANDBOX, NOW, "r1", body);
    }
}

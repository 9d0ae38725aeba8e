package dev.intermezzo.ingress;

import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.NoWordPolicy;
import dev.intermezzo.schemas.avro.Route;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.Setting;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invented merchants: an ordinary one, a disabled one, and accounts with and without an Authorization secret. */
final class TestMerchants {

    static final String SHOP = "demo-shop";
    static final String CLOSED_SHOP = "closed-shop";
    static final String ACCOUNT = "sandbox-account";
    /** Serves euros: TRUST first, which is told the return address of each payment, then FORUMPAY. */
    static final String EURO_SHOP = "euro-shop";

    /** Has an ended key, an older and a newer one, and a route that overrides how the buyer is named. */
    static final String ROTATING_SHOP = "rotating-shop";

    static final String ENDED_KEY = "TEST-ended-key";
    static final String OLDER_KEY = "TEST-older-key";

    /** Its last provider was taken out of its routes. */
    static final String ROUTELESS_SHOP = "routeless-shop";

    /** Is switched off by a test while a payment is under way. */
    static final String CLOSING_SHOP = "closing-shop";

    /** Uses a provider that must be told where the browser comes from. */
    static final String INTERAC_SHOP = "interac-shop";

    /** Its orders are compared with its own record; so are those of the next, which are paid when it is silent. */
    static final String COMPARED_SHOP = "compared-shop";

    static final String LENIENT_SHOP = "lenient-shop";
    static final String STORE_KEY = "TEST-store-api-key";

    /** Redeems vouchers for euros, or sends buyers to a page. */
    static final String VOUCHER_SHOP = "voucher-shop";

    /** Sends buyers by currency, country and amount: TRUST first, for Latvia and 10 to 100 euros, then vouchers from 50 on. */
    static final String ROUTED_SHOP = "routed-shop";

    static final String EURO_ACCOUNT = "euro-account";
    static final String GUARDED_ACCOUNT = "guarded-account";
    static final String KEY_ID = "key-1";
    static final String KEY = "TEST-payment-api-key";
    static final String WEBHOOK_TOKEN = "test-webhook-token-AAAAAAAAAAAAAAAAAAAAAAAAAAA";
    static final String AUTHORIZATION = "test-authorization-secret";

    /** Is still sent while Mozarto's side is changed to the new one. */
    static final String FORMER_AUTHORIZATION = "former-authorization-secret";

    static final String ENDED_AUTHORIZATION = "ended-authorization-secret";
    private static final Instant LONG_FROM_NOW = Instant.parse("2099-01-01T00:00:00Z");

    private TestMerchants() {}

    static List<MerchantRecord> records(SealingKeys keys) {
        SecretSealer sealer = new SecretSealer(keys);
        return List.of(
                record(ACCOUNT, account(List.of())),
                record(
                        GUARDED_ACCOUNT,
                        account(List.of(
                                authorization(sealer, "ended", ENDED_AUTHORIZATION, Instant.EPOCH),
                                authorization(sealer, "former", FORMER_AUTHORIZATION, LONG_FROM_NOW),
                                authorization(sealer, "new", AUTHORIZATION, null)))),
                record(SHOP, merchant(true, null, null)),
                record(CLOSED_SHOP, merchant(false, null, null)),
                record(EURO_ACCOUNT, euroAccount()),
                record(EURO_SHOP, euroMerchant()),
                record(ROTATING_SHOP, rotatingMerchant()),
                record(ROTATING_SHOP, rotatingIntegration(sealer)),
                record(ROUTELESS_SHOP, routelessMerchant()),
                record(ROUTELESS_SHOP, integration(sealer, ROUTELESS_SHOP)),
                record(CLOSING_SHOP, merchant(true, null, null)),
                record(CLOSING_SHOP, integration(sealer, CLOSING_SHOP)),
                record(INTERAC_SHOP, interacMerchant()),
                record(INTERAC_SHOP, integration(sealer, INTERAC_SHOP)),
                record(VOUCHER_SHOP, voucherMerchant()),
                record(VOUCHER_SHOP, integration(sealer, VOUCHER_SHOP)),
                record(ROUTED_SHOP, routedMerchant()),
                record(ROUTED_SHOP, integration(sealer, ROUTED_SHOP)),
                record(EURO_SHOP, integration(sealer, EURO_SHOP)),
                record(COMPARED_SHOP, merchant(true, null, null)),
                record(COMPARED_SHOP, compared(sealer, COMPARED_SHOP, "HOLD")),
                record(LENIENT_SHOP, merchant(true, null, null)),
                record(LENIENT_SHOP, compared(sealer, LENIENT_SHOP, "PROCEED")),
                record(SHOP, integration(sealer, SHOP)),
                record(CLOSED_SHOP, integration(sealer, CLOSED_SHOP)));
    }

    private static SealedSecret authorization(
            SecretSealer sealer, String id, String secret, @Nullable Instant notAfter) {
        return SealedSecret.newBuilder(sealer.seal(
                        MerchantKeys.account(GUARDED_ACCOUNT),
                        "webhook-authorization",
                        id,
                        secret.getBytes(StandardCharsets.UTF_8)))
                .setNotAfter(notAfter)
                .build();
    }

    static Merchant merchant(boolean enabled, @Nullable BigDecimal minimum, @Nullable BigDecimal maximum) {
        return new Merchant(
                "Lake & Pine <Goods>",
                ACCOUNT,
                null,
                enabled,
                true,
                "help@shop.example",
                List.of(new Route("PAYONE", ACCOUNT, List.of("CAD"), List.of(), minimum, maximum, List.of())),
                86_400,
                NoWordPolicy.FAILED,
                false,
                null,
                List.of(),
                List.of());
    }

    private static Merchant euroMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setAccount(EURO_ACCOUNT)
                .setRoutes(List.of(
                        new Route("TRUST", EURO_ACCOUNT, List.of("EUR"), List.of(), null, null, List.of()),
                        new Route("FORUMPAY", EURO_ACCOUNT, List.of("EUR"), List.of(), null, null, List.of())))
                .build();
    }

    private static Merchant voucherMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setAccount(EURO_ACCOUNT)
                .setRoutes(List.of(
                        new Route("FLEXEPIN", EURO_ACCOUNT, List.of("EUR"), List.of(), null, null, List.of()),
                        new Route("TRUST", EURO_ACCOUNT, List.of("EUR"), List.of(), null, null, List.of())))
                .setBuyerChooses(true)
                .build();
    }

    private static Merchant routedMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setAccount(EURO_ACCOUNT)
                .setRoutes(List.of(
                        new Route(
                                "TRUST",
                                EURO_ACCOUNT,
                                List.of("EUR"),
                                List.of("LV"),
                                new BigDecimal("10"),
                                new BigDecimal("100"),
                                List.of()),
                        new Route(
                                "FLEXEPIN",
                                EURO_ACCOUNT,
                                List.of("EUR"),
                                List.of(),
                                new BigDecimal("50.00"),
                                null,
                                List.of())))
                .build();
    }

    private static Merchant interacMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setRoutes(List.of(new Route("GIGADAT", ACCOUNT, List.of("CAD"), List.of(), null, null, List.of())))
                .build();
    }

    private static Merchant rotatingMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setRoutes(List.of(new Route(
                        "PAYONE",
                        ACCOUNT,
                        List.of("CAD"),
                        List.of(),
                        null,
                        null,
                        List.of(new Setting("user-id", "per-attempt")))))
                .build();
    }

    private static Integration rotatingIntegration(SecretSealer sealer) {
        return Integration.newBuilder(integration(sealer, ROTATING_SHOP))
                .setSecrets(List.of(
                        key(sealer, "ended", ENDED_KEY, Instant.parse("2026-01-01T00:00:00Z")),
                        key(sealer, "older", OLDER_KEY, Instant.parse("2126-01-01T00:00:00Z")),
                        key(sealer, KEY_ID, KEY, null)))
                .build();
    }

    private static Integration compared(SecretSealer sealer, String id, String unreachable) {
        Integration plain = integration(sealer, id);
        List<SealedSecret> secrets = new ArrayList<>(plain.getSecrets());
        secrets.add(sealer.seal(
                MerchantKeys.integration(id),
                "store-api-key",
                "main",
                (STORE_KEY + " of " + id).getBytes(StandardCharsets.UTF_8)));
        return Integration.newBuilder(plain)
                .setSecrets(secrets)
                .setStoreApiUnreachable(unreachable)
                .build();
    }

    private static SealedSecret key(SecretSealer sealer, String id, String key, @Nullable Instant notAfter) {
        SealedSecret sealed = sealer.seal(
                MerchantKeys.integration(ROTATING_SHOP), "mozello-key", id, key.getBytes(StandardCharsets.UTF_8));
        return SealedSecret.newBuilder(sealed).setNotAfter(notAfter).build();
    }

    private static Merchant routelessMerchant() {
        return Merchant.newBuilder(merchant(true, null, null))
                .setRoutes(List.of())
                .build();
    }

    private static CashierAccount euroAccount() {
        return CashierAccount.newBuilder(account(List.of()))
                .setProviders(List.of(
                        new AccountProvider(
                                "FLEXEPIN",
                                List.of(),
                                List.of("flexepin-answer-says-approved", "flexepin-redeems-the-whole-amount"),
                                List.of()),
                        new AccountProvider(
                                "TRUST",
                                List.of("provider.example"),
                                List.of(
                                        "trust-request-as-in-example",
                                        "trust-page-in-data",
                                        "trust-webhook-says-status"),
                                List.of()),
                        // One of what it rests on is not confirmed.
                        new AccountProvider(
                                "FORUMPAY",
                                List.of("provider.example"),
                                List.of("forumpay-request-as-in-example", "forumpay-page-in-data-url"),
                                List.of())))
                .build();
    }

    static Integration integration(SecretSealer sealer, String id) {
        return new Integration(
                id,
                "PRIVATE",
                List.of(sealer.seal(
                        MerchantKeys.integration(id), "mozello-key", KEY_ID, KEY.getBytes(StandardCharsets.UTF_8))),
                "M-\\d{10}-\\d{10}",
                "order_uuid,invoice_id,amount,currency",
                List.of("CAD", "EUR"),
                List.of("www.mozello.com"),
                List.of("shop.example"),
                "phone",
                "HOLD");
    }

    static MerchantRecord record(String id, Object body) {
        return new MerchantRecord(id, Environment.SANDBOX, Instant.EPOCH, "r1", body);
    }

    private static CashierAccount account(List<SealedSecret> secrets) {
        return new CashierAccount(
                "https://cashier.example",
                secrets,
                List.of(ByteBuffer.wrap(sha256("an-older-token")), ByteBuffer.wrap(sha256(WEBHOOK_TOKEN))),
                List.of(
                        new AccountProvider("PAYONE", List.of("provider.example"), List.of(), List.of()),
                        new AccountProvider(
                                "GIGADAT",
                                List.of("provider.example"),
                                List.of("gigadat-webhook-says-status"),
                                List.of())),
                "TOKEN");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

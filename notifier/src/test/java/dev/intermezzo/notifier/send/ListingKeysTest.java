package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.Notification;
import dev.intermezzo.partners.mozello.NotifyStatus;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Orders of a connection are told with the public listing's key. */
class ListingKeysTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String GLOBAL = "TEST-global-key";
    private static final String FORMER = "TEST-former-global-key";

    private final SecretSealer sealer = new SecretSealer(SealingKeys.generate());
    private final Versioned<Integration> listing = integration(
            "our-listing",
            "PUBLIC",
            List.of(
                    key("our-listing", "former", FORMER, NOW.plusSeconds(60)),
                    key("our-listing", "new", GLOBAL, null)));
    private final Versioned<Integration> connection =
            integration("shop-a", "CONNECTION", List.of(key("shop-a", "left-over", "TEST-some-key-of-a-shop", null)));
    private final Versioned<Integration> shop =
            integration("shop-b", "PRIVATE", List.of(key("shop-b", "main", "TEST-key-of-shop-b", null)));
    private final Shops shops = new Shops(
            id -> Optional.ofNullable(Map.of("our-listing", listing, "shop-a", connection, "shop-b", shop)
                    .get(id)),
            id -> Optional.empty());
    private final ShopKeys keys = new ShopKeys(sealer);

    @Test
    void an_order_of_a_connection_is_signed_with_the_listings_key_that_verified_its_form() {
        assertThat(signed(keys.find(connection, "our-listing~new", shops, NOW))).isEqualTo(signedWith(GLOBAL));
        assertThat(signed(keys.find(connection, "our-listing~former", shops, NOW)))
                .isEqualTo(signedWith(FORMER));
    }

    @Test
    void after_a_rotation_has_ended_the_listings_newer_key_signs() {
        assertThat(signed(keys.find(connection, "our-listing~former", shops, NOW.plusSeconds(61))))
                .isEqualTo(signedWith(GLOBAL));
    }

    @Test
    void a_connection_borrows_no_key_of_a_shop_and_none_of_its_own() {
        assertThat(keys.find(connection, "shop-b~main", shops, NOW)).isEmpty();
        assertThat(keys.find(connection, "left-over", shops, NOW)).isEmpty();
        assertThat(keys.find(connection, "no-listing~new", shops, NOW)).isEmpty();
    }

    @Test
    void a_private_shop_borrows_no_key_of_the_listing() {
        assertThat(signed(keys.find(shop, "our-listing~new", shops, NOW))).isEqualTo(signedWith("TEST-key-of-shop-b"));
    }

    private static Object signed(Optional<MozelloKey> key) {
        return new Notification("order", NotifyStatus.APPROVED, true).fields(key.orElseThrow());
    }

    private static Object signedWith(String key) {
        return signed(Optional.of(MozelloKey.of("any", key)));
    }

    private SealedSecret key(String owner, String id, String key, @Nullable Instant notAfter) {
        SealedSecret sealed =
                sealer.seal("integration:" + owner, "mozello-key", id, key.getBytes(StandardCharsets.UTF_8));
        return new SealedSecret(sealed.getId(), sealed.getPurpose(), sealed.getCiphertext(), notAfter);
    }

    private static Versioned<Integration> integration(String id, String kind, List<SealedSecret> secrets) {
        Integration body = Integration.newBuilder()
                .setMerchant("merchant")
                .setKind(kind)
                .setSecrets(secrets)
                .setInvoicePattern("M-[0-9]+-[0-9]+")
                .setFormLayout("documented")
                .setCurrencies(List.of("CAD"))
                .setNotifyHosts(List.of())
                .setShopHosts(List.of())
                .build();
        return new Versioned<>(new MerchantRecord(id, Environment.SANDBOX, NOW, "r1", body), body);
    }
}

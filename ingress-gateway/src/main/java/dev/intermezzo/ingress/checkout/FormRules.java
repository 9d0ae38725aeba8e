package dev.intermezzo.ingress.checkout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermezzo.ingress.payments.NamedSecret;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.FormLayout;
import dev.intermezzo.partners.mozello.HostList;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys and rules that an integration's forms are judged by. Opened and compiled once per revision of its settings.
 * An integration that does not exist has them too: a key nobody knows, so that its forms take the same path and get the
 * same answer as a wrong signature.
 */
public final class FormRules {

    private static final String MOZELLO_KEY = "mozello-key";
    private static final int MOST_CACHED = 10_000;

    private final SecretSealer secrets;
    private final InstantSource clock;
    private final boolean loopback;
    private final Judged nobody;
    private final Cache<String, Judged> cache =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    /**
     * @param loopback whether a form's addresses may lead to this machine: for shops of sandbox accounts only
     */
    public FormRules(SecretSealer secrets, InstantSource clock, boolean loopback) {
        this.secrets = secrets;
        this.clock = clock;
        this.loopback = loopback;
        byte[] unknown = new byte[32];
        new SecureRandom().nextBytes(unknown);
        this.nobody = new Judged(
                List.of(new Key(new MozelloKey("none", unknown), Instant.MAX)),
                CheckoutRules.documented(Set.of("EUR"), HostList.of()));
    }

    /** What a form is judged by. */
    record Judged(List<Key> keys, CheckoutRules rules) {

        /** The keys that may have signed a form that arrives now. */
        List<MozelloKey> keysAt(Instant now) {
            return keys.stream()
                    .filter(key -> !now.isAfter(key.notAfter()))
                    .map(Key::key)
                    .toList();
        }
    }

    /** A key and when its rotation ends. */
    record Key(MozelloKey key, Instant notAfter) {}

    Judged of(Optional<Versioned<Integration>> integration) {
        if (integration.isEmpty()) {
            return nobody;
        }
        Versioned<Integration> known = integration.get();
        return cache.get(known.id() + ' ' + known.revision(), unseen -> opened(known));
    }

    private Judged opened(Versioned<Integration> known) {
        Integration integration = known.body();
        return new Judged(
                integration.getSecrets().stream()
                        .filter(secret -> NamedSecret.valid(secret, MOZELLO_KEY, clock.instant()))
                        .map(secret -> key(known.id(), secret))
                        .toList(),
                new CheckoutRules(
                        FormLayout.parse(integration.getFormLayout()),
                        Pattern.compile(integration.getInvoicePattern()),
                        Set.copyOf(integration.getCurrencies()),
                        HostList.of(Set.copyOf(integration.getShopHosts())),
                        HostList.of(Set.copyOf(integration.getNotifyHosts())),
                        loopback && known.environment() == Environment.SANDBOX));
    }

    private Key key(String integrationId, SealedSecret secret) {
        byte[] opened = secrets.open(MerchantKeys.integration(integrationId), secret);
        Instant notAfter = secret.getNotAfter();
        return new Key(new MozelloKey(secret.getId(), opened), notAfter == null ? Instant.MAX : notAfter);
    }
}

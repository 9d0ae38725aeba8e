package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.StoreApiKey;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.SealedSecret;
import dev.intermezzo.schemas.avro.ShopCommand;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Finds the key with which a shop is asked, as the merchants' records are now. */
final class StoreKeys {
    private final Function<String, Optional<Versioned<Integration>>> integrations;
    private final SecretSealer secrets;
    private final InstantSource clock;

    /** @param integrations by id, as they are now */
    StoreKeys(
            Function<String, Optional<Versioned<Integration>>> integrations,
            SecretSealer secrets,
            InstantSource clock) {
        this.integrations = integrations;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whether there is one. */
    sealed interface Finding {
        /** Which shop is asked, and with what. */
        record Key(String integration, Secret secret) implements Finding {}

        /** @param code why the shop cannot be asked; stable */
        record None(String code) implements Finding {}
    }

    Finding of(ShopCommand command) {
        Optional<Versioned<Integration>> shop = Ids.integrationOf(command.getPaymentId())
                .flatMap(integrations)
                .filter(found -> IntegrationKind.PRIVATE.of(found.body()))
                .filter(found -> found.environment() == command.getEnvironment());
        if (shop.isEmpty()) {
            return new Finding.None("integration-unknown");
        }
        return StoreApiKey.newest(shop.get().body(), clock.instant())
                .map(key -> opened(shop.get().id(), key))
                .orElseGet(() -> new Finding.None("store-api-key-missing"));
    }

    private Finding opened(String integration, SealedSecret key) {
        try {
            byte[] opened = secrets.open(MerchantKeys.integration(integration), key);
            return new Finding.Key(integration, Secret.of(new String(opened, StandardCharsets.UTF_8)));
        } catch (SealingException e) {
            return new Finding.None("store-api-key-sealed-otherwise");
        }
    }
}

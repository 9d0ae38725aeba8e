package dev.intermezzo.notifier.send;

import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import java.util.Optional;
import java.util.function.Function;

/** What a sender asks about shops, by id. */
record Shops(
        Function<String, Optional<Versioned<Integration>>> integrations,
        Function<String, Optional<Versioned<Merchant>>> merchants) {

    static Shops of(MerchantDirectory directory) {
        return new Shops(directory::integration, directory::merchant);
    }

    Optional<Versioned<Integration>> integration(String id) {
        return integrations.apply(id);
    }

    Optional<Versioned<Merchant>> merchant(String id) {
        return merchants.apply(id);
    }
}

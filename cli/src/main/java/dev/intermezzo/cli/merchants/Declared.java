package dev.intermezzo.cli.merchants;

import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import java.util.List;

/**
 * An account, merchant or integration that a file declares and that passed every check a file alone allows.
 *
 * @param body without its secrets
 */
public record Declared(String id, Environment environment, Body body, List<DeclaredSecret> secrets) {

    public Declared {
        secrets = List.copyOf(secrets);
    }

    /** What is declared, as it will be published. */
    public sealed interface Body {
        record OfAccount(CashierAccount account) implements Body {}

        record OfMerchant(Merchant merchant) implements Body {}

        record OfIntegration(Integration integration) implements Body {}
    }

    /** Where it stands in the file, such as {@code accounts.my-account}. */
    String path() {
        return switch (body) {
            case Body.OfAccount account -> "accounts." + id;
            case Body.OfMerchant merchant -> "merchants." + id;
            case Body.OfIntegration integration -> "integrations." + id;
        };
    }

    /** Key on the {@code merchants} topic, and owner of the secrets. */
    public String key() {
        return switch (body) {
            case Body.OfAccount account -> MerchantKeys.account(id);
            case Body.OfMerchant merchant -> MerchantKeys.merchant(id);
            case Body.OfIntegration integration -> MerchantKeys.integration(id);
        };
    }
}

package dev.intermezzo.cli.up;

import dev.intermezzo.cli.merchants.MerchantsFile;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The sandbox world's merchants file: the same format, and the same checks, as any other. */
final class SandboxMerchants {
    private static final String FILE = "sandbox-merchants.yaml";

    /** More integrations, for the end of the other file. */
    private static final String LISTING_FILE = "sandbox-listing.yaml";

    private SandboxMerchants() {}

    static MerchantsFile of(PartnersAt at, SimulatedShop shop, SimulatedCashier cashier, SandboxSecrets secrets) {
        String file = at.listed() ? text(FILE) + text(LISTING_FILE) : text(FILE);
        String yaml = file.replace("${ACCOUNT}", at.account())
                .replace("${SHOP}", at.shop())
                .replace("${LISTING}", at.listing())
                .replace("${CONNECTION}", at.connection())
                .replace("${CASHIER_URL}", cashier.base().toString())
                .replace("${SHOP_HOST}", shop.base().getAuthority());
        Map<String, String> variables = Map.of(
                "COMPANY_TOKEN", secrets.companyToken(),
                "USER_TOKEN_SECRET", secrets.userTokenSecret(),
                "WEBHOOK_TOKEN", secrets.webhookToken(),
                "MOZELLO_KEY", secrets.mozelloKey(),
                "GLOBAL_KEY", secrets.globalKey(),
                "CONNECTION_SECRET", secrets.connectionSecret());
        return switch (MerchantsFile.read(yaml, Path.of("."), variables)) {
            case MerchantsFile.Result.Valid valid -> valid.file();
            case MerchantsFile.Result.Invalid invalid ->
                throw new IllegalStateException(FILE + " is not valid: " + invalid.problems());
        };
    }

    private static String text(String name) {
        try (InputStream file = SandboxMerchants.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}

package dev.intermezzo.cli.up;

import dev.intermezzo.cli.merchants.MerchantsFile;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.sandbox.cashier.SimulatedCashier;
import dev.intermezzo.sandbox.shop.SimulatedShop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The sandbox world's merchants files: the same format, and the same checks, as any other. The shop's own orders are paid
 * through one account, those of the public listing through another: the first tells the Cashier by user tokens who a buyer
 * is, the second by session tokens.
 */
final class SandboxMerchants {
    private static final String ACCOUNT_FILE = "sandbox-merchants.yaml";
    private static final String SHOP_FILE = "sandbox-shop.yaml";
    private static final String LISTING_FILE = "sandbox-listing.yaml";

    private SandboxMerchants() {}

    static List<MerchantsFile> of(PartnersAt at, SimulatedShop shop, SimulatedCashier cashier, SandboxSecrets secrets) {
        UnaryOperator<String> named = file -> file.replace("${SHOP}", at.shop())
                .replace("${LISTING}", at.listing())
                .replace("${CONNECTION}", at.connection())
                .replace("${CASHIER_URL}", cashier.base().toString())
                .replace("${SHOP_HOST}", shop.base().getAuthority());
        MerchantsFile own = read(
                named.apply(paidThrough(at.account(), at.shop(), UserContextMode.TOKEN, SHOP_FILE)),
                secrets.tokens(),
                secrets);
        return at.listed()
                ? List.of(
                        own,
                        read(
                                named.apply(paidThrough(
                                        at.sessionAccount(), at.connection(), UserContextMode.SESSION, LISTING_FILE)),
                                secrets.sessions(),
                                secrets))
                : List.of(own);
    }

    /** An account, its merchant, and integrations of that merchant. */
    private static String paidThrough(
            String account, String merchant, UserContextMode userContext, String integrations) {
        return (text(ACCOUNT_FILE) + text(integrations))
                .replace("${ACCOUNT}", account)
                .replace("${MERCHANT}", merchant)
                .replace("${USER_CONTEXT}", userContext.toString());
    }

    private static MerchantsFile read(String yaml, SandboxSecrets.Company company, SandboxSecrets secrets) {
        Map<String, String> variables = Map.of(
                "COMPANY_TOKEN", company.token(),
                "USER_TOKEN_SECRET", company.userTokenSecret(),
                "WEBHOOK_TOKEN", company.webhookToken(),
                "MOZELLO_KEY", secrets.mozelloKey(),
                "GLOBAL_KEY", secrets.globalKey(),
                "CONNECTION_SECRET", secrets.connectionSecret());
        return switch (MerchantsFile.read(yaml, Path.of("."), variables)) {
            case MerchantsFile.Result.Valid valid -> valid.file();
            case MerchantsFile.Result.Invalid invalid ->
                throw new IllegalStateException("a merchants file of the sandbox is not valid: " + invalid.problems());
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

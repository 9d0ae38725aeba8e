package dev.intermezzo.orchestrator.payment;

import dev.intermezzo.orchestrator.payment.Fact.CheckoutReceived;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** A shop, an order and routes to pay it: what every example starts from. */
public final class Fixtures {

    public static final String PAYMENT = "demo-shop~0d4f9d1e-5a3b-4f0c-9c55-0a1b2c3d4e5f";
    public static final String MERCHANT = "demo-shop";
    public static final String PAY_OUT = "demo-shop~payout~0123456789abcdef0123456789abcdef";
    public static final String ACCOUNT = "sandbox-account";
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final Money PRICE = cad("100.00");

    private Fixtures() {}

    public static Money cad(String amount) {
        return Money.of(CurrencyUnit.CAD, new BigDecimal(amount));
    }

    public static Bytes bytes(int seed) {
        return Bytes.of(new byte[] {(byte) seed, (byte) (seed >> 8), 42});
    }

    public static SealedData sealed(int seed) {
        return new SealedData("key-" + seed, "buyer-details", bytes(seed));
    }

    /** A route that opens a page, may leave the currency out and lives for half an hour. */
    public static PlannedRoute route(String provider) {
        return new PlannedRoute(
                provider,
                ACCOUNT,
                OperationKind.OPENS_PAGE,
                true,
                List.of(),
                List.of(),
                List.of(new Setting("language", "en")),
                Duration.ofMinutes(30),
                Duration.ofHours(24),
                false,
                true,
                false);
    }

    public static PlannedRoute movingMoney(String provider) {
        return copy(route(provider), OperationKind.MOVES_MONEY, true, List.of(), false, true);
    }

    /** A route that redeems a voucher, whose PIN the plan always calls missing. */
    public static PlannedRoute voucher(String provider) {
        return copy(route(provider), OperationKind.MOVES_MONEY, true, List.of(PlannedRoute.VOUCHER), false, true);
    }

    public static SealedData sealedVoucher(int seed) {
        return new SealedData("voucher-key-" + seed, "voucher-pin", bytes(seed));
    }

    public static PlannedRoute missing(String provider, String... fields) {
        return copy(route(provider), OperationKind.OPENS_PAGE, true, List.of(fields), false, true);
    }

    public static PlannedRoute singleUse(String provider) {
        return copy(route(provider), OperationKind.OPENS_PAGE, true, List.of(), true, true);
    }

    public static PlannedRoute namingItsCurrency(String provider) {
        return copy(route(provider), OperationKind.OPENS_PAGE, true, List.of(), false, false);
    }

    /** A provider whose answers name no transaction; its webhooks are found by the user id. */
    public static PlannedRoute nameless(String provider) {
        PlannedRoute route = namingItsCurrency(provider);
        return new PlannedRoute(
                route.provider(),
                route.account(),
                route.kind(),
                route.eligible(),
                route.ineligibleReasons(),
                route.missingFields(),
                route.settings(),
                route.sessionLifetime(),
                route.lateWindow(),
                route.singleUsePage(),
                route.webhookCurrencyMayBeAbsent(),
                true);
    }

    /** A provider whose word may come this long after the order's time. */
    public static PlannedRoute late(String provider, Duration lateWindow) {
        PlannedRoute route = route(provider);
        return new PlannedRoute(
                route.provider(),
                route.account(),
                route.kind(),
                route.eligible(),
                route.ineligibleReasons(),
                route.missingFields(),
                route.settings(),
                route.sessionLifetime(),
                lateWindow,
                route.singleUsePage(),
                route.webhookCurrencyMayBeAbsent(),
                route.userIdPerAttempt());
    }

    public static PlannedRoute ineligible(String provider) {
        return copy(route(provider), OperationKind.OPENS_PAGE, false, List.of(), false, true);
    }

    private static PlannedRoute copy(
            PlannedRoute route,
            OperationKind kind,
            boolean eligible,
            List<String> missing,
            boolean singleUse,
            boolean currencyMayBeAbsent) {
        return new PlannedRoute(
                route.provider(),
                route.account(),
                kind,
                eligible,
                eligible ? List.of() : List.of("currency"),
                missing,
                route.settings(),
                route.sessionLifetime(),
                route.lateWindow(),
                singleUse,
                currencyMayBeAbsent,
                route.userIdPerAttempt());
    }

    public static PaymentPlan plan(PlannedRoute... routes) {
        return new PaymentPlan(
                "revision-1", "catalogue-1", List.of(routes), Duration.ofHours(24), NoWordPolicy.FAILED, true, false);
    }

    public static PaymentPlan choosing(PlannedRoute... routes) {
        PaymentPlan plan = plan(routes);
        return new PaymentPlan(
                plan.settingsRevision(),
                plan.catalogueVersion(),
                plan.routes(),
                plan.orderTime(),
                plan.noWord(),
                plan.testShop(),
                true);
    }

    public static PaymentPlan silentPlan(PlannedRoute... routes) {
        PaymentPlan plan = plan(routes);
        return new PaymentPlan(
                plan.settingsRevision(),
                plan.catalogueVersion(),
                plan.routes(),
                plan.orderTime(),
                NoWordPolicy.NOTHING,
                plan.testShop(),
                false);
    }

    public static PaymentPlan liveShopPlan(PlannedRoute... routes) {
        PaymentPlan plan = plan(routes);
        return new PaymentPlan(
                plan.settingsRevision(),
                plan.catalogueVersion(),
                plan.routes(),
                plan.orderTime(),
                plan.noWord(),
                false,
                false);
    }

    public static CheckoutReceived form(PaymentPlan plan, HoldReason... holds) {
        return form(PRICE, "key-a", plan, holds);
    }

    /** The digest stands for amount, currency and invoice. */
    public static CheckoutReceived form(Money amount, String keyId, PaymentPlan plan, HoldReason... holds) {
        return new CheckoutReceived(
                "0d4f9d1e-5a3b-4f0c-9c55-0a1b2c3d4e5f",
                "M-0000000001-0000000001",
                amount,
                "demo-shop",
                keyId,
                "en",
                "Demo Shop",
                "https://shop.example.com/success",
                "https://shop.example.com/failure",
                "https://www.mozello.com/notify",
                Bytes.of(amount.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                sealed(1),
                List.of(holds),
                plan);
    }

    public static WebhookFacts webhook(TransactionStatus status, String transaction, @Nullable String amount) {
        return webhook(ACCOUNT, status, transaction, amount, null, null, WebhookShape.YEAR_2026);
    }

    public static WebhookFacts webhook(
            TransactionStatus status, String transaction, @Nullable String amount, @Nullable String currency) {
        return webhook(ACCOUNT, status, transaction, amount, currency, null, WebhookShape.YEAR_2026);
    }

    public static WebhookFacts webhook(
            String account,
            TransactionStatus status,
            String transaction,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String method,
            WebhookShape shape) {
        return new WebhookFacts(
                account,
                transaction,
                null,
                "user-1",
                status.name(),
                status,
                amount == null ? null : new BigDecimal(amount).setScale(4),
                currency,
                "",
                method,
                shape,
                bytes(transaction.hashCode()));
    }

    /** Mozarto's no to a call, with a code of its own. */
    public static CashierOutcome.Rejected rejected(RejectionCategory category) {
        return new CashierOutcome.Rejected(category, category.name().toLowerCase(Locale.ROOT), List.of());
    }
}

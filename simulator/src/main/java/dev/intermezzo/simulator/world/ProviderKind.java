package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.avro.OperationKind;
import dev.intermezzo.schemas.avro.PlannedRoute;
import java.time.Duration;
import java.util.List;

/** The ways to pay of the simulated merchant: one of each kind that the rules tell apart. */
enum ProviderKind {
    /** Opens a page; its webhooks may leave the currency out; can be refunded. */
    PAYONE(OperationKind.OPENS_PAGE, false, true, false),
    /** Opens a page or answers at once. */
    CLEO(OperationKind.OPENS_PAGE, false, false, false),
    /** Opens a page that works once, for five minutes. */
    TRUST(OperationKind.OPENS_PAGE, true, false, false),
    /** Takes a voucher: the call itself moves money. */
    NEOSURF(OperationKind.MOVES_MONEY, false, true, false),
    /** Its answers may name no transaction, so the user id names the attempt. */
    FORUMPAY(OperationKind.OPENS_PAGE, false, false, true);

    /** The one account of the simulated company. */
    static final String ACCOUNT = "sim-account";

    private static final Duration SINGLE_USE_LIFE = Duration.ofMinutes(5);
    private static final Duration PAGE_LIFE = Duration.ofMinutes(30);

    private final OperationKind kind;
    private final boolean singleUse;
    private final boolean currencyMayBeAbsent;
    private final boolean userIdPerAttempt;

    ProviderKind(OperationKind kind, boolean singleUse, boolean currencyMayBeAbsent, boolean userIdPerAttempt) {
        this.kind = kind;
        this.singleUse = singleUse;
        this.currencyMayBeAbsent = currencyMayBeAbsent;
        this.userIdPerAttempt = userIdPerAttempt;
    }

    boolean currencyMayBeAbsent() {
        return currencyMayBeAbsent;
    }

    boolean userIdPerAttempt() {
        return userIdPerAttempt;
    }

    PlannedRoute route(boolean eligible, List<String> missing, Duration lateWindow) {
        return PlannedRoute.newBuilder()
                .setProvider(name())
                .setAccount(ACCOUNT)
                .setKind(kind)
                .setEligible(eligible)
                .setIneligibleReasons(eligible ? List.of() : List.of("currency"))
                .setMissingFields(missing)
                .setSettings(List.of())
                .setSessionLifetimeSeconds((int) (singleUse ? SINGLE_USE_LIFE : PAGE_LIFE).toSeconds())
                .setLateWindowSeconds((int) lateWindow.toSeconds())
                .setSingleUsePage(singleUse)
                .setWebhookCurrencyMayBeAbsent(currencyMayBeAbsent)
                .setUserIdPerAttempt(userIdPerAttempt)
                .build();
    }
}

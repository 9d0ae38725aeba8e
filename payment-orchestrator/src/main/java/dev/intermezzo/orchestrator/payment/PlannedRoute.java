package dev.intermezzo.orchestrator.payment;

import java.time.Duration;
import java.util.List;

/**
 * One way to pay, judged by the ingress for one payment.
 *
 * @param provider Mozarto's pspType
 * @param account Cashier account id
 * @param eligible false: this payment cannot use the route, for {@code ineligibleReasons}
 * @param missingFields names, never values, of details that the buyer can still supply
 * @param sessionLifetime how long a handed-out page may be used; zero: not known
 * @param lateWindow how long after the order time an outcome may still arrive
 * @param singleUsePage the page's address works once
 * @param webhookCurrencyMayBeAbsent the provider's webhooks may leave the currency out: its only one is then meant
 * @param userIdPerAttempt the user id sent is per attempt, so that a webhook leads back to it
 */
public record PlannedRoute(
        String provider,
        String account,
        OperationKind kind,
        boolean eligible,
        List<String> ineligibleReasons,
        List<String> missingFields,
        List<Setting> settings,
        Duration sessionLifetime,
        Duration lateWindow,
        boolean singleUsePage,
        boolean webhookCurrencyMayBeAbsent,
        boolean userIdPerAttempt) {

    public PlannedRoute {
        ineligibleReasons = List.copyOf(ineligibleReasons);
        missingFields = List.copyOf(missingFields);
        settings = List.copyOf(settings);
    }

    /** The name under which a voucher is missing: always, because what was typed is of one attempt and never in a plan. */
    public static final String VOUCHER = "voucherPin";

    boolean takesVoucher() {
        return missingFields.contains(VOUCHER);
    }

    /** Whether the buyer need not be asked for anything, if a voucher is at hand. */
    boolean complete(boolean withVoucher) {
        return missingFields.stream().allMatch(name -> withVoucher && name.equals(VOUCHER));
    }

    boolean sameWayAs(PlannedRoute other) {
        return provider.equals(other.provider) && account.equals(other.account);
    }
}

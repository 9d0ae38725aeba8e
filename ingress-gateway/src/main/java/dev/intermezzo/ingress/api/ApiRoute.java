package dev.intermezzo.ingress.api;

import static dev.intermezzo.ingress.api.ApiCode.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API serves. The document {@code openapi.json} says the same, and a test compares them. */
enum ApiRoute {
    DOCUMENT("GET", "/api/v1/openapi.json", null, 200),
    PAYMENT("GET", "/api/v1/payments/{id}", ApiScope.PAYMENTS_READ, 200, PAYMENT_NOT_FOUND, NOT_AVAILABLE),
    PAY_OUT("GET", "/api/v1/payouts/{id}", ApiScope.PAYOUTS_READ, 200, PAY_OUT_NOT_FOUND, NOT_AVAILABLE),
    NEW_PAY_OUT(
            "POST",
            "/api/v1/payouts",
            ApiScope.PAYOUTS_WRITE,
            202,
            IDEMPOTENCY_KEY_MISSING,
            IDEMPOTENCY_KEY_NOT_VALID,
            IDEMPOTENCY_KEY_REUSED,
            CONTENT_TYPE_UNSUPPORTED,
            BODY_TOO_LARGE,
            BODY_NOT_RECEIVED,
            BODY_NOT_VALID,
            MERCHANT_DISABLED,
            PAY_OUTS_DISABLED,
            PAY_OUT_ABOVE_LIMIT,
            DESTINATION_UNKNOWN,
            DESTINATION_NOT_READY,
            NOT_AVAILABLE,
            TOO_MANY_KEPT,
            NOT_DURABLE),
    REFUND(
            "POST",
            "/api/v1/payments/{id}/refunds",
            ApiScope.REFUNDS_WRITE,
            202,
            IDEMPOTENCY_KEY_MISSING,
            IDEMPOTENCY_KEY_NOT_VALID,
            IDEMPOTENCY_KEY_REUSED,
            CONTENT_TYPE_UNSUPPORTED,
            BODY_TOO_LARGE,
            BODY_NOT_RECEIVED,
            BODY_NOT_VALID,
            PAYMENT_NOT_FOUND,
            NOT_AVAILABLE,
            MERCHANT_DISABLED,
            PAY_OUTS_DISABLED,
            PAY_OUT_ABOVE_LIMIT,
            CURRENCY_DIFFERS,
            PAYMENT_NOT_APPROVED,
            PAYMENT_CLOSED,
            REFUND_NOT_AVAILABLE,
            TOO_MANY_KEPT,
            NOT_DURABLE);

    /** What any request may be answered with. */
    private static final Set<ApiCode> ALWAYS = EnumSet.of(BUSY, INTERNAL);

    /** What any request with a key may be answered with besides. */
    private static final Set<ApiCode> WITH_KEY =
            EnumSet.of(API_KEY_NOT_VALID, NETWORK_NOT_ALLOWED, SCOPE_MISSING, RATE_LIMITED);

    private final String method;
    private final String path;
    private final Optional<ApiScope> scope;
    private final int success;

    @SuppressWarnings("ImmutableEnumChecker") // filled by the constructor and never again
    private final Set<ApiCode> codes;

    ApiRoute(String method, String path, @Nullable ApiScope scope, int success, ApiCode... own) {
        this.method = method;
        this.path = path;
        this.scope = Optional.ofNullable(scope);
        this.success = success;
        this.codes = EnumSet.noneOf(ApiCode.class);
        codes.addAll(Arrays.asList(own));
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** What a key must allow; empty where none is asked for. */
    Optional<ApiScope> scope() {
        return scope;
    }

    /** Status of an answer that is no refusal. */
    int success() {
        return success;
    }

    /** Everything it may refuse with. */
    Set<ApiCode> codes() {
        Set<ApiCode> all = EnumSet.copyOf(ALWAYS);
        all.addAll(codes);
        if (scope.isPresent()) {
            all.addAll(WITH_KEY);
        }
        return all;
    }
}

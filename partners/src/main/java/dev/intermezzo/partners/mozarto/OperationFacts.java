package dev.intermezzo.partners.mozarto;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a provider as {@code providers list --json} prints it; the component names are the command's
 * contract. Everything is as the {@link ProviderOperation} says it, times as ISO 8601 durations.
 *
 * @param unservedFields names of required fields that nothing in this release has a value for; with one, nothing can use
 *     the operation, whatever is confirmed
 */
public record OperationFacts(
        Operation operation,
        @Nullable String variant,
        ProviderOperation.Kind kind,
        ProviderOperation.Readiness readiness,
        List<AssumptionFacts> assumptions,
        List<String> openQuestions,
        List<String> quirks,
        List<String> currencies,
        List<String> countries,
        ProviderOperation.@Nullable Market market,
        Map<String, String> localCurrencies,
        List<FieldFacts> fields,
        List<String> unservedFields,
        boolean synchronous,
        ProviderOperation.@Nullable Redirect redirect,
        ProviderOperation.Webhook webhook,
        ProviderOperation.ReturnAddress returnAddress,
        UserIdMode userId,
        ProviderOperation.UserContext userContext,
        @Nullable String sessionAssumption,
        @Nullable String sessionLifetime,
        String lateWindow) {

    /**
     * An assumption.
     *
     * @param neededToRoute whether the operation is off until it is confirmed; else it decides about one field, or about
     *     session tokens
     */
    public record AssumptionFacts(String name, String sentence, boolean neededToRoute) {}

    static OperationFacts of(ProviderOperation operation) {
        Set<String> needed = operation.neededToRoute();
        Duration session = operation.sessionLifetime();
        return new OperationFacts(
                operation.operation(),
                operation.variant(),
                operation.kind(),
                operation.readiness(),
                operation.assumptions().stream()
                        .map(each -> new AssumptionFacts(each.name(), each.sentence(), needed.contains(each.name())))
                        .toList(),
                operation.openQuestions(),
                operation.quirks(),
                operation.currencies(),
                operation.countries(),
                operation.market(),
                operation.localCurrencies(),
                operation.fields().stream().map(FieldFacts::of).toList(),
                operation.unservedFields(),
                operation.synchronous(),
                operation.redirect(),
                operation.webhook(),
                operation.returnAddress(),
                operation.userId(),
                operation.userContext(),
                operation.sessionAssumption(),
                session == null ? null : session.toString(),
                operation.lateWindow().toString());
    }
}

package dev.intermezzo.partners.mozarto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider as {@code providers list} prints it; the component names are the command's contract.
 *
 * @param pspType the provider's code
 * @param payIn whether it takes money from buyers
 * @param payOut whether it sends money to people
 * @param webhook whether any of its operations reports by webhook
 * @param readiness of the pay-in, or of the pay-out when there is no pay-in
 * @param payOutReadiness of the pay-out; {@code null} without one
 * @param currencies ISO 4217 codes of its pay-in; empty when no list is known
 * @param requiredFields names of its pay-in's required request fields, as far as they are known
 * @param redirectField where the answer names the provider's page; {@code null} when there is none or it is unknown
 * @param assumptions names that an account confirms before its pay-in is used, or a field of it is sent
 * @param name its name for people
 * @param about one sentence on market and method
 * @param documents the pages of Mozarto's documentation that this is taken from
 * @param configuration names of what the back office asks for before the provider can be used
 * @param configurationItems the same with what is known of each
 * @param operations all that is known of each direction
 */
public record ProviderSummary(
        String pspType,
        boolean payIn,
        boolean payOut,
        boolean webhook,
        String readiness,
        @Nullable String payOutReadiness,
        List<String> currencies,
        List<String> requiredFields,
        @Nullable String redirectField,
        List<String> assumptions,
        String name,
        String about,
        List<String> documents,
        List<String> configuration,
        List<ConfigurationItem> configurationItems,
        List<OperationFacts> operations) {

    static ProviderSummary of(Provider provider) {
        ProviderOperation main =
                provider.operation(Operation.PAYIN).orElse(provider.operations().getFirst());
        ProviderOperation.Redirect redirect = main.redirect();
        return new ProviderSummary(
                provider.pspType().code(),
                provider.operation(Operation.PAYIN).isPresent(),
                provider.operation(Operation.PAYOUT).isPresent(),
                provider.operations().stream().anyMatch(each -> each.webhook().expected()),
                main.readiness().toString(),
                provider.operation(Operation.PAYOUT)
                        .map(payOut -> payOut.readiness().toString())
                        .orElse(null),
                main.currencies(),
                main.fields().stream()
                        .filter(FieldRule::required)
                        .map(FieldRule::name)
                        .toList(),
                redirect == null || redirect.fields().isEmpty()
                        ? null
                        : redirect.fields().getFirst(),
                main.assumptions().stream()
                        .map(ProviderOperation.Assumption::name)
                        .toList(),
                provider.name(),
                provider.about(),
                provider.documents(),
                provider.configuration().stream().map(ConfigurationItem::name).toList(),
                provider.configuration(),
                provider.operations().stream().map(OperationFacts::of).toList());
    }
}

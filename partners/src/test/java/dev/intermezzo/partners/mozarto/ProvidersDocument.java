package dev.intermezzo.partners.mozarto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The text of docs/providers.md. */
final class ProvidersDocument {

    private static final String HEAD = """
            # Providers

            Written from the provider catalogue by `ProvidersDocumentTest`; do not edit. `-Dproviders.record=true` writes it anew.
            `intermezzo providers list --json` prints the same facts for scripts.

            The facts are those of Mozarto's documentation, much of which is not readable. What is no fact stands here by name:

            - `documented`: request, answer and outcome are known.
            - `assumed`: rests on the assumptions named. Off until the account confirms each that is *needed*, under `providers.<CODE>.confirmed` of the merchants file; one *for a field* decides about that field alone. [partners.md](partners.md#how-an-assumption-is-confirmed) says how to find out.
            - `described`: too little is known. Never routed.
            - What the back office asks for has a star where it is required. A *market* is what the documents name; no route is restricted by it.
            - `opens-page` may be repeated; `moves-money` is executed at most once and never tried again.

            A field's *from* names where its value comes from: the buyer (`email`, `phone`, …), the merchants file (`setting`), the catalogue (`constant`), the payment itself. `unsettled` is never sent: what it holds, or whether we could say it truthfully, is not known.
            Besides its fields every request carries a user token with `email`, `firstName`, `lastName`, `phone` and `countryCode`, so these are asked of every buyer.
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private ProvidersDocument() {}

    static String of(ProviderCatalogue catalogue) {
        ProvidersDocument document = new ProvidersDocument();
        document.overview(catalogue);
        catalogue.providers().forEach(document::provider);
        return document.text.toString();
    }

    private void overview(ProviderCatalogue catalogue) {
        text.append(
                "\n| provider | operation | kind | readiness | currencies | webhook | served |\n|---|---|---|---|---|---|---|\n");
        for (Provider provider : catalogue.providers()) {
            for (ProviderOperation operation : provider.operations()) {
                row(
                        "[" + provider.pspType() + "](#"
                                + provider.pspType().code().toLowerCase(Locale.ROOT) + ")",
                        operation.title(),
                        kind(operation),
                        "`" + operation.readiness() + "`",
                        orUnknown(operation.currencies()),
                        operation.webhook().expected() ? "yes" : "no",
                        served(operation));
            }
        }
    }

    private void provider(Provider provider) {
        text.append("\n## ").append(provider.pspType()).append("\n\n");
        line(provider.name() + ": " + provider.about());
        text.append('\n');
        line("Pages: " + String.join(", ", provider.documents()) + ". Back office: "
                + (provider.configuration().isEmpty()
                        ? "not known."
                        : provider.configuration().stream()
                                .map(ProvidersDocument::item)
                                .collect(Collectors.joining(", ", "", "."))));
        provider.operations().forEach(this::operation);
    }

    private void operation(ProviderOperation operation) {
        text.append("\n### ")
                .append(operation.pspType())
                .append(' ')
                .append(operation.title())
                .append("\n\n");
        facts(operation).forEach((name, value) -> line("- " + name + ": " + value));
        sentences("Assumptions", assumptions(operation));
        sentences("Open questions", operation.openQuestions());
        sentences("Quirks", operation.quirks());
        text.append("\n| field | type | required | from | rule |\n|---|---|---|---|---|\n");
        operation.fields().forEach(field -> field("", FieldFacts.of(field)));
    }

    private static Map<String, String> facts(ProviderOperation operation) {
        ProviderOperation.Redirect redirect = operation.redirect();
        ProviderOperation.Webhook webhook = operation.webhook();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", kind(operation));
        facts.put(
                "readiness",
                "`" + operation.readiness() + "`"
                        + (operation.unservedFields().isEmpty()
                                ? ""
                                : "; not served by this release, which has no value for "
                                        + String.join(", ", operation.unservedFields())));
        facts.put("currencies", orUnknown(operation.currencies()));
        facts.put("countries", orUnknown(operation.countries()));
        ProviderOperation.Market market = operation.market();
        if (market != null) {
            facts.put("market", market(market));
        }
        if (!operation.localCurrencies().isEmpty()) {
            facts.put(
                    "only",
                    operation.localCurrencies().entrySet().stream()
                            .map(each -> each.getValue() + " in " + each.getKey())
                            .collect(Collectors.joining(", ")));
        }
        if (redirect != null) {
            facts.put("page named in", orUnknown(redirect.fields()));
            facts.put("hosts of the page", orUnknown(redirect.hosts()));
            facts.put("page works once", redirect.singleUse() ? "yes" : "not said to");
            facts.put("page works for", time(operation.sessionLifetime()));
        }
        facts.put("the answer is the result", operation.synchronous() ? "yes" : "no");
        facts.put(
                "webhook",
                webhook.expected()
                        ? "yes; echoes our reference: " + said(webhook.reference()) + "; a secret is offered: "
                                + said(webhook.secret())
                                + (webhook.currencyMayBeAbsent() ? "; names no currency" : "")
                        : "no"
                                + (webhook.silence() == null
                                        ? ""
                                        : "; nobody tells the end, `" + webhook.silence() + "`"));
        if (operation.operation() == Operation.PAYIN) {
            facts.put("return address", code(said(operation.returnAddress())));
        }
        facts.put("`userId`", code(said(operation.userId())));
        facts.put(
                "who the buyer is",
                operation.userContext() == ProviderOperation.UserContext.USER_TOKEN
                        ? "`x-user-token` only"
                                + (operation.sessionAssumption() == null
                                        ? ""
                                        : "; `x-user-authorization` with `" + operation.sessionAssumption() + "`")
                        : "`x-user-token` or `x-user-authorization`");
        facts.put("late window", time(operation.lateWindow()));
        return facts;
    }

    private static List<String> assumptions(ProviderOperation operation) {
        return operation.assumptions().stream()
                .map(each -> "`" + each.name() + "` (" + use(operation, each.name()) + "): " + each.sentence())
                .toList();
    }

    private static String use(ProviderOperation operation, String assumption) {
        if (operation.neededToRoute().contains(assumption)) {
            return "needed";
        }
        return assumption.equals(operation.sessionAssumption()) ? "for session tokens" : "for a field";
    }

    private void sentences(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            text.append('\n').append(title).append(":\n\n");
            sentences.forEach(sentence -> line("- " + sentence));
        }
    }

    private void field(String path, FieldFacts field) {
        List<String> rule = new ArrayList<>();
        if (!field.rule().isEmpty()) {
            rule.add(field.rule());
        }
        if (field.assumption() != null) {
            rule.add("only with `" + field.assumption() + "`");
        }
        row(
                code(path + field.name()),
                field.type().toString(),
                field.required() ? "yes" : "",
                code(field.source()),
                String.join("; ", rule));
        field.fields().forEach(part -> field(path + field.name() + ".", part));
    }

    private void row(String... cells) {
        line(Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** A setting of the back office, with a star where it is required. */
    private static String item(ConfigurationItem item) {
        List<String> known = new ArrayList<>();
        if (!item.values().isEmpty()) {
            known.add(String.join(", ", item.values()));
        }
        if (item.preset() != null) {
            known.add("default " + item.preset());
        }
        return code(item.name())
                + (item.required() ? "*" : "")
                + (known.isEmpty() ? "" : " (" + String.join("; ", known) + ")");
    }

    private static String market(ProviderOperation.Market market) {
        return market.sentence()
                + (market.exampleCurrencies().isEmpty()
                        ? ""
                        : " Examples are in " + String.join(", ", market.exampleCurrencies()) + ".");
    }

    private static String kind(ProviderOperation operation) {
        return code(said(operation.kind()));
    }

    private static String served(ProviderOperation operation) {
        return switch (operation.readiness()) {
            case DESCRIBED -> "no";
            case ASSUMED -> operation.unservedFields().isEmpty() ? "once confirmed" : "not yet";
            case DOCUMENTED -> "yes";
        };
    }

    private static String said(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String code(String word) {
        return "`" + word + "`";
    }

    private static String orUnknown(List<String> words) {
        return words.isEmpty() ? "not known" : String.join(", ", words);
    }

    private static String time(@Nullable Duration time) {
        if (time == null) {
            return "not known";
        }
        return time.toMinutes() % 60 == 0 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}

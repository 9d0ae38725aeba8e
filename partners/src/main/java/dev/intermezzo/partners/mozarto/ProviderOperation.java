package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one provider as the catalogue describes it.
 *
 * @param pspType the provider
 * @param operation the direction
 * @param kind whether a call may be repeated
 * @param readiness how much of it is known; decides whether it may be routed
 * @param assumptions what we take for granted, each confirmed by an operator in the account's settings
 * @param openQuestions what Mozarto's documentation leaves unknown, in sentences
 * @param currencies ISO 4217 codes the provider takes; empty when no list is known
 * @param countries ISO 3166-1 codes the provider takes; empty when no list is known
 * @param fields the request, in the order in which it is written
 * @param synchronous whether the answer itself is the final result
 * @param redirect where the answer names the provider's page; absent when there is none
 * @param webhook what is known of its webhook
 * @param returnAddress where the provider learns the buyer's way back
 * @param userId what {@code userId} stands for unless the account's settings say otherwise
 * @param sessionLifetime how long the provider's page may be used; {@code null} when unknown
 * @param lateWindow how long after the order's time a webhook may still come
 */
public record ProviderOperation(
        PspType pspType,
        Operation operation,
        Kind kind,
        Readiness readiness,
        List<Assumption> assumptions,
        List<String> openQuestions,
        List<String> currencies,
        List<String> countries,
        List<FieldRule> fields,
        boolean synchronous,
        @Nullable Redirect redirect,
        Webhook webhook,
        ReturnAddress returnAddress,
        UserIdMode userId,
        @Nullable Duration sessionLifetime,
        Duration lateWindow) {

    /** The catalogue's record; its rules are checked by {@link CatalogueRules}. */
    @JsonCreator
    public ProviderOperation {
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(readiness, "readiness is missing");
        Objects.requireNonNull(webhook, "webhook is missing");
        Objects.requireNonNull(returnAddress, "returnAddress is missing");
        Objects.requireNonNull(userId, "userId is missing");
        Objects.requireNonNull(lateWindow, "lateWindow is missing");
        assumptions = orEmpty(assumptions);
        openQuestions = orEmpty(openQuestions);
        currencies = orEmpty(currencies);
        countries = orEmpty(countries);
        fields = orEmpty(fields);
    }

    /** Whether a call may be repeated without moving money twice. */
    public enum Kind {
        /** The call opens a page or a session; money moves only by the buyer's own act there. */
        @JsonProperty("opens-page")
        OPENS_PAGE,
        /** The call itself moves money (pay-out, voucher redemption): executed at most once, never repeated. */
        @JsonProperty("moves-money")
        MOVES_MONEY
    }

    /** How much of an operation is known. */
    public enum Readiness {
        /** Request, answer and outcome are known. */
        @JsonProperty("documented")
        DOCUMENTED("documented"),
        /** Rests on named assumptions; off until an operator has confirmed each of them. */
        @JsonProperty("assumed")
        ASSUMED("assumed"),
        /** Too little is known; never routed. */
        @JsonProperty("described")
        DESCRIBED("described");

        private final String text;

        Readiness(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Something we take for granted without a document.
     *
     * @param name the name under which settings confirm it
     * @param sentence what is assumed
     */
    public record Assumption(String name, String sentence) {}

    /**
     * Where an answer names the provider's page.
     *
     * @param fields paths such as {@code data.redirect_url}, tried in order before the lenient search
     * @param hosts hosts the page may have, as {@link RedirectPolicy} reads them; an account's settings add more
     * @param singleUse whether the address works only once
     */
    public record Redirect(List<String> fields, List<String> hosts, boolean singleUse) {

        /** Copies the lists; a missing one is empty. */
        public Redirect {
            fields = orEmpty(fields);
            hosts = orEmpty(hosts);
        }
    }

    /**
     * What is known of the operation's webhook.
     *
     * @param expected whether the provider sends one at all
     * @param currencyMayBeAbsent whether a webhook without currency may still match, see {@link MoneyMatch}
     * @param reference whether it echoes our merchant reference
     */
    public record Webhook(boolean expected, boolean currencyMayBeAbsent, Echo reference) {}

    /** Whether a value we send comes back. */
    public enum Echo {
        @JsonProperty("yes")
        YES,
        @JsonProperty("no")
        NO,
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** Where the provider learns the address to which it sends the buyer back. */
    public enum ReturnAddress {
        /** One address in the provider's configuration for all payments of the account. */
        @JsonProperty("static")
        STATIC,
        /** Named in each request. */
        @JsonProperty("per-request")
        PER_REQUEST,
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** Whether this operation may be used by an account that has confirmed these assumptions, see {@link #neededToRoute}. */
    public boolean routable(Set<String> confirmedAssumptions) {
        return switch (readiness) {
            case DOCUMENTED -> true;
            case ASSUMED -> confirmedAssumptions.containsAll(neededToRoute());
            case DESCRIBED -> false;
        };
    }

    /**
     * The assumptions that the operation as a whole rests on. One that a field names decides about that field alone: it
     * is left out until the assumption is confirmed.
     */
    public Set<String> neededToRoute() {
        Set<String> ofFields = fields.stream()
                .flatMap(field -> Stream.ofNullable(field.assumption()))
                .collect(Collectors.toSet());
        return assumptions.stream()
                .map(Assumption::name)
                .filter(name -> !ofFields.contains(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether its requests carry a return address of the payment's own. */
    public boolean wantsReturnAddress() {
        return fields.stream().anyMatch(field -> field.source() == FieldSource.RETURN_ADDRESS);
    }

    /**
     * Whether a webhook without currency may be taken to mean this currency: the catalogue allows it and the provider
     * knows no other.
     */
    public boolean webhookMayOmit(String currency) {
        return webhook.currencyMayBeAbsent() && currencies.equals(List.of(currency));
    }

    // Jackson hands over null for a list that the file leaves out.
    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}

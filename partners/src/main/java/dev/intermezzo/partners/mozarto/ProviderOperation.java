package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one provider as the catalogue describes it.
 *
 * @param pspType the provider
 * @param operation the direction
 * @param variant tells several ways in one direction apart; {@code null} where there is one
 * @param kind whether a call may be repeated
 * @param readiness how much of it is known; decides whether it may be routed
 * @param assumptions what we take for granted, each confirmed by an operator in the account's settings
 * @param openQuestions what Mozarto's documentation leaves unknown, in sentences
 * @param quirks what is documented and easily got wrong, in sentences
 * @param currencies ISO 4217 codes the provider takes; empty when no list is known
 * @param countries ISO 3166-1 codes the provider takes; empty when no list is known
 * @param market what else the documents say of where and for what it is used; {@code null} when nothing
 * @param localCurrencies by country, the only currency the provider takes there; empty when any goes with any
 * @param fields the request, in the order in which it is written
 * @param synchronous whether the answer itself is the final result
 * @param redirect where the answer names the provider's page; absent when there is none
 * @param webhook what is known of its webhook
 * @param returnAddress where the provider learns the buyer's way back
 * @param userId what {@code userId} stands for unless the account's settings say otherwise
 * @param userContext which header may tell who the buyer is
 * @param sessionAssumption where the documents demand the user token: the assumption that an operator confirms when a
 *     session token is seen to do as well; {@code null} where none would help, or none is needed
 * @param sessionLifetime how long the provider's page may be used; {@code null} when unknown
 * @param lateWindow how long after the order's time a webhook may still come
 */
public record ProviderOperation(
        PspType pspType,
        Operation operation,
        @Nullable String variant,
        Kind kind,
        Readiness readiness,
        List<Assumption> assumptions,
        List<String> openQuestions,
        List<String> quirks,
        List<String> currencies,
        List<String> countries,
        @Nullable Market market,
        Map<String, String> localCurrencies,
        List<FieldRule> fields,
        boolean synchronous,
        @Nullable Redirect redirect,
        Webhook webhook,
        ReturnAddress returnAddress,
        UserIdMode userId,
        UserContext userContext,
        @Nullable String sessionAssumption,
        @Nullable Duration sessionLifetime,
        Duration lateWindow) {

    private static final Set<FieldSource> WALLET = Set.of(FieldSource.CRYPTO_CURRENCY, FieldSource.WALLET_ADDRESS);

    /** The catalogue's record; its rules are checked by {@link CatalogueRules}. */
    @JsonCreator
    public ProviderOperation {
        Objects.requireNonNull(kind, "kind is missing");
        Objects.requireNonNull(readiness, "readiness is missing");
        Objects.requireNonNull(webhook, "webhook is missing");
        Objects.requireNonNull(returnAddress, "returnAddress is missing");
        Objects.requireNonNull(userId, "userId is missing");
        Objects.requireNonNull(userContext, "userContext is missing");
        Objects.requireNonNull(lateWindow, "lateWindow is missing");
        assumptions = orEmpty(assumptions);
        openQuestions = orEmpty(openQuestions);
        quirks = orEmpty(quirks);
        currencies = orEmpty(currencies);
        countries = orEmpty(countries);
        localCurrencies = sorted(localCurrencies);
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
     * What the documents say of an operation's market without promising that anything else is refused: nothing is routed by
     * it.
     *
     * @param sentence the market, in words
     * @param exampleCurrencies ISO 4217 codes that are named as examples
     * @param cryptoCurrencies those that are named; an account may have more
     */
    public record Market(String sentence, List<String> exampleCurrencies, List<String> cryptoCurrencies) {

        /** Copies the lists; a missing one is empty. */
        public Market {
            Objects.requireNonNull(sentence, "market.sentence is missing");
            exampleCurrencies = orEmpty(exampleCurrencies);
            cryptoCurrencies = orEmpty(cryptoCurrencies);
        }
    }

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
     * @param secret whether the back office offers a secret for it ({@code isWebhookSecured})
     * @param silence where neither a webhook nor the answer tells how a payment ended: the assumption by which an operator
     *     confirms that this is so, and that each payment ends as "no word" (payments, "What the shop and the buyer are
     *     told"); {@code null} where somebody tells
     */
    public record Webhook(
            boolean expected,
            boolean currencyMayBeAbsent,
            Known reference,
            Known secret,
            @Nullable String silence) {

        /** Both answers must be given, even if they are that nobody knows. */
        public Webhook {
            Objects.requireNonNull(reference, "webhook.reference is missing");
            Objects.requireNonNull(secret, "webhook.secret is missing");
        }
    }

    /** An answer that may be missing. */
    public enum Known {
        @JsonProperty("yes")
        YES,
        @JsonProperty("no")
        NO,
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** Which header may tell who the buyer is (Mozarto Cashier API, authentication). */
    public enum UserContext {
        /** The merchant-signed {@code x-user-token} only. */
        @JsonProperty("user-token")
        USER_TOKEN,
        /** {@code x-user-token}, or the buyer's session token in {@code x-user-authorization}. */
        @JsonProperty("either")
        EITHER
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
     * is left out until the assumption is confirmed. That of the session token concerns accounts that send one.
     */
    public Set<String> neededToRoute() {
        Set<String> ofFields = fields.stream()
                .flatMap(field -> Stream.ofNullable(field.assumption()))
                .collect(Collectors.toSet());
        return assumptions.stream()
                .map(Assumption::name)
                .filter(name -> !ofFields.contains(name) && !name.equals(sessionAssumption))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether an account that tells of its buyers in this way, and has confirmed these assumptions, may use it. */
    public boolean takes(UserContextMode mode, Set<String> confirmedAssumptions) {
        return switch (mode) {
            case TOKEN -> true;
            case SESSION ->
                userContext == UserContext.EITHER
                        || (sessionAssumption != null && confirmedAssumptions.contains(sessionAssumption));
        };
    }

    /**
     * Names of required fields that nothing in this release could fill, whatever an operator confirms: nothing can use the
     * operation. A wallet is what a merchant's destination may have, and no buyer has: only a pay-in lacks it.
     */
    public List<String> unservedFields() {
        return fields.stream()
                .filter(field -> field.needed().anyMatch(needed -> isUnserved(needed.source())))
                .map(FieldRule::name)
                .toList();
    }

    /** Whether it goes to a wallet and not to a person: a buyer's money cannot be given back by it. */
    public boolean needsWallet() {
        return fields.stream().flatMap(FieldRule::needed).anyMatch(field -> WALLET.contains(field.source()));
    }

    /**
     * Whether a buyer's money can be given back by it: a pay-out of which more than its existence is known, and which asks for
     * nothing beside the amount and the buyer's own details. What an account has to confirm is another matter.
     */
    public boolean refundsBuyers() {
        return operation == Operation.PAYOUT
                && readiness != Readiness.DESCRIBED
                && !needsWallet()
                && voucherRule().isEmpty()
                && unservedFields().isEmpty();
    }

    /** The rule of the voucher's PIN that it asks for; empty when it takes no voucher. */
    public Optional<FieldRule> voucherRule() {
        return fields.stream()
                .flatMap(FieldRule::needed)
                .filter(field -> field.source() == FieldSource.VOUCHER_PIN)
                .findFirst();
    }

    /** Names of required fields whose value is a setting of the account or the route. */
    public List<String> requiredSettings() {
        return fields.stream()
                .flatMap(FieldRule::needed)
                .filter(field -> field.source() == FieldSource.SETTING)
                .map(FieldRule::name)
                .toList();
    }

    /** Its name for people: the direction, and the variant where there are several. */
    public String title() {
        String direction = switch (operation) {
            case PAYIN -> "pay-in";
            case PAYOUT -> "pay-out";
        };
        return variant == null ? direction : direction + " " + variant;
    }

    /** Whether its requests carry a return address of the payment's own. */
    public boolean wantsReturnAddress() {
        return fields.stream().anyMatch(field -> field.source() == FieldSource.RETURN_ADDRESS);
    }

    /** Whether it must be told the address that the buyer's browser came from, and may be routed to at all. */
    public boolean wantsIpAddress() {
        return readiness != Readiness.DESCRIBED
                && fields.stream()
                        .flatMap(FieldRule::needed)
                        .anyMatch(field -> field.source() == FieldSource.IP_ADDRESS);
    }

    /**
     * Whether a webhook without currency may be taken to mean this currency: the catalogue allows it and the provider
     * knows no other.
     */
    public boolean webhookMayOmit(String currency) {
        return webhook.currencyMayBeAbsent() && currencies.equals(List.of(currency));
    }

    private boolean isUnserved(FieldSource source) {
        return source == FieldSource.UNSETTLED || (operation == Operation.PAYIN && WALLET.contains(source));
    }

    // Jackson hands over null for a list that the file leaves out.
    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}

package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * One operation of a provider with a payment that it takes: everything confirmed, every setting set, every detail of the
 * buyer good. Tests take one thing away.
 */
record Contract(ProviderOperation operation, PayIn asked) {

    static final String RETURN_ADDRESS = "https://pay.example.com/return/a-token";
    static final String PAGE_HOST = "page.example.com";

    private static final Map<String, String> SETTINGS = Map.of(
            "blocked",
            "false",
            "isVelocity",
            "false",
            "transactionCount",
            "0",
            "userBalance",
            "0.00",
            "partnerName",
            "Demo shop",
            AccountSettings.RETURN_ADDRESS,
            RETURN_ADDRESS);

    /** Every operation that an operator can switch on. */
    static Stream<Contract> all() {
        return Examples.CATALOGUE.providers().stream()
                .flatMap(provider -> provider.operations().stream())
                .filter(operation -> operation.readiness() != ProviderOperation.Readiness.DESCRIBED)
                .map(Contract::of);
    }

    /** Those that send the buyer to a page. */
    static Stream<Contract> openers() {
        return all().filter(contract -> contract.operation().kind() == ProviderOperation.Kind.OPENS_PAGE);
    }

    static Contract payIn(String psp) {
        return of(Examples.payIn(psp));
    }

    static Contract payOut(String psp) {
        return of(Examples.payOut(psp));
    }

    static Contract of(ProviderOperation operation) {
        String currency = operation.currencies().isEmpty()
                ? "EUR"
                : operation.currencies().getFirst();
        BuyerDetails buyer = Examples.buyer()
                .with(BuyerField.ADDRESS_LINE, "Brīvības iela 1")
                .with(BuyerField.CITY, "Rīga")
                .with(BuyerField.REGION, "Vidzeme")
                .with(BuyerField.POSTAL_CODE, "LV-1010")
                .with(BuyerField.BIRTH_DATE, "1990-01-15")
                .with(BuyerField.GENDER, "female")
                .with(BuyerField.IP_ADDRESS, "192.0.2.7")
                .with(BuyerField.COUNTRY_CODE, currency.equals("CLP") ? "CL" : "CA");
        Instrument instrument = operation.fields().stream().anyMatch(field -> field.source() == FieldSource.VOUCHER_PIN)
                ? new Instrument.Voucher("1234567890123456")
                : new Instrument.Wallet("BTC", "btc-1eda64a85da94d71a2ac5ed84e929553");
        Set<String> confirmed = new HashSet<>();
        operation.assumptions().forEach(each -> confirmed.add(each.name()));
        return new Contract(
                operation,
                new PayIn(
                        Money.parse(currency + " 25"),
                        buyer,
                        instrument,
                        "user-1",
                        "reference-1",
                        new AccountSettings(confirmed, SETTINGS, List.of(PAGE_HOST)),
                        null,
                        false));
    }

    Contract with(BuyerField field, String value) {
        return with(asked.amount(), asked.buyer().with(field, value), asked.instrument(), asked.settings());
    }

    Contract with(Money amount) {
        return with(amount, asked.buyer(), asked.instrument(), asked.settings());
    }

    Contract with(Instrument instrument) {
        return with(asked.amount(), asked.buyer(), instrument, asked.settings());
    }

    /** With one setting changed; an empty value takes it away. */
    Contract withSetting(String name, String value) {
        Map<String, String> settings = new HashMap<>(asked.settings().fixedFields());
        settings.remove(name);
        if (!value.isEmpty()) {
            settings.put(name, value);
        }
        return with(
                asked.amount(),
                asked.buyer(),
                asked.instrument(),
                new AccountSettings(
                        asked.settings().confirmedAssumptions(),
                        settings,
                        asked.settings().redirectHosts()));
    }

    Contract without(String assumption) {
        Set<String> confirmed = new HashSet<>(asked.settings().confirmedAssumptions());
        confirmed.remove(assumption);
        return with(
                asked.amount(),
                asked.buyer(),
                asked.instrument(),
                new AccountSettings(
                        confirmed,
                        asked.settings().fixedFields(),
                        asked.settings().redirectHosts()));
    }

    private Contract with(Money amount, BuyerDetails buyer, Instrument instrument, AccountSettings settings) {
        return new Contract(
                operation,
                new PayIn(
                        amount,
                        buyer,
                        instrument,
                        asked.userId(),
                        asked.merchantReference(),
                        settings,
                        asked.brandId(),
                        asked.isTestMode()));
    }

    CashierRequest.Result request() {
        return switch (operation.operation()) {
            case PAYIN -> CashierRequest.payIn(operation, asked);
            case PAYOUT -> CashierRequest.payOut(operation, asked);
        };
    }

    /** The request's text, which there must be. */
    String text() {
        return switch (request()) {
            case CashierRequest.Result.Ready(CashierRequest request) ->
                new String(request.body(), StandardCharsets.UTF_8);
            case CashierRequest.Result other -> throw new AssertionError(this + " is not written: " + other);
        };
    }

    JsonNode body() {
        return Examples.tree(text().getBytes(StandardCharsets.UTF_8));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        body().fieldNames().forEachRemaining(names::add);
        return names;
    }

    CashierReading answer(int status, String contentType, String body) {
        return CashierAnswer.read(operation, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    CashierReading answer(int status, String body) {
        return answer(status, "application/json", body);
    }

    /** A good answer, with the page where the catalogue says that it stands. */
    String opening(String page) {
        String path = operation.redirect() == null
                ? "url"
                : operation.redirect().fields().getFirst().replace("data.", "");
        return "{\"status\":\"success\",\"isSuccess\":true,\"data\":{\"transactionId\":\"t-1\",\"" + path + "\":\""
                + page + "\"}}";
    }

    @Override
    public String toString() {
        return operation.pspType() + " " + operation.title();
    }
}

package dev.intermezzo.partners.mozarto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whom money is paid out to: the person, and where it takes more than the person, the wallet. {@link #toString()} names
 * fields and never prints a value.
 *
 * @param details the person's, as a buyer's are
 * @param instrument {@link Instrument.None} or {@link Instrument.Wallet}
 */
public record Payee(BuyerDetails details, Instrument instrument) {

    /** The purpose under which {@link #json} is sealed. */
    public static final String PURPOSE = "payee";

    /** Name of the cryptocurrency's code among the details, such as {@code BTC}. */
    public static final String CRYPTO_CURRENCY = "cryptoCurrency";

    /** Name of the wallet's address among the details. */
    public static final String WALLET_ADDRESS = "walletAddress";

    private static final JsonMapper JSON = new JsonMapper();

    /** What came of reading details. */
    public sealed interface Reading {

        /** They are a payee's. */
        record Read(Payee payee) implements Reading {}

        /**
         * They are not.
         *
         * @param names that no payee has, or of which one lacks the other; sorted
         */
        record Unknown(SortedSet<String> names) implements Reading {}
    }

    /** A payee of details by name: those of {@link BuyerField#key}, and both of a wallet or neither. */
    public static Reading of(Map<String, String> texts) {
        SortedSet<String> unknown = new TreeSet<>();
        Map<BuyerField, String> person = new EnumMap<>(BuyerField.class);
        texts.forEach((name, text) ->
                BuyerField.ofKey(name).ifPresentOrElse(field -> person.put(field, text), () -> unknown.add(name)));
        boolean wallet = texts.containsKey(CRYPTO_CURRENCY) && texts.containsKey(WALLET_ADDRESS);
        if (wallet) {
            unknown.remove(CRYPTO_CURRENCY);
            unknown.remove(WALLET_ADDRESS);
        }
        if (!unknown.isEmpty()) {
            return new Reading.Unknown(unknown);
        }
        Instrument instrument = wallet
                ? new Instrument.Wallet(
                        texts.getOrDefault(CRYPTO_CURRENCY, "").strip(),
                        texts.getOrDefault(WALLET_ADDRESS, "").strip())
                : new Instrument.None();
        return new Reading.Read(new Payee(BuyerDetails.of(person), instrument));
    }

    /** As JSON, UTF-8, the same for the same payee; to be sealed at once, never stored or logged as it is. */
    public byte[] json() {
        ObjectNode object = JSON.createObjectNode();
        for (BuyerField field : BuyerField.values()) {
            details.value(field).ifPresent(value -> object.put(field.key(), value));
        }
        if (instrument instanceof Instrument.Wallet(String currency, String address)) {
            object.put(CRYPTO_CURRENCY, currency);
            object.put(WALLET_ADDRESS, address);
        }
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
    }

    /** The payee of such a text; empty when the bytes are not one. */
    public static Optional<Payee> read(byte[] json) {
        return BuyerDetailsJson.read(json).flatMap(details -> {
            try {
                JsonNode tree = JSON.readTree(json);
                boolean wallet = tree.has(CRYPTO_CURRENCY) || tree.has(WALLET_ADDRESS);
                return Optional.of(new Payee(
                        details,
                        wallet
                                ? new Instrument.Wallet(
                                        tree.path(CRYPTO_CURRENCY).asText(),
                                        tree.path(WALLET_ADDRESS).asText())
                                : new Instrument.None()));
            } catch (IOException malformed) {
                return Optional.empty();
            }
        });
    }

    @Override
    public String toString() {
        return "Payee[" + details + ", " + instrument + "]";
    }
}

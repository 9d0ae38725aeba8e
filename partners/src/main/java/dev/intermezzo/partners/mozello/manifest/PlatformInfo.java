package dev.intermezzo.partners.mozello.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** Who sees the gateway, and with which signs. */
final class PlatformInfo {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final String MASTERCARD = "mastercard";
    private static final String MC = "mc";

    /** Keys of the reference; the examples have {@code mc} besides. */
    static final Set<String> METHODS = Set.of(
            "visa",
            MASTERCARD,
            "maestro",
            "amex",
            "discover",
            "jcb",
            "unionpay",
            "paypal",
            "swedbank",
            "seb",
            "luminor",
            "citadele",
            "lhv");

    private PlatformInfo() {}

    static void check(JsonNode info, String path, Notes notes) {
        if (info.isMissingNode()) {
            notes.note(
                    path,
                    "manifest-no-platform-info",
                    "It is optional, and its lists decide who sees the gateway.",
                    "Name countries and methods.");
            return;
        }
        countries(info.path("available_in_countries"), path + ".available_in_countries", notes);
        methods(info.path("supported_payment_methods"), path + ".supported_payment_methods", notes);
        for (String address : new String[] {"info_url", "pricing_url"}) {
            if (!info.path(address).isMissingNode()) {
                WebAddress.checkLocal(info.path(address), path + "." + address, notes);
            }
        }
    }

    private static void countries(JsonNode countries, String path, Notes notes) {
        if (countries.isMissingNode()) {
            return;
        }
        if (!countries.isArray()) {
            notes.problem(path, "manifest-not-list", "It is not a list.", "List two-letter countries.");
            return;
        }
        if (countries.isEmpty()) {
            notes.note(
                    path,
                    "manifest-no-country",
                    "Mozello's samples have an empty list; whether it means everywhere or nowhere is not documented.",
                    "Name the countries.");
        }
        countries.forEach(each -> country(each.asText(), path, notes));
    }

    private static void country(String code, String path, Notes notes) {
        if (code.equals("UK")) {
            notes.note(
                    path,
                    "manifest-uk",
                    "Mozello's example says UK, its reference says ISO codes, where it is GB.",
                    "Give both until Mozello says which one counts.");
        } else if (!COUNTRIES.contains(code)) {
            notes.problem(
                    path, "manifest-country", "It is no two-letter ISO country in capitals: " + code + ".", "Mend it.");
        }
    }

    private static void methods(JsonNode methods, String path, Notes notes) {
        if (methods.isMissingNode()) {
            return;
        }
        if (!methods.isObject()) {
            notes.problem(path, "manifest-methods", "It is not an object of true and false.", "Give one.");
            return;
        }
        methods.properties().forEach(each -> {
            String at = path + "." + each.getKey();
            if (!each.getValue().isBoolean()) {
                notes.problem(at, "manifest-not-boolean", "It is not true or false.", "Give a boolean.");
            }
            if (!METHODS.contains(each.getKey()) && !each.getKey().equals(MC)) {
                notes.note(at, "manifest-method", "Mozello does not name this method.", "It may have no effect.");
            }
        });
        if (methods.path(MC).asBoolean() != methods.path(MASTERCARD).asBoolean()) {
            notes.note(
                    path,
                    "manifest-mastercard",
                    "Mozello's examples say mc, its reference mastercard; which one counts is not documented.",
                    "Give both the same value.");
        }
    }
}

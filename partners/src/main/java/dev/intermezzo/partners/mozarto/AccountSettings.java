package dev.intermezzo.partners.mozarto;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a Cashier account's and a route's settings that shapes requests; none of it is secret.
 *
 * @param confirmedAssumptions names of catalogue assumptions that an operator has confirmed
 * @param fixedFields values of request fields that come from settings, by the field's name
 * @param redirectHosts hosts of provider pages beside the documented ones, as {@link RedirectPolicy} reads them
 * @param userContext by which header the account tells who the buyer is
 */
public record AccountSettings(
        Set<String> confirmedAssumptions,
        Map<String, String> fixedFields,
        List<String> redirectHosts,
        UserContextMode userContext) {

    /**
     * Name among the fixed fields under which the payment's own return address travels, for providers that are told it
     * in each request. The edge puts it there; no operator can.
     */
    public static final String RETURN_ADDRESS = "return-address";

    /** Nothing confirmed, nothing fixed: the documented behaviour. */
    public static final AccountSettings DEFAULTS = new AccountSettings(Set.of(), Map.of(), List.of());

    /** Those of an account that sends the user token. */
    public AccountSettings(
            Set<String> confirmedAssumptions, Map<String, String> fixedFields, List<String> redirectHosts) {
        this(confirmedAssumptions, fixedFields, redirectHosts, UserContextMode.TOKEN);
    }

    /** Copies the collections. */
    public AccountSettings {
        confirmedAssumptions = Set.copyOf(confirmedAssumptions);
        fixedFields = Map.copyOf(fixedFields);
        redirectHosts = List.copyOf(redirectHosts);
    }
}

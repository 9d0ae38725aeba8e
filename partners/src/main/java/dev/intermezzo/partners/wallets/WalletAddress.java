package dev.intermezzo.partners.wallets;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an address is one of its cryptocurrency's own network, by its checksum: BTC by Base58Check or by Bech32 and
 * Bech32m, ETH by the capitals of EIP-55. Any other currency is refused, and so is a form without a checksum: a slip of the
 * pen in either would send money to nobody. A token that lives on several networks (USDT) has no network of its own that
 * its code would name, so it is refused too.
 */
public final class WalletAddress {

    /** Currencies whose addresses are checked. */
    public static final Set<String> CURRENCIES = Set.of("BTC", "ETH");

    /** Version bytes of addresses of a public key and of a script. */
    private static final Set<Integer> BITCOIN = Set.of(0x00, 0x05);

    private static final Set<Integer> BITCOIN_TEST = Set.of(0x6f, 0xc4);

    private static final List<String> BITCOIN_TEST_PREFIXES = List.of("tb", "bcrt");

    private WalletAddress() {}

    /** What is wrong with an address. */
    public enum Problem {
        /** Nobody here can check an address of that currency. */
        CURRENCY_NOT_CHECKED("crypto-currency-not-checked", "addresses can be checked for BTC and ETH only"),
        /** It has no form that an address of the currency has, or its checksum does not hold. */
        NOT_AN_ADDRESS("wallet-address-wrong", "the checksum does not hold: it is no address of this currency"),
        /** All in one case: nothing tells a slip of the pen. */
        WITHOUT_CHECKSUM("wallet-address-without-checksum", "write it with the capitals of EIP-55, which check it"),
        /** Of a network for tests, where money is worth nothing. */
        TEST_NETWORK("wallet-address-of-test-network", "it is an address of a network for tests");

        private final String code;
        private final String sentence;

        Problem(String code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }

        /** Stable. */
        public String code() {
            return code;
        }

        /** For people; without the address. */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * What is wrong with an address; empty: nothing.
     *
     * @param testNetworkToo for accounts of test environments
     */
    public static Optional<Problem> problem(String currency, String address, boolean testNetworkToo) {
        return switch (currency) {
            case "BTC" -> bitcoin(address, testNetworkToo);
            case "ETH" -> ethereum(address);
            default -> Optional.of(Problem.CURRENCY_NOT_CHECKED);
        };
    }

    private static Optional<Problem> bitcoin(String address, boolean testNetworkToo) {
        Optional<Boolean> test = Base58Check.version(address)
                .flatMap(version -> network(BITCOIN.contains(version), BITCOIN_TEST.contains(version)))
                .or(() -> SegwitAddress.prefix(address)
                        .flatMap(prefix -> network(prefix.equals("bc"), BITCOIN_TEST_PREFIXES.contains(prefix))));
        if (test.isEmpty()) {
            return Optional.of(Problem.NOT_AN_ADDRESS);
        }
        return test.get() && !testNetworkToo ? Optional.of(Problem.TEST_NETWORK) : Optional.empty();
    }

    /** Whether it is for tests; empty: of neither network. */
    private static Optional<Boolean> network(boolean main, boolean test) {
        return main || test ? Optional.of(test) : Optional.empty();
    }

    /** Test networks use the same addresses: nothing tells them apart. */
    private static Optional<Problem> ethereum(String address) {
        if (!Eip55.looksLikeOne(address)) {
            return Optional.of(Problem.NOT_AN_ADDRESS);
        }
        if (Eip55.oneCase(address)) {
            return Optional.of(Problem.WITHOUT_CHECKSUM);
        }
        return Eip55.holds(address) ? Optional.empty() : Optional.of(Problem.NOT_AN_ADDRESS);
    }
}

package dev.intermezzo.partners.wallets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.partners.wallets.WalletAddress.Problem;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the proposals that define the addresses: BIP 173, BIP 350 and EIP-55. */
class WalletAddressTest {

    private static final String GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";

    @ParameterizedTest
    @ValueSource(
            strings = {
                GENESIS,
                "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
                "BC1SW50QGDZ25J",
                "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
            })
    void an_address_of_bitcoin_is_known_by_its_checksum(String address) {
        assertThat(WalletAddress.problem("BTC", address, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a",
                "",
                "1",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                // The rest is what BIP 350 lists as not valid.
                "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
                "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
                "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
                "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
                "bc1pw5dgrnzv",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
                "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
                "bc1gmk9yu",
                // The partner's own example, which names no network and has no checksum.
                "btc-1eda64a85da94d71a2ac5ed84e929553"
            })
    void what_is_no_address_of_bitcoin_is_refused(String address) {
        assertThat(WalletAddress.problem("BTC", address, true)).contains(Problem.NOT_AN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn",
                "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc",
                "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
                "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c"
            })
    void an_address_of_the_test_network_is_good_for_tests_only(String address) {
        assertThat(WalletAddress.problem("BTC", address, true)).isEmpty();
        assertThat(WalletAddress.problem("BTC", address, false)).contains(Problem.TEST_NETWORK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77"
            })
    void an_address_of_ethereum_is_known_by_its_capitals(String address) {
        assertThat(WalletAddress.problem("ETH", address, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed, NOT_AN_ADDRESS",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee, NOT_AN_ADDRESS",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe, NOT_AN_ADDRESS",
        "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, NOT_AN_ADDRESS",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, WITHOUT_CHECKSUM",
        "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED, WITHOUT_CHECKSUM"
    })
    void what_is_no_address_of_ethereum_or_cannot_be_checked_is_refused(String address, Problem expected) {
        assertThat(WalletAddress.problem("ETH", address, true)).contains(expected);
    }

    @Test
    void a_currency_whose_addresses_nobody_checks_is_refused() {
        assertThat(WalletAddress.problem("USDT", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", true))
                .contains(Problem.CURRENCY_NOT_CHECKED);
        assertThat(WalletAddress.problem("btc", GENESIS, true)).contains(Problem.CURRENCY_NOT_CHECKED);
    }

    @Property
    void no_single_slip_of_the_pen_is_taken(
            @ForAll @IntRange(min = 0, max = 33) int at, @ForAll @IntRange(min = 0, max = 57) int digit) {
        char other = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".charAt(digit);
        String slipped = GENESIS.substring(0, at) + other + GENESIS.substring(at + 1);

        assertThat(WalletAddress.problem("BTC", slipped, true).isEmpty()).isEqualTo(slipped.equals(GENESIS));
    }

    @ParameterizedTest
    @CsvSource({
        "'', c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
        "abc, 4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
    })
    void the_hash_is_the_one_from_before_the_standard(String text, String hash) {
        assertThat(HexFormat.of().formatHex(Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(hash);
    }

    @Test
    void a_message_of_several_blocks_is_hashed_block_by_block() {
        byte[] block = "a".repeat(136).getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(Keccak256.hash(block)))
                .isEqualTo("a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e");
    }
}

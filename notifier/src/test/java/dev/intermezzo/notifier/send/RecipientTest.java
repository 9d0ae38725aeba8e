package dev.intermezzo.notifier.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which shop is told at all, at which address, and with which of its keys. */
class RecipientTest {

    private final ToldShop told = new ToldShop();

    @AfterEach
    void stop() {
        told.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:1/notify", "https://user@www.mozello.com.example/", "no address", ""})
    void a_host_that_is_not_on_the_shops_list_gets_nothing(String address) {
        // Given
        told.notifyHosts = List.of("www.mozello.com");

        // When
        NotificationResult result = told.handle(told.due("key-1", address)).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
    }

    @Test
    void a_host_taken_off_the_list_since_the_checkout_gets_nothing() {
        // Given
        told.notifyHosts = List.of("www.mozello.com");

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(told.shop.posted()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"key-1, true", "key-2, false", "key-gone, false"})
    void the_key_that_verified_the_form_signs_else_the_newest(String wanted, boolean old) {
        // When
        told.handle(told.due(wanted));

        // Then
        assertThat(told.isSignedWith(old ? ToldShop.OLD_KEY : ToldShop.NEW_KEY)).isTrue();
    }

    @Test
    void a_key_past_its_time_gives_way_to_the_valid_one() {
        // Given
        told.secrets = List.of(
                told.sealed("key-2", ToldShop.NEW_KEY, null),
                told.sealed("key-1", ToldShop.OLD_KEY, ToldShop.NOW.minusSeconds(1)));

        // When
        told.handle(told.due("key-1"));

        // Then
        assertThat(told.isSignedWith(ToldShop.NEW_KEY)).isTrue();
    }

    @Test
    void a_shop_without_a_valid_key_gets_nothing() {
        // Given
        told.secrets = List.of(told.sealed("key-1", ToldShop.OLD_KEY, ToldShop.NOW));

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(told.shop.posted()).isEmpty();
    }

    @Test
    void a_key_sealed_for_another_shop_signs_nothing() {
        // Given
        told.secrets = List.of(told.sealer.seal("integration:other", "mozello-key", "key-1", new byte[] {1}));

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(told.shop.posted()).isEmpty();
    }

    @Test
    void a_shop_that_is_not_for_tests_is_never_told_that_play_money_has_come() {
        // Given
        told.testShop = false;

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(told.shop.posted()).isEmpty();
    }

    @Test
    void the_shop_of_a_merchant_that_was_disabled_is_still_told_with_its_key() {
        // Given
        told.enabled = false;

        // When
        NotificationResult result = told.handle(told.due("key-1")).orElseThrow();

        // Then
        assertThat(result.getOutcome()).isEqualTo(SendOutcome.DELIVERED);
        assertThat(told.isSignedWith(ToldShop.OLD_KEY)).isTrue();
    }
}

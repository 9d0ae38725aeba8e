package dev.intermezzo.runtime.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares<String> shares = new Shares<>(2);

    @Test
    void a_share_has_only_so_many_places_and_others_are_not_concerned() {
        // Given
        shares.enter("a", "first");
        shares.enter("a", "second");

        // When
        boolean third = shares.enter("a", "third");
        boolean elsewhere = shares.enter("b", "other");

        // Then
        assertThat(third).isFalse();
        assertThat(elsewhere).isTrue();
        assertThat(shares.waiting()).isEqualTo(1);
    }

    @Test
    void who_ends_hands_its_place_to_the_next_of_its_own_line() {
        // Given
        for (String work : new String[] {"1", "2", "3", "4"}) {
            shares.enter("a", work);
        }
        shares.enter("b", "other");

        // Then
        assertThat(shares.leave("b")).isNull();
        assertThat(shares.leave("a")).isEqualTo("3");
        assertThat(shares.leave("a")).isEqualTo("4");
        assertThat(shares.leave("a")).isNull();
        assertThat(shares.leave("a")).isNull();
        assertThat(shares.waiting()).isZero();
    }

    @Test
    void what_is_withdrawn_never_gets_a_place() {
        // Given
        for (String work : new String[] {"1", "2", "3", "4", "5"}) {
            shares.enter("a", work);
        }

        // When
        var withdrawn = shares.withdraw(work -> !work.equals("4"));

        // Then
        assertThat(withdrawn).containsExactly("3", "5");
        assertThat(shares.waiting()).isEqualTo(1);
        assertThat(shares.leave("a")).isEqualTo("4");
    }

    @Test
    void nobody_leaves_who_did_not_enter() {
        shares.enter("a", "1");
        shares.leave("a");

        assertThatThrownBy(() -> shares.leave("a")).hasMessageContaining("nobody works");
    }
}

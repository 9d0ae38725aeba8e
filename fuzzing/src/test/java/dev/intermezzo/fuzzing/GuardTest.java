package dev.intermezzo.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GuardTest {

    private final Guard guard = Guard.started();
    private final byte[] input = {'a', '\n'};

    @Test
    void an_input_that_holds_passes() {
        assertThatCode(() -> guard.run(input, bytes -> assertThat(bytes).hasSize(2)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatever_is_thrown_fails_and_names_the_input() {
        assertThatThrownBy(() -> guard.run(input, bytes -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("\na\\n")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void an_input_that_makes_much_of_itself_fails() {
        assertThatThrownBy(() -> guard.run(input, bytes -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(new byte[1 << 20]).isNotEmpty();
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("allocated ");
    }
}

package dev.intermezzo.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineTest {

    @Property
    void every_input_comes_back_from_its_line(@ForAll @Size(max = 40) byte[] input) {
        String line = Line.of(input);

        assertThat(line)
                .isNotEmpty()
                .doesNotStartWith("#")
                .isEqualTo(line.strip())
                .matches("[ -~]+");
        assertThat(Line.bytes(line)).isEqualTo(input);
    }

    @Test
    void an_escape_that_is_none_is_refused() {
        assertThatThrownBy(() -> Line.bytes("\\q")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Line.bytes("\\")).isInstanceOf(IllegalArgumentException.class);
    }
}

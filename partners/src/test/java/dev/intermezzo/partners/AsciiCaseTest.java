package dev.intermezzo.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Guard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AsciiCaseTest {

    @Test
    void the_letters_of_ascii_change_and_no_others() {
        assertThat(AsciiCase.lower("AZ az 09 @[`{ \u0130 \u00c4 \u00df"))
                .isEqualTo("az az 09 @[`{ \u0130 \u00c4 \u00df");
        assertThat(AsciiCase.upper("AZ az 09 @[`{ \u0131 \u00e4 \u00df"))
                .isEqualTo("AZ AZ 09 @[`{ \u0131 \u00e4 \u00df");
    }

    /** The platform's methods allocate several gigabytes for these. */
    @Test
    void letters_that_grow_in_the_other_case_cost_no_more_than_others() {
        byte[] growing = "\u0130\u00df".repeat(50_000).getBytes(StandardCharsets.UTF_8);

        Guard.started().run(growing, bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(AsciiCase.lower(text)).isEqualTo(text);
            assertThat(AsciiCase.upper(text)).isEqualTo(text);
        });
    }
}

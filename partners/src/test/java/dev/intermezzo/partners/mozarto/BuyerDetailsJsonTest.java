package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuyerDetailsJsonTest {

    @Test
    void details_come_back_as_they_were_sealed() {
        BuyerDetails details = BuyerDetails.of("anna@example.com", "Anna", "Bērziņa", "14165550100", "CA")
                .with(BuyerField.CITY, "Toronto");

        assertThat(BuyerDetailsJson.read(BuyerDetailsJson.write(details))).contains(details);
    }

    @Test
    void a_name_of_a_newer_build_is_passed_over() {
        byte[] json =
                "{\"email\":\"anna@example.com\",\"shoeSize\":\"38\",\"phone\":5}".getBytes(StandardCharsets.UTF_8);

        assertThat(BuyerDetailsJson.read(json))
                .contains(BuyerDetails.none().with(BuyerField.EMAIL, "anna@example.com"));
    }

    @Test
    void what_is_no_object_gives_nothing() {
        assertThat(BuyerDetailsJson.read("[]".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(BuyerDetailsJson.read(new byte[] {1, 2, 3})).isEmpty();
        assertThat(BuyerDetailsJson.read(new byte[0])).isEmpty();
    }
}

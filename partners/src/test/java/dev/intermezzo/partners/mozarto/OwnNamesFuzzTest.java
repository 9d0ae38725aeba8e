package dev.intermezzo.partners.mozarto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** References and user ids that come back from outside, and the sealed details of a buyer once they are opened. */
class OwnNamesFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final MerchantReference REFERENCES = new MerchantReference(List.of(new byte[32]));
    private static final PaymentAttempt ATTEMPT =
            new PaymentAttempt("shop", UUID.fromString("5f0c2d1e-8a34-4b7c-9d10-0a1b2c3d4e5f"), 3);
    private static final Corpus NAMES = Corpus.ofTexts(Stream.of(
            REFERENCES.write("account", ATTEMPT),
            UserId.perAttempt(ATTEMPT),
            "pz0000000000000000000000-",
            "p1" + "z".repeat(22) + "shop"));
    private static final Corpus DETAILS = Corpus.of(OwnNamesFuzzTest.class, "buyer-details");

    @Property
    void a_name_that_is_read_is_the_one_that_was_written(@ForAll("names") Mutant mutant) {
        GUARD.run(mutant.bytes(), OwnNamesFuzzTest::holdsAsName);
    }

    @Provide
    Arbitrary<Mutant> names() {
        return Mutants.of(NAMES).arbitrary();
    }

    private static void holdsAsName(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        UserId.attemptOf(text)
                .ifPresent(attempt -> assertThat(UserId.perAttempt(attempt)).isEqualTo(text));
        Optional<PaymentAttempt> read = REFERENCES.read(text, "account", List.of("other", "shop"));
        assertThat(read)
                .isEqualTo(text.equals(REFERENCES.write("account", ATTEMPT)) ? Optional.of(ATTEMPT) : Optional.empty());
    }

    @Test
    void the_corpus_of_details_holds() {
        DETAILS.replay(GUARD, OwnNamesFuzzTest::holdsAsDetails);
    }

    @Property
    void details_come_back_as_they_were_read(@ForAll("details") Mutant mutant) {
        GUARD.run(mutant.bytes(), OwnNamesFuzzTest::holdsAsDetails);
    }

    @Provide
    Arbitrary<Mutant> details() {
        return Mutants.of(DETAILS)
                .withWords(Stream.of(BuyerField.values()).map(BuyerField::key).toList())
                .arbitrary();
    }

    private static void holdsAsDetails(byte[] input) {
        BuyerDetailsJson.read(input)
                .ifPresent(details -> assertThat(BuyerDetailsJson.read(BuyerDetailsJson.write(details)))
                        .contains(details));
    }
}

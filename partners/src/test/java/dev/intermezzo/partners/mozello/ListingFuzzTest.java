package dev.intermezzo.partners.mozello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.fuzzing.Corpus;
import dev.intermezzo.fuzzing.Guard;
import dev.intermezzo.fuzzing.Mutant;
import dev.intermezzo.fuzzing.Mutants;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What Mozello tells a public gateway, by answer and by webhook: both are read by the same rules. */
class ListingFuzzTest {

    private static final Guard GUARD = Guard.started();
    private static final Corpus CORPUS = Corpus.of(ListingFuzzTest.class, "mozello-listing");

    @Test
    void the_corpus_holds() {
        CORPUS.replay(GUARD, ListingFuzzTest::holds);
    }

    @Property
    void mutants_hold(@ForAll("mutants") Mutant mutant) {
        GUARD.run(mutant.bytes(), ListingFuzzTest::holds);
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return Mutants.of(CORPUS)
                .withWords(List.of(
                        "\"error\":",
                        "\"fields\":",
                        "\"meta\":",
                        "\"authCode\":",
                        "\"connection_id\":",
                        "\"notify_url\":",
                        "1e999",
                        "null",
                        "{}"))
                .arbitrary();
    }

    private static void holds(byte[] body) {
        Optional<InstallWebhook> webhook = InstallWebhook.read(body);
        SettingsReading answer = PaymentSettings.read(200, body);
        boolean error = ErrorBody.read(body, PaymentSettings.MAX_BODY_BYTES).isError();
        switch (answer) {
            case SettingsReading.Known known -> {
                assertThat(error).isFalse();
                assertThat(known.settings().fields()).isNotEmpty().hasSizeLessThanOrEqualTo(JsonFields.MOST);
                assertThat(webhook.map(InstallWebhook::fields))
                        .contains(known.settings().fields());
                MozelloForm form = TestForm.documented().form();
                assertThat(known.settings().addressing(form).names()).isEqualTo(form.names());
            }
            case SettingsReading.Refused refused ->
                assertThat(error || webhook.orElseThrow().fields().isEmpty()).isTrue();
            case SettingsReading.Unavailable unavailable -> assertThat(webhook).isEmpty();
        }
        for (int status : List.of(204, 302, 400, 401, 404, 429, 500)) {
            assertThat(PaymentSettings.read(status, body)).isNotInstanceOf(SettingsReading.Known.class);
        }
    }
}

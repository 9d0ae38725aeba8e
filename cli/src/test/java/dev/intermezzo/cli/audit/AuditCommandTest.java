package dev.intermezzo.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKafka.Shared.class)
class AuditCommandTest {
    private static final String FIRST = "11111111-aaaa-4111-8000-000000000001";
    private static final String SECOND = "11111111-bbbb-4111-8000-000000000002";
    private static final Codec<LedgerEntry> CODEC = Codec.of(LedgerEntry.class);

    private final TestKafka kafka;

    AuditCommandTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void an_honest_ledger_is_intact_and_reproduced() {
        KafkaSettings ledger = ledger(records -> {});

        CommandRun json = verify(ledger, "--json");
        CommandRun text = verify(ledger);

        assertThat(json.exit()).isEqualTo(ExitCodes.HOLDS);
        JsonNode result = json.json();
        assertThat(result.get("verified").asBoolean()).isTrue();
        assertThat(result.get("intact").asBoolean()).isTrue();
        assertThat(result.get("reproduced").asBoolean()).isTrue();
        assertThat(result.get("anchored").asBoolean()).isFalse();
        assertThat(result.get("entries").asLong()).isEqualTo(6);
        assertThat(result.get("payments").asLong()).isEqualTo(2);
        assertThat(result.get("broken").asLong()).isZero();
        assertThat(text.out()).contains("Intact: yes", "Reproduced: yes", "Anchored: no");
    }

    @Test
    void one_changed_byte_of_a_stored_entry_is_named() {
        KafkaSettings ledger = ledger(records -> {
            // The last bytes of an entry are its hash, so this changes a byte of what the hash is about.
            byte[] changed = records.get(1).getValue().clone();
            changed[changed.length / 2] ^= 1;
            records.set(1, Map.entry(records.get(1).getKey(), changed));
        });

        JsonNode named = onlyBreak(verify(ledger, "--json"));

        assertThat(named.get("payment").asText()).isEqualTo(LedgerOf.payment(FIRST));
        assertThat(named.get("code").asText()).isIn("hash-mismatch", "unreadable");
        assertThat(named.get("sequence").asLong()).isEqualTo(2);
    }

    @Test
    void a_changed_byte_is_named_wherever_in_the_entry_it_is() {
        byte[] stored = CODEC.encode(LedgerOf.approved(FIRST).get(1));
        List<Map.Entry<String, byte[]>> forged = new ArrayList<>();
        for (int i = 0; i < stored.length; i += 7) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            forged.add(Map.entry(LedgerOf.payment(FIRST) + i, changed));
        }
        KafkaSettings ledger = kafka.installation(Topics.PAYMENT_LEDGER);
        TestKafka.write(ledger, Topics.PAYMENT_LEDGER, forged);

        JsonNode result = verify(ledger, "--json").json();

        List<String> damaged = new ArrayList<>();
        result.get("breaks").forEach(found -> {
            if (List.of("hash-mismatch", "unreadable")
                    .contains(found.get("code").asText())) {
                damaged.add(found.get("payment").asText());
            }
        });
        assertThat(damaged)
                .containsExactlyInAnyOrderElementsOf(
                        forged.stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void a_dropped_entry_is_named_by_the_gap_it_leaves() {
        KafkaSettings ledger = ledger(records -> records.remove(1));

        JsonNode named = onlyBreak(verify(ledger, "--json"));

        assertThat(named.get("code").asText()).isEqualTo("sequence-gap");
        assertThat(named.get("sequence").asLong()).isEqualTo(3);
    }

    @Test
    void swapped_entries_are_named() {
        KafkaSettings ledger = ledger(records -> Collections.swap(records, 1, 2));

        JsonNode result = fails(verify(ledger, "--json"));

        assertThat(result.get("breaks").findValuesAsText("code")).containsExactly("sequence-gap", "out-of-order");
    }

    @Test
    void a_repeated_entry_is_named() {
        KafkaSettings ledger = ledger(records -> records.add(2, records.get(1)));

        JsonNode named = onlyBreak(verify(ledger, "--json"));

        assertThat(named.get("code").asText()).isEqualTo("repeated");
        assertThat(named.get("sequence").asLong()).isEqualTo(2);
    }

    @Test
    void an_entry_of_one_payment_filed_under_another_is_named() {
        KafkaSettings ledger = ledger(records ->
                records.set(5, Map.entry(LedgerOf.payment(FIRST), records.get(5).getValue())));

        JsonNode result = fails(verify(ledger, "--json"));

        assertThat(result.get("breaks").findValuesAsText("code")).contains("key-mismatch");
    }

    @Test
    void what_is_broken_is_named_for_people_too() {
        CommandRun run = verify(ledger(records -> records.remove(1)));

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(run.out()).contains("Intact: NO", LedgerOf.payment(FIRST) + " entry 3", "sequence-gap");
    }

    @Test
    void an_installation_without_a_ledger_is_not_verified() {
        CommandRun run = verify(kafka.installation(), "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("topic-missing: ");
    }

    @Test
    void a_story_is_found_by_payment_id_by_order_uuid_and_by_a_beginning() {
        KafkaSettings ledger = ledger(records -> {});

        for (String id : List.of(
                LedgerOf.payment(SECOND),
                SECOND,
                SECOND.toUpperCase(Locale.ROOT),
                "11111111-b",
                "demo-shop~11111111-bb")) {
            CommandRun run = show(ledger, id, "--json");

            assertThat(run.exit()).as(id).isEqualTo(ExitCodes.HOLDS);
            assertThat(run.json().get("payment").asText()).isEqualTo(LedgerOf.payment(SECOND));
        }
    }

    @Test
    void a_story_tells_each_entry_with_its_verdict_and_commands() {
        JsonNode story = show(ledger(records -> {}), FIRST, "--json").json();

        assertThat(story.get("state").asText()).isEqualTo("approved");
        assertThat(story.get("amount").asText()).isEqualTo("49.90");
        assertThat(story.get("currency").asText()).isEqualTo("CAD");
        assertThat(story.get("environment").asText()).isEqualTo("sandbox");
        assertThat(story.get("open_cases")).isEmpty();
        JsonNode entries = story.get("entries");
        assertThat(entries.findValuesAsText("event")).containsExactly("checkout", "cashier-result", "webhook");
        assertThat(entries.findValuesAsText("verdict")).containsOnly("applied");
        assertThat(entries.findValuesAsText("topic"))
                .containsExactly("payment-events", "cashier-results", "payment-internal");
        assertThat(entries.get(0).get("commands").get(0).get("words").asText())
                .isEqualTo("ask the Cashier for a page of PAYONE, 49.90 CAD, attempt 1");
        assertThat(entries.get(2).get("commands").findValuesAsText("words"))
                .contains("tell the shop approved, if the order is still pending");
    }

    @Test
    void a_story_tells_which_route_was_chosen_and_why_the_others_were_not() {
        KafkaSettings ledger = written(LedgerOf.fellBack(FIRST).stream()
                .map(entry -> Map.entry(LedgerOf.payment(FIRST), CODEC.encode(entry)))
                .toList());

        JsonNode entries = show(ledger, FIRST, "--json").json().get("entries");

        assertThat(entries.get(0).get("words").asText())
                .contains("CLEO (not: currency), PAYONE, GIGADAT (missing: phone), TRUST");
        assertThat(entries.get(0).get("commands").get(0).get("words").asText())
                .contains("a page of PAYONE", "attempt 1");
        assertThat(entries.get(1).get("words").asText()).contains("PSP_CONFIG_MISSING");
        assertThat(entries.get(1).get("commands").get(0).get("words").asText())
                .contains("a page of TRUST", "attempt 2");
        JsonNode first = entries.get(0).get("routing");
        assertThat(first.get("route").asInt()).isEqualTo(2);
        assertThat(first.get("provider").asText()).isEqualTo("PAYONE");
        assertThat(first.get("because").asText()).isEqualTo("first-in-order");
        JsonNode next = entries.get(1).get("routing");
        assertThat(next.get("provider").asText()).isEqualTo("TRUST");
        assertThat(next.get("because").asText()).isEqualTo("next-in-order");
        assertThat(next.get("after").asText()).isEqualTo("configuration-missing");
        JsonNode passed = next.get("passed_over").get(0);
        assertThat(passed.get("route").asInt()).isEqualTo(3);
        assertThat(passed.get("provider").asText()).isEqualTo("GIGADAT");
        assertThat(passed.get("reason").asText()).isEqualTo("needs-from-buyer");
        assertThat(passed.get("details").get(0).asText()).isEqualTo("phone");
    }

    @Test
    void a_story_tells_a_person_which_route_was_passed_over_and_why() {
        KafkaSettings ledger = written(LedgerOf.fellBack(FIRST).stream()
                .map(entry -> Map.entry(LedgerOf.payment(FIRST), CODEC.encode(entry)))
                .toList());

        assertThat(show(ledger, FIRST).out())
                .contains(
                        "| route 2 (PAYONE) chosen: first-in-order; route 1 (CLEO) passed over: not-eligible (currency) |",
                        "| route 4 (TRUST) chosen: next-in-order, after configuration-missing;"
                                + " route 3 (GIGADAT) passed over: needs-from-buyer (phone) |");
    }

    @Test
    void a_story_is_one_line_an_entry_and_shows_nothing_sealed_and_nothing_a_terminal_obeys() {
        CommandRun run = show(ledger(records -> {}), FIRST);

        assertThat(run.out().lines().filter(line -> line.startsWith("2026-03-01T10:0")))
                .hasSize(3);
        assertThat(run.out())
                .contains("invoice M-1234567890-1234567890 for 49.90 CAD at \"Demo ?[31mshop\"")
                .doesNotContain(LedgerOf.SEALED_TEXT, "\u001b");
    }

    @Test
    void a_story_marks_a_changed_entry_and_does_not_claim_a_state_after_it() {
        KafkaSettings ledger = ledger(records -> records.remove(1));

        CommandRun run = show(ledger, FIRST, "--json");

        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        JsonNode story = run.json();
        assertThat(story.get("intact_and_reproduced").asBoolean()).isFalse();
        assertThat(story.get("state").asText()).isEqualTo("in-progress");
        assertThat(story.get("entries").get(1).get("marks")).hasSize(1);
    }

    @Test
    void a_beginning_that_fits_several_payments_names_them() {
        CommandRun run = show(ledger(records -> {}), "11111111");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err())
                .startsWith("payment-ambiguous: ")
                .contains(LedgerOf.payment(FIRST), LedgerOf.payment(SECOND));
    }

    @Test
    void an_unknown_payment_is_said_to_be_unknown() {
        CommandRun run = show(ledger(records -> {}), "99999999-aaaa-4111-8000-000000000001");

        assertThat(run.exit()).isEqualTo(ExitCodes.CANNOT_RUN);
        assertThat(run.err()).startsWith("payment-not-found: ");
    }

    /** An installation whose ledger holds two payments of three entries each, after a change to what is stored. */
    private KafkaSettings ledger(Consumer<List<Map.Entry<String, byte[]>>> change) {
        List<Map.Entry<String, byte[]>> records = new ArrayList<>();
        for (String order : List.of(FIRST, SECOND)) {
            LedgerOf.approved(order)
                    .forEach(entry -> records.add(Map.entry(LedgerOf.payment(order), CODEC.encode(entry))));
        }
        change.accept(records);
        return written(records);
    }

    private KafkaSettings written(List<Map.Entry<String, byte[]>> records) {
        KafkaSettings installation = kafka.installation(Topics.PAYMENT_LEDGER);
        TestKafka.write(installation, Topics.PAYMENT_LEDGER, records);
        return installation;
    }

    private static JsonNode onlyBreak(CommandRun run) {
        JsonNode result = fails(run);
        assertThat(result.get("broken").asLong()).isEqualTo(1);
        return result.get("breaks").get(0);
    }

    private static JsonNode fails(CommandRun run) {
        assertThat(run.exit()).isEqualTo(ExitCodes.DOES_NOT_HOLD);
        JsonNode result = run.json();
        assertThat(result.get("verified").asBoolean()).isFalse();
        assertThat(result.get("intact").asBoolean()).isFalse();
        return result;
    }

    private static CommandRun verify(KafkaSettings ledger, String... more) {
        return CommandRun.of(new AuditCommand(), more, arguments(ledger, "verify"));
    }

    private static CommandRun show(KafkaSettings ledger, String id, String... more) {
        return CommandRun.of(new AuditCommand(), more, arguments(ledger, "show", id));
    }

    private static String[] arguments(KafkaSettings ledger, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(TestKafka.options(ledger)));
        return all.toArray(String[]::new);
    }
}

package dev.intermezzo.orchestrator.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TransitionTableTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/intermezzo/orchestrator/payment/PaymentState.java");

    @Test
    void the_diagram_in_the_javadoc_is_the_tables() throws IOException {
        String javadoc = Files.readString(SOURCE);
        String diagram = javadoc.substring(javadoc.indexOf("<pre>{@code\n"), javadoc.indexOf(" * }</pre>"));

        String drawn = diagram.lines()
                .skip(1)
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));

        assertThat(drawn).isEqualTo(TransitionTable.diagram());
    }

    @Test
    void approved_is_left_for_the_archive_only() {
        assertThat(TransitionTable.transitions())
                .filteredOn(each -> each.from() == StateKind.APPROVED)
                .extracting(TransitionTable.Transition::to)
                .containsExactly(StateKind.RETIRED);
    }

    @Test
    void a_transition_that_is_not_listed_is_not_allowed() {
        assertThat(TransitionTable.allows(StateKind.APPROVED, EventKind.WEBHOOK, StateKind.NOT_PAID))
                .isFalse();
        assertThat(TransitionTable.allows(StateKind.NOT_PAID, EventKind.WEBHOOK, StateKind.APPROVED))
                .isTrue();
    }

    @Test
    void every_reason_has_a_code_of_its_own_and_a_sentence() {
        assertThat(Reason.values()).extracting(Reason::code).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Reason.values()))
                .allSatisfy(reason -> assertThat(reason.sentence()).matches("[A-Z].*[a-z]\\."));
        assertThat(Arrays.stream(Reason.values()))
                .allSatisfy(reason -> assertThat(reason.code()).matches("[a-z]+(-[a-z0-9]+)*"));
    }
}

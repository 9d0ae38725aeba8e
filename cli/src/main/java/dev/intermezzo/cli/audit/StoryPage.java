package dev.intermezzo.cli.audit;

import dev.intermezzo.cli.audit.Story.Chapter;
import dev.intermezzo.cli.audit.Story.Told;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.orchestrator.payment.Case;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** A story as a person reads it, and as a script does. */
final class StoryPage {
    private final Story story;

    StoryPage(Story story) {
        this.story = story;
    }

    void print(Output output) {
        output.line("Payment " + Words.plain(story.payment()));
        output.line("  merchant %s, %s%s%s"
                .formatted(
                        Words.plain(story.merchantId()),
                        story.environment(),
                        story.amount().map(amount -> ", " + Words.money(amount)).orElse(""),
                        story.invoice()
                                .map(invoice -> ", invoice " + Words.plain(invoice))
                                .orElse("")));
        output.line("  %s, %d entries, %s"
                .formatted(
                        state(),
                        story.chapters().size(),
                        story.whole()
                                ? "intact and decided the same by this build"
                                : "NOT as it was written or decided: see the marked entries"));
        story.openCases().forEach(open -> output.line("  open case " + sentence(open)));
        output.line("");
        story.chapters().forEach(chapter -> output.line(line(chapter)));
    }

    private String state() {
        return story.stateKind().map(kind -> "state " + Words.word(kind)).orElse("state unknown");
    }

    private static String sentence(Case open) {
        Money received = open.received();
        return "%s: %s%s%s%s (%s)"
                .formatted(
                        Words.word(open.kind()),
                        open.reason(),
                        open.detail().isEmpty() ? "" : ", " + Words.plain(open.detail()),
                        open.attempt() == 0 ? "" : ", attempt " + open.attempt(),
                        received == null ? "" : ", received " + Words.money(received),
                        open.id());
    }

    private static String line(Chapter chapter) {
        StringBuilder words = new StringBuilder(chapter.words());
        if (!chapter.verdict().isEmpty()) {
            words.append(" | ").append(chapter.verdict());
        }
        if (!chapter.code().isEmpty()) {
            words.append(' ').append(Words.plain(chapter.code()));
        }
        if (chapter.routing() != null) {
            words.append(" | ").append(RoutingWords.of(chapter.routing()));
        }
        if (!chapter.commands().isEmpty()) {
            words.append(" | ")
                    .append(chapter.commands().stream()
                            .map(command -> command.words().isEmpty() ? command.id() : command.words())
                            .collect(Collectors.joining("; ")));
        }
        chapter.marks().forEach(mark -> words.append(" !! ").append(mark));
        return "%-27s %4d  %-16s %-18s %s"
                .formatted(
                        chapter.occurredAt() == null ? "" : chapter.occurredAt().toString(),
                        chapter.sequence(),
                        chapter.topic(),
                        chapter.event(),
                        words)
                .stripTrailing();
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("payment", story.payment());
        fields.put("merchant", story.merchantId());
        fields.put("environment", story.environment());
        story.stateKind().ifPresent(kind -> fields.put("state", Words.word(kind)));
        story.amount().ifPresent(amount -> {
            fields.put("amount", amount.getAmount().toPlainString());
            fields.put("currency", amount.getCurrencyUnit().getCode());
        });
        story.invoice().ifPresent(invoice -> fields.put("invoice", invoice));
        fields.put("intact_and_reproduced", story.whole());
        fields.put("open_cases", story.openCases().stream().map(StoryPage::row).toList());
        fields.put("entries", story.chapters().stream().map(StoryPage::row).toList());
        return fields;
    }

    private static Map<String, Object> row(Case open) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", open.id());
        row.put("kind", Words.word(open.kind()));
        row.put("reason", open.reason());
        row.put("detail", open.detail());
        row.put("attempt", open.attempt());
        row.put("opened_at", open.openedAt().toString());
        return row;
    }

    private static Map<String, Object> row(Chapter chapter) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sequence", chapter.sequence());
        row.put(
                "occurred_at",
                chapter.occurredAt() == null ? "" : chapter.occurredAt().toString());
        row.put("topic", chapter.topic());
        row.put("event", chapter.event());
        row.put("words", chapter.words());
        row.put("verdict", chapter.verdict());
        row.put("code", chapter.code());
        if (chapter.routing() != null) {
            row.put("routing", RoutingWords.row(chapter.routing()));
        }
        row.put("commands", commands(chapter.commands()));
        row.put("marks", chapter.marks());
        return row;
    }

    private static List<Map<String, String>> commands(List<Told> commands) {
        return commands.stream()
                .map(command -> Map.of("id", command.id(), "words", command.words()))
                .toList();
    }
}

package dev.intermezzo.runtime.kafka;

import java.util.List;
import java.util.stream.Collectors;

/** Topics that a stage needs are missing or misconfigured; the message names each. */
public final class TopicsUnfitException extends RuntimeException {
    private final transient List<TopicProblem> problems;

    TopicsUnfitException(List<TopicProblem> problems) {
        super(problems.stream()
                .map(TopicProblem::sentence)
                .collect(Collectors.joining("\n  ", "Topics are not as this stage needs them:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    public List<TopicProblem> problems() {
        return problems;
    }
}

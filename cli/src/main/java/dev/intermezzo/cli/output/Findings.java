package dev.intermezzo.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Collects what checks find: problems, which decide the exit code, and notes, which do not. Used by one thread. */
public final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @see Problem */
    public void problem(String where, String code, String sentence, String remedy) {
        problems.add(new Problem(where, code, sentence, remedy));
    }

    /** Something good to know that needs no act. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Prints both for people, and returns the exit code. */
    public int print(Output output) {
        notes.forEach(note -> output.line("  note  " + note));
        problems.forEach(problem -> {
            output.line("  PROBLEM  " + problem);
            output.line("           " + problem.remedy());
        });
        output.line(
                problems.isEmpty()
                        ? "No problems."
                        : problems.size() == 1 ? "1 problem." : problems.size() + " problems.");
        return problems.isEmpty() ? ExitCodes.HOLDS : ExitCodes.DOES_NOT_HOLD;
    }
}

package dev.intermezzo.partners.mozarto;

import java.util.List;

/** The provider catalogue is unusable; all its problems are told at once, each with its file. */
public final class CatalogueException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** The problems, one sentence each. */
    private final List<String> problems;

    CatalogueException(List<String> problems) {
        super("The provider catalogue has " + problems.size() + " problem(s):\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem. */
    public List<String> problems() {
        return problems;
    }
}

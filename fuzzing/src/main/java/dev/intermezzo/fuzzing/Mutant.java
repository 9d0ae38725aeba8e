package dev.intermezzo.fuzzing;

import java.util.ArrayList;
import java.util.List;

/**
 * An input made from an example of a corpus. It keeps its mutations, so that a failing one shrinks to those that matter.
 */
public final class Mutant {

    private final Corpus corpus;
    private final int example;
    private final List<Mutation> mutations;

    Mutant(Corpus corpus, int example, List<Mutation> mutations) {
        this.corpus = corpus;
        this.example = example;
        this.mutations = List.copyOf(mutations);
    }

    /** The input; at most {@link Mutation#LONGEST} bytes unless the example itself is longer. */
    public byte[] bytes() {
        byte[] bytes = corpus.example(example);
        for (Mutation mutation : mutations) {
            bytes = mutation.apply(bytes, corpus);
        }
        return bytes.clone();
    }

    /** This input without one of its mutations, for each of them: for targets that do not run under jqwik. */
    public List<Mutant> simpler() {
        List<Mutant> simpler = new ArrayList<>();
        for (int left = 0; left < mutations.size(); left++) {
            List<Mutation> others = new ArrayList<>(mutations);
            others.remove(left);
            simpler.add(new Mutant(corpus, example, others));
        }
        return simpler;
    }

    @Override
    public String toString() {
        return Line.of(bytes());
    }
}

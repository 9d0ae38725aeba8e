package dev.intermezzo.ingress.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something the reader can do. */
sealed interface Action {

    /** Go to an address: a page of ours or one that was verified. */
    record Link(String label, String address, boolean primary) implements Action {}

    /**
     * Ask for something to happen.
     *
     * @param confirmation what has to be ticked first; absent when nothing has
     * @param methods to choose from; shown when there are several
     * @param begins number of the attempt that this asks for; 0: it asks for none
     */
    record Post(
            String label,
            String address,
            boolean primary,
            @Nullable Confirmation confirmation,
            List<Choice> methods,
            int begins)
            implements Action {

        /**
         * Something to be ticked.
         *
         * @param problem what was wrong with it the last time, else empty
         */
        record Confirmation(String label, String problem) {}

        static Post of(String label, String address, boolean primary) {
            return new Post(label, address, primary, null, List.of(), 0);
        }
    }
}

package dev.intermezzo.runtime.pump;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a record asks for, once it has been read.
 *
 * @param share whose time it takes, such as a provider's: works of one share hold only so many of a pump's slots at once.
 *     Null: nobody's, bounded by the slots alone
 * @param act does it; called on a virtual thread, may block; called again after it threw or its stage failed
 * @param <T> what the stage completes with; not looked at
 */
public record Work<T>(@Nullable String share, Supplier<? extends CompletionStage<T>> act) {

    /** Work that waits for nobody outside. */
    public static <T> Work<T> of(Supplier<? extends CompletionStage<T>> act) {
        return new Work<>(null, act);
    }
}

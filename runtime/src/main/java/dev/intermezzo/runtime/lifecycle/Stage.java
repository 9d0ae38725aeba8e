package dev.intermezzo.runtime.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** One running part of the pipeline. Its methods may be called by any thread. */
public interface Stage extends AutoCloseable {

    /** Name in logs and in {@code /ready}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Begins to work and returns without waiting until it is ready.
     *
     * @throws RuntimeException when it can never become ready as it is configured
     */
    void start();

    /** It does its work now: what it follows is caught up, what it calls is warm. */
    boolean ready();

    /** A sentence when not {@link #ready()}, else empty. */
    String notReadyBecause();

    /** What an operator should know of a stage that may be ready all the same; {@code /ready} shows it and stays 200. */
    default List<String> notes() {
        return List.of();
    }

    /** Registers what it measures; called once, before it starts. */
    default void measure(MeterRegistry meters) {}

    /** False once it has failed for good, so that whoever runs the process starts it anew. */
    default boolean alive() {
        return true;
    }

    /** Stops in an orderly way, in bounded time; a second call does nothing. */
    @Override
    void close();
}

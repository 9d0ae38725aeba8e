package dev.intermezzo.ingress.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that tells something and offers what can be done about it.
 *
 * @param waiting whether it shows that something is going on
 * @param code stable code of an error, else empty
 */
record Notice(
        boolean waiting, List<String> sentences, @Nullable OrderSummary order, List<Action> actions, String code) {}

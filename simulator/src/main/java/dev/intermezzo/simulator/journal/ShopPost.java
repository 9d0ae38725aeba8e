package dev.intermezzo.simulator.journal;

import dev.intermezzo.schemas.avro.NotifyStatus;
import java.time.Instant;

/**
 * One POST, or the try of one.
 *
 * @param due id of the due message it carries out
 * @param began when its first byte was sent
 * @param ended when it was answered, or given up
 * @param reached the shop got it
 * @param applied the shop took the status over
 */
public record ShopPost(
        String due,
        String request,
        NotifyStatus status,
        boolean checkPending,
        Instant began,
        Instant ended,
        boolean reached,
        boolean applied) {}

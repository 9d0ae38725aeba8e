package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.faults.NotifyFault;
import java.time.Instant;

/**
 * One POST to the notify address, as the shop saw it.
 *
 * @param at when it arrived
 * @param orderUuid as received; empty when absent
 * @param status as received; empty when absent
 * @param checkPending whether {@code check_pending} was {@code 1}
 * @param signatureValid whether the signature over all received fields is right
 * @param fault the planned fault that struck it
 * @param answered HTTP status; 0 when no answer was given
 */
public record NotifyCall(
        Instant at,
        String orderUuid,
        String status,
        boolean checkPending,
        boolean signatureValid,
        NotifyFault fault,
        NotifyEffect effect,
        int answered) {}

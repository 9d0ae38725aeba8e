package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.log.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command that was executed twice is reported twice under one id, and may have opened two transactions. What is told is what
 * the first report in the log says; the second is a repeat to everybody who reads it.
 */
final class FirstAnswers {
    private final Map<String, Optional<CashierTransaction>> first = new HashMap<>();
    private final Set<String> reported = new HashSet<>();

    void start(World world) {
        world.tail(Topics.CASHIER_RESULTS, this::read);
    }

    /** A report is about to be written. */
    void writing(String result, @Nullable CashierTransaction transaction) {
        first.putIfAbsent(result, Optional.ofNullable(transaction));
    }

    private void read(Entry entry, CashierResult result) {
        if (reported.add(result.getId())
                && result.getBody() instanceof AnsweredAtOnce once
                && once.getStatus() == TransactionStatus.APPROVED) {
            first.getOrDefault(result.getId(), Optional.empty()).ifPresent(CashierTransaction::tellApproval);
        }
    }
}

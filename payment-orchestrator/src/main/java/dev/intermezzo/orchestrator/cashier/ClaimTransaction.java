package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import dev.intermezzo.schemas.avro.ExecutionStarted;
import dev.intermezzo.schemas.avro.InternalEvent;
import dev.intermezzo.schemas.avro.PayOut;
import java.time.Instant;

/**
 * What is committed before a command that moves money may be called (payments, "Calling the Cashier"): its claim, the echo that
 * tells the state machine, and its place among the commands, in one transaction. Without Kafka: the executor and the simulator
 * both write it so.
 */
public final class ClaimTransaction {
    private ClaimTransaction() {}

    /**
     * Where it is written. Whatever fails is thrown; whether the transaction was committed is then not known.
     *
     * @param <P> where a record comes to lie
     */
    public interface Log<P> {
        void begin();

        P claim(ExecutionClaim claim);

        void echo(InternalEvent started);

        /** The command's place is done with, if this process still has the partition. */
        void take();

        void commit();
    }

    /** Where the claim came to lie; it is committed then. */
    public static <P> P write(ExecutionClaim claim, Log<P> log) {
        log.begin();
        P claimed = log.claim(claim);
        log.echo(echo(claim));
        log.take();
        log.commit();
        return claimed;
    }

    /** @param executor name of the instance that claims */
    public static ExecutionClaim claimOf(CashierCommand command, String executor, Instant at) {
        return ExecutionClaim.newBuilder()
                .setCommandId(command.getId())
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(at)
                .setExecutor(executor)
                .setAttempt(command.getAttempt())
                .setProvider(command.getProvider())
                .setAccount(command.getAccount())
                .setAmount(command.getAmount())
                .setDestination(destination(command))
                .setOutcome(null)
                .build();
    }

    /** The merchant's name of whom a command pays; empty when it pays a payment's own buyer, or nobody. */
    static String destination(CashierCommand command) {
        return command.getBody() instanceof PayOut payOut && payOut.getDestination() != null
                ? payOut.getDestination().getName()
                : "";
    }

    /** Each executor's echo has an id of its own: that a command was started twice must not look like a repeat. */
    private static InternalEvent echo(ExecutionClaim claim) {
        return InternalEvent.newBuilder()
                .setId(claim.getCommandId() + ":started:" + claim.getExecutor())
                .setPaymentId(claim.getPaymentId())
                .setMerchantId(claim.getMerchantId())
                .setEnvironment(claim.getEnvironment())
                .setOccurredAt(claim.getOccurredAt())
                .setBody(new ExecutionStarted(claim.getCommandId(), claim.getAttempt()))
                .build();
    }
}

package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.CashierResult;
import dev.intermezzo.schemas.avro.ExecutionClaim;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecordBase;

/** Results as the executors write them. */
final class Reports {
    private Reports() {}

    static CashierResult of(CashierCommand command, SpecificRecordBase fact, int httpStatus, Instant at) {
        return CashierResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(at)
                .setCommandId(command.getId())
                .setAttempt(command.getAttempt())
                .setProvider(command.getProvider())
                .setAccount(command.getAccount())
                .setHttpStatus(httpStatus)
                .setDurationMillis(0)
                .setBody(fact)
                .build();
    }

    /** Of a command of which only the claim is left. */
    static CashierResult of(ExecutionClaim claim, SpecificRecordBase fact, Instant at) {
        return CashierResult.newBuilder()
                .setId(Ids.result(claim.getCommandId()))
                .setPaymentId(claim.getPaymentId())
                .setMerchantId(claim.getMerchantId())
                .setEnvironment(claim.getEnvironment())
                .setOccurredAt(at)
                .setCommandId(claim.getCommandId())
                .setAttempt(claim.getAttempt())
                .setProvider(claim.getProvider())
                .setAccount(claim.getAccount())
                .setHttpStatus(0)
                .setDurationMillis(0)
                .setBody(fact)
                .build();
    }
}

package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.ShopCommand;
import dev.intermezzo.schemas.avro.ShopResult;
import dev.intermezzo.schemas.avro.ShopUnreachable;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command, one fact. This build does not speak the Store API: a comparison is reported as one that could not be made, and
 * the state machine asks a few times more and then puts the payment under review. A silent executor would leave the buyer
 * waiting until the command's end, and one that says "equal" would let money move unasked.
 */
final class ShopExecution {
    /** The command came too late to be of use. */
    static final String EXPIRED = "expired";

    /** The shop's Store API is not part of this build. */
    static final String NOT_SUPPORTED = "store-api-not-supported";

    private static final Logger LOG = LoggerFactory.getLogger(ShopExecution.class);

    private final InstantSource clock;

    ShopExecution(InstantSource clock) {
        this.clock = clock;
    }

    ShopResult execute(ShopCommand command) {
        String code = clock.instant().isAfter(command.getNotAfter()) ? EXPIRED : NOT_SUPPORTED;
        LOG.atWarn()
                .addKeyValue("payment", command.getPaymentId())
                .addKeyValue("merchant", command.getMerchantId())
                .addKeyValue("command", command.getId())
                .addKeyValue("code", code)
                .log("shop command not executed");
        return ShopResult.newBuilder()
                .setId(Ids.result(command.getId()))
                .setPaymentId(command.getPaymentId())
                .setMerchantId(command.getMerchantId())
                .setEnvironment(command.getEnvironment())
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setCommandId(command.getId())
                .setBody(new ShopUnreachable(code))
                .build();
    }
}

package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerDetailsJson;
import dev.intermezzo.partners.mozarto.Instrument;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.merchants.DestinationState;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Destination;
import dev.intermezzo.schemas.avro.DestinationRef;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.SealedData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens whom a command is about: the payment's buyer, from what came along with the command, or the payee of a named
 * destination, from the merchant's record as it is now.
 */
final class CounterpartyOpener {
    private final BuyerOpener buyers;

    CounterpartyOpener(BuyerOpener buyers) {
        this.buyers = buyers;
    }

    /**
     * Why nothing may be paid to a command's destination at this moment; empty when it may, or when the command names none.
     * Whoever asked was told the same, but asked before: what counts is when the money is about to move.
     */
    static Optional<String> obstacle(CashierCommand command, Merchant merchant, Instant now) {
        DestinationRef wanted = destination(command);
        if (wanted == null) {
            return Optional.empty();
        }
        if (merchant.getPayOuts() == null || merchant.getPayOuts().getPerDestination() == null) {
            return Optional.of("pay-outs-disabled");
        }
        Optional<Destination> known = DestinationState.find(merchant, wanted.getName());
        if (known.isEmpty()) {
            return Optional.of("destination-unknown");
        }
        Destination destination = known.get();
        boolean same = destination.getRevision().equals(wanted.getRevision())
                && destination.getProvider().equals(command.getProvider())
                && merchant.getAccount().equals(command.getAccount());
        if (!same) {
            return Optional.of("destination-changed");
        }
        return Optional.of(DestinationState.of(destination, now).code()).filter(code -> !code.isEmpty());
    }

    /** @throws SealingException when it is not there, or not openable */
    Payee open(CashierCommand command, Merchant merchant) {
        DestinationRef wanted = destination(command);
        return wanted == null
                ? new Payee(buyer(command), instrument(command))
                : payee(command.getMerchantId(), merchant, wanted);
    }

    private Payee payee(String merchantId, Merchant merchant, DestinationRef wanted) {
        Destination destination = DestinationState.find(merchant, wanted.getName())
                .filter(known -> known.getRevision().equals(wanted.getRevision()))
                .orElseThrow(() -> new SealingException("The destination is not the one that was asked for."));
        byte[] opened = buyers.open(
                MerchantKeys.destination(merchantId, destination.getName(), destination.getRevision()),
                destination.getDetails(),
                List.of(destination.getKey()));
        return Payee.read(opened).orElseThrow(() -> new SealingException("The destination's details are unreadable."));
    }

    private BuyerDetails buyer(CashierCommand command) {
        BuyerDetails known = BuyerDetails.none();
        for (SealedData part : parts(command, BuyerDetailsJson.PURPOSE)) {
            byte[] opened = buyers.open(command.getPaymentId(), part, command.getBuyerKeys());
            known = known.updatedBy(BuyerDetailsJson.read(opened).orElse(BuyerDetails.none()));
        }
        return known;
    }

    private Instrument instrument(CashierCommand command) {
        return parts(command, Instrument.Voucher.PURPOSE).stream()
                .map(part -> buyers.open(command.getPaymentId(), part, command.getBuyerKeys()))
                .<Instrument>map(opened -> new Instrument.Voucher(new String(opened, StandardCharsets.UTF_8)))
                .findFirst()
                .orElseGet(Instrument.None::new);
    }

    private static List<SealedData> parts(CashierCommand command, String purpose) {
        return command.getBuyer().stream()
                .filter(part -> part.getPurpose().equals(purpose))
                .toList();
    }

    private static @Nullable DestinationRef destination(CashierCommand command) {
        return command.getBody() instanceof PayOut payOut ? payOut.getDestination() : null;
    }
}

package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.BuyerSealer;
import dev.intermezzo.runtime.sealing.SealedBuyer;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.Destination;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Seals a payee for the cashier executor alone, beside what the details that somebody else brings are compared with. */
final class DestinationSealer {
    private static final int REVISION_BYTES = 8;
    private static final String CHECK = "destination-check";

    private final BuyerSealer payees;
    private final SecretSealer checks;
    private final SecureRandom random;

    /** @param keys with those of merchants' secrets, and the public one of the executor */
    DestinationSealer(SealingKeys keys, SecureRandom random) {
        this.payees = new BuyerSealer(keys);
        this.checks = new SecretSealer(keys);
        this.random = random;
    }

    /** A new revision, which nobody has approved. */
    Destination seal(String merchantId, String name, String provider, Payee payee, String addedBy, Instant addedAt) {
        byte[] drawn = new byte[REVISION_BYTES];
        random.nextBytes(drawn);
        String revision = HexFormat.of().formatHex(drawn);
        String owner = MerchantKeys.destination(merchantId, name, revision);
        byte[] details = payee.json();
        SealedBuyer sealed = payees.seal(owner, Payee.PURPOSE, details);
        return Destination.newBuilder()
                .setName(name)
                .setRevision(revision)
                .setProvider(provider)
                .setDetails(sealed.data())
                .setKey(sealed.key())
                .setCheck(checks.seal(owner, CHECK, revision, RecordWriter.sha256(details)))
                .setAddedAt(addedAt.truncatedTo(ChronoUnit.MICROS))
                .setAddedBy(addedBy)
                .setApprovedBy(null)
                .build();
    }

    /**
     * Whether the destination is this very payee.
     *
     * @throws CommandFailure {@code keys-other}
     */
    boolean isOf(String merchantId, Destination known, Payee payee) {
        String owner = MerchantKeys.destination(merchantId, known.getName(), known.getRevision());
        try {
            return MessageDigest.isEqual(checks.open(owner, known.getCheck()), RecordWriter.sha256(payee.json()));
        } catch (SealingException e) {
            throw new CommandFailure(
                    "keys-other", "These keys did not seal the destination; name the installation's with --keys.", e);
        }
    }
}

package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/**
 * Names for the addresses that buyers come from, under which topics may speak of them: the same for the same address, and
 * no way back without the key.
 */
public final class AddressNames {
    private static final int NAME_BYTES = 16;

    private final PrfSet keys;

    /** Needs {@link Keyset#REFERENCES}. */
    public AddressNames(SealingKeys keys) {
        this.keys = keys.prf(Keyset.REFERENCES);
    }

    /** 32 hexadecimal digits. Another primary key makes every address a new one. */
    public String of(String address) {
        byte[] content = Context.of("address-name", address);
        try {
            return HexFormat.of().formatHex(keys.computePrimary(content, NAME_BYTES));
        } catch (GeneralSecurityException e) {
            throw new SealingException("An address could not be named.", e);
        }
    }
}

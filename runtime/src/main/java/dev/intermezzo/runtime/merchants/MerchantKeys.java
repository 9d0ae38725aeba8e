package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;

/** Keys of the {@code merchants} topic; also the owner id under which a record's secrets are sealed. */
public final class MerchantKeys {
    private MerchantKeys() {}

    /** {@code account:<id>}, {@code merchant:<id>} or {@code integration:<id>}. */
    public static String key(MerchantRecord record) {
        return switch (record.getBody()) {
            case CashierAccount account -> account(record.getId());
            case Merchant merchant -> merchant(record.getId());
            case Integration integration -> integration(record.getId());
            default -> throw new IllegalArgumentException("A merchants record has no body that is known.");
        };
    }

    public static String account(String id) {
        return "account:" + id;
    }

    public static String merchant(String id) {
        return "merchant:" + id;
    }

    public static String integration(String id) {
        return "integration:" + id;
    }

    /** What a destination's details are sealed for: no other merchant's, name's or revision's can be put in their place. */
    public static String destination(String merchantId, String name, String revision) {
        return "destination:" + merchantId + '~' + name + '~' + revision;
    }
}

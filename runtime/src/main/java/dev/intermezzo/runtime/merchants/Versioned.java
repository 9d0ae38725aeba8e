package dev.intermezzo.runtime.merchants;

import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.MerchantRecord;

/**
 * A record of the {@code merchants} topic with its body as what it is.
 *
 * @param record the envelope: id, environment, revision
 * @param body the account, merchant or integration itself
 */
public record Versioned<T>(MerchantRecord record, T body) {
    public String id() {
        return record.getId();
    }

    public Environment environment() {
        return record.getEnvironment();
    }

    /** Changes with every edit; named by payment plans. */
    public String revision() {
        return record.getRevision();
    }
}

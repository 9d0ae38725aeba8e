package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.schemas.WireMoney;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Money in the auditor's memory of a payment, where null says that there is none. */
final class StoredMoney {
    private StoredMoney() {}

    static @Nullable Money read(dev.intermezzo.schemas.avro.@Nullable Money stored) {
        return stored == null ? null : WireMoney.read(stored);
    }

    static dev.intermezzo.schemas.avro.@Nullable Money write(@Nullable Money money) {
        return money == null ? null : WireMoney.of(money);
    }
}

package dev.intermezzo.cli.fleet;

import dev.intermezzo.cli.stage.StageRole;
import java.util.Locale;

/** What a process of a fleet is. */
public enum Kind {
    BROKER,
    INGRESS,
    ORCHESTRATOR,
    CASHIER,
    SHOP,
    NOTIFIER,
    AUDITOR;

    static Kind of(StageRole role) {
        return switch (role) {
            case INGRESS -> INGRESS;
            case ORCHESTRATOR -> ORCHESTRATOR;
            case CASHIER -> CASHIER;
            case SHOP -> SHOP;
            case NOTIFIER -> NOTIFIER;
            case AUDITOR -> AUDITOR;
            case MERCHANT_API ->
                throw new IllegalArgumentException("A fleet has no merchant API: no payment goes through it.");
        };
    }

    /** The name in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

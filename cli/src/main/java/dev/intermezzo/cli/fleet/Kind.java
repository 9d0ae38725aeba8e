package dev.intermezzo.cli.fleet;

import dev.intermezzo.cli.process.JavaProcess;
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
    AUDITOR,
    MERCHANT_API;

    static Kind of(StageRole role) {
        return switch (role) {
            case INGRESS -> INGRESS;
            case ORCHESTRATOR -> ORCHESTRATOR;
            case CASHIER -> CASHIER;
            case SHOP -> SHOP;
            case NOTIFIER -> NOTIFIER;
            case AUDITOR -> AUDITOR;
            case MERCHANT_API -> MERCHANT_API;
        };
    }

    /** Edges seal every buyer's data to the cashier executor, which opens them: both calculate on curves. */
    JavaProcess.Compiler compiler() {
        return switch (this) {
            case INGRESS, CASHIER -> JavaProcess.Compiler.THOROUGH;
            case BROKER, ORCHESTRATOR, SHOP, NOTIFIER, AUDITOR, MERCHANT_API -> JavaProcess.Compiler.QUICK;
        };
    }

    /** The name in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

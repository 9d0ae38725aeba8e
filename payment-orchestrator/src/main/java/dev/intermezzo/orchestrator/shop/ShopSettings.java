package dev.intermezzo.orchestrator.shop;

import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsReader;

/**
 * Settings of the shop executor.
 *
 * @param pump bounds of the intake
 */
public record ShopSettings(PumpSettings pump) {

    public static ShopSettings defaults() {
        return new ShopSettings(PumpSettings.defaults());
    }

    /** {@code shop.max-in-flight}. */
    public static ShopSettings read(SettingsReader settings) {
        return new ShopSettings(PumpSettings.read(settings, "shop"));
    }
}

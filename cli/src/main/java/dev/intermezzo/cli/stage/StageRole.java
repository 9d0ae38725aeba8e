package dev.intermezzo.cli.stage;

import dev.intermezzo.ingress.EdgeSettings;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.notifier.ScheduleSettings;
import dev.intermezzo.notifier.SenderSettings;
import dev.intermezzo.orchestrator.auditor.AuditorSettings;
import dev.intermezzo.orchestrator.cashier.CashierSettings;
import dev.intermezzo.orchestrator.correlator.CorrelatorSettings;
import dev.intermezzo.orchestrator.shop.ShopSettings;
import dev.intermezzo.orchestrator.topology.OrchestratorSettings;
import dev.intermezzo.runtime.settings.DeclaredSetting;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes of an installation, each a command of its own. */
public enum StageRole {
    INGRESS,
    ORCHESTRATOR,
    CASHIER,
    SHOP,
    NOTIFIER,
    AUDITOR,
    MERCHANT_API;

    /** Those that an installation cannot do without; the rest runs where somebody asks for it. */
    public static final Set<StageRole> PIPELINE =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(MERCHANT_API)));

    /** The command that starts it. */
    public String command() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the settings that this stage has beyond {@link ProcessSettings}; problems are the reader's. */
    StageSet read(SettingsReader settings) {
        return switch (this) {
            case INGRESS -> StageSet.ingress(EdgeSettings.read(settings));
            case ORCHESTRATOR ->
                StageSet.orchestrator(OrchestratorSettings.read(settings), CorrelatorSettings.read(settings));
            case CASHIER -> StageSet.cashier(CashierSettings.read(settings));
            case SHOP -> StageSet.shop(ShopSettings.read(settings));
            case AUDITOR -> StageSet.auditor(AuditorSettings.read(settings));
            case MERCHANT_API -> StageSet.merchantApi(MerchantApiSettings.read(settings));
            case NOTIFIER -> StageSet.notifier(ScheduleSettings.read(settings), SenderSettings.read(settings));
        };
    }

    /** Settings that only this stage and its like read, in reading order. */
    public List<DeclaredSetting> settings() {
        SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of()));
        read(reader);
        return reader.declared();
    }

    /** Keys of every stage's settings: one file may serve all of them. */
    static Set<String> keysOfAll() {
        return Arrays.stream(values())
                .flatMap(role -> role.settings().stream())
                .map(DeclaredSetting::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}

package dev.intermezzo.cli.up;

import dev.intermezzo.cli.stage.StageContext;
import dev.intermezzo.cli.stage.StageGroup;
import dev.intermezzo.cli.stage.StageSet;
import dev.intermezzo.ingress.EdgeSettings;
import dev.intermezzo.ingress.api.MerchantApiSettings;
import dev.intermezzo.notifier.ScheduleSettings;
import dev.intermezzo.notifier.SenderSettings;
import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.orchestrator.auditor.AuditorSettings;
import dev.intermezzo.orchestrator.cashier.CashierSettings;
import dev.intermezzo.orchestrator.correlator.CorrelatorSettings;
import dev.intermezzo.orchestrator.shop.ShopSettings;
import dev.intermezzo.orchestrator.topology.OrchestratorSettings;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every stage of the pipeline in one process. They are the same sets as in processes of their own: only topics join them. */
final class Installation {
    private Installation() {}

    /**
     * @param api empty: without the merchant API, which no payment needs
     * @param telling how patiently shops are told
     * @param state folder of all stores; each application has its own below it
     */
    static StageGroup of(
            EdgeSettings edge,
            Optional<MerchantApiSettings> api,
            SchedulePolicy telling,
            Path state,
            StageContext context) {
        List<StageSet> sets = new ArrayList<>(List.of(
                StageSet.orchestrator(
                        OrchestratorSettings.sandbox(state.resolve("orchestrator")),
                        CorrelatorSettings.sandbox(state.resolve("correlator"))),
                StageSet.auditor(AuditorSettings.sandbox(state.resolve("auditor"))),
                StageSet.notifier(
                        new ScheduleSettings(state.resolve("schedule"), telling, StreamsSettings.sandbox()),
                        SenderSettings.defaults()),
                StageSet.shop(ShopSettings.at(edge.listing().api())),
                StageSet.cashier(CashierSettings.sandbox()),
                StageSet.ingress(edge)));
        api.map(StageSet::merchantApi).ifPresent(sets::add);
        return new StageGroup(
                sets.stream().flatMap(set -> set.build(context).stream()).toList());
    }
}

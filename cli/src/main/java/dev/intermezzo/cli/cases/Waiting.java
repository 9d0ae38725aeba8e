package dev.intermezzo.cli.cases;

import dev.intermezzo.cli.acts.OperatorActs;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one person asked about cases in the last 7 days, and nobody has approved yet. */
final class Waiting {
    private final OperatorActs acts;

    Waiting(OperatorActs acts) {
        this.acts = acts;
    }

    /** Those about one of these cases; of this payment, or of any when none is named. */
    List<OperatorAct> about(@Nullable String payment, List<OpenCase> cases) {
        Set<String> open = cases.stream().map(each -> each.subject().id()).collect(Collectors.toSet());
        return among(payment == null ? all() : acts.of(payment)).stream()
                .filter(act -> open.contains(CaseWish.in(act).about()))
                .toList();
    }

    /** @param acts of any kind, in their order */
    static List<OperatorAct> among(List<OperatorAct> acts) {
        return OperatorActs.waiting(
                acts.stream().filter(act -> CaseWish.of(act).isPresent()).toList(), CaseWish::answers);
    }

    private List<OperatorAct> all() {
        List<OperatorAct> found = new ArrayList<>();
        acts.all(act -> {
            if (CaseWish.of(act).isPresent()) {
                found.add(act);
            }
        });
        return found;
    }
}

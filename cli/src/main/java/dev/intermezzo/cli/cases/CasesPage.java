package dev.intermezzo.cli.cases;

import dev.intermezzo.cli.audit.Words;
import dev.intermezzo.orchestrator.payment.Case;
import dev.intermezzo.schemas.avro.OperatorAct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Open cases for people and for scripts.
 *
 * @param waiting acts of one person about them
 * @param limit how many are shown; the oldest
 */
record CasesPage(CaseBook.Found found, List<OperatorAct> waiting, int limit) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        shown().forEach(each -> lines.addAll(lines(each)));
        int all = found.cases().size();
        lines.add((all == 0 ? "No open cases" : all + " open")
                + (all > limit ? ", the oldest " + limit + " shown" : "")
                + "; " + waiting.size() + " decisions wait for a second person. " + found.read()
                + " records of payments read.");
        if (found.unreadable() > 0) {
            lines.add(found.unreadable() + " payments could not be read by this build; their cases are not shown.");
        }
        return lines;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cases", shown().stream().map(this::row).toList());
        json.put("open", found.cases().size());
        json.put("waiting", waiting.size());
        json.put("records_read", found.read());
        json.put("unreadable", found.unreadable());
        return json;
    }

    private List<OpenCase> shown() {
        return found.cases().stream().limit(limit).toList();
    }

    private List<String> lines(OpenCase each) {
        Case subject = each.subject();
        List<String> lines = new ArrayList<>();
        lines.add(subject.openedAt() + "  " + Words.word(subject.kind()) + ": " + subject.reason()
                + (subject.detail().isEmpty() ? "" : ", \"" + Words.plain(subject.detail()) + "\""));
        lines.add("  case     " + subject.id());
        lines.add("  payment  " + each.state().paymentId() + "  ("
                + Words.word(each.state().environment()) + ", "
                + Words.word(each.state().kind()) + ")");
        lines.add("  money    received " + money(subject.received()) + ", asked " + money(each.asked())
                + (subject.attempt() == 0 ? "" : ", attempt " + subject.attempt())
                + (subject.transactionId().isEmpty() ? "" : ", transaction " + Words.plain(subject.transactionId())));
        lines.add("  decide   " + (each.byDecision() ? "accept, refund or reject" : "close by agreement (resolve)"));
        acts(each)
                .forEach(act -> lines.add("  waiting  " + act.getId() + "  " + Words.plain(act.getOperator())
                        + " asks to " + CaseWish.in(act).word() + ", \""
                        + Words.plain(CaseWish.in(act).note()) + "\""));
        return lines;
    }

    private Map<String, Object> row(OpenCase each) {
        Case subject = each.subject();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("payment", each.state().paymentId());
        row.put("merchant", each.state().merchantId());
        row.put("environment", Words.word(each.state().environment()));
        row.put("state", Words.word(each.state().kind()));
        row.put("case", subject.id());
        row.put("kind", Words.word(subject.kind()));
        row.put("reason", subject.reason());
        row.put("detail", Words.plain(subject.detail()));
        row.put("attempt", subject.attempt());
        row.put("transaction", Words.plain(subject.transactionId()));
        row.put("received", money(subject.received()));
        row.put("asked", money(each.asked()));
        row.put("opened_at", subject.openedAt().toString());
        row.put("by", each.byDecision() ? "decide" : "resolve");
        row.put("waiting", acts(each).stream().map(CasesPage::row).toList());
        return row;
    }

    private List<OperatorAct> acts(OpenCase each) {
        return waiting.stream()
                .filter(act -> CaseWish.in(act).about().equals(each.subject().id()))
                .toList();
    }

    private static Map<String, Object> row(OperatorAct act) {
        CaseWish wish = CaseWish.in(act);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("act", act.getId());
        row.put("wish", wish.word());
        row.put("operator", Words.plain(act.getOperator()));
        row.put("note", Words.plain(wish.note()));
        row.put("asked_at", act.getOccurredAt().toString());
        return row;
    }

    private static String money(@Nullable Money money) {
        return money == null ? "unknown" : Words.money(money);
    }
}

package dev.intermezzo.cli.audit;

import static dev.intermezzo.cli.audit.Words.money;
import static dev.intermezzo.cli.audit.Words.plain;
import static dev.intermezzo.cli.audit.Words.word;

import dev.intermezzo.orchestrator.payment.Act;
import dev.intermezzo.orchestrator.payment.CashierOutcome;
import dev.intermezzo.orchestrator.payment.Fact;
import dev.intermezzo.orchestrator.payment.NotifyStatus;
import dev.intermezzo.orchestrator.payment.PaymentPlan;
import dev.intermezzo.orchestrator.payment.PlannedRoute;
import dev.intermezzo.orchestrator.payment.ShopOutcome;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.TransactionStatus;
import dev.intermezzo.orchestrator.payment.WebhookFacts;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event says, in words. Sealed parts (buyer's details, provider addresses) stay sealed and are not mentioned. */
final class FactWords {
    private FactWords() {}

    static String of(Fact fact) {
        return switch (fact) {
            case Fact.CheckoutReceived form -> checkout(form);
            case Fact.BuyerDetailsSubmitted details ->
                "the buyer gave details" + chose(details.provider()) + meant(details.attempt()) + "; "
                        + routes(details.plan());
            case Fact.BuyerAskedAgain asked ->
                "the buyer asked to try again" + chose(asked.provider()) + meant(asked.attempt())
                        + (asked.confirmed() ? ", having confirmed the warning" : "") + "; " + routes(asked.plan());
            case Fact.BuyerGaveUp gaveUp -> "the buyer went back to the shop";
            case Fact.WebhookReceived received ->
                webhook(received.webhook()) + ", for attempt " + received.attempt() + ", found by its "
                        + word(received.origin());
            case Fact.WebhookOrphaned orphaned -> webhook(orphaned.webhook()) + ", and no payment claimed it";
            case Fact.CashierAnswered answered -> answered(answered);
            case Fact.ShopAnswered answered -> shop(answered.outcome());
            case Fact.ShopOrderChanged changed ->
                "the shop tells that its order is " + word(changed.status()) + ", "
                        + money(changed.total(), changed.currency());
            case Fact.OperatorActed acted ->
                plain(acted.operator())
                        + (acted.approver() == null ? "" : " and " + plain(acted.approver()))
                        + act(acted.act());
            case Fact.TimerFired timer -> timer(timer.kind()) + (timer.attempt() == 0 ? "" : attempt(timer.attempt()));
            case Fact.NotificationEnded ended -> ended(ended);
            case Fact.ExecutionStarted started ->
                "the once-command of attempt " + started.attempt() + " was claimed and may have been executed";
        };
    }

    private static String checkout(Fact.CheckoutReceived form) {
        String text = "invoice %s for %s at \"%s\", signed with key %s; %s"
                .formatted(
                        plain(form.invoiceId()),
                        money(form.amount()),
                        plain(form.shopName()),
                        plain(form.mozelloKeyId()),
                        routes(form.plan()));
        return form.holds().isEmpty()
                ? text
                : text + "; held: "
                        + form.holds().stream()
                                .map(hold -> hold.code() + " " + plain(hold.detail()))
                                .collect(Collectors.joining(", "));
    }

    private static String routes(PaymentPlan plan) {
        return plan.routes().isEmpty()
                ? "no routes"
                : "routes: " + plan.routes().stream().map(FactWords::route).collect(Collectors.joining(", "));
    }

    private static String route(PlannedRoute route) {
        if (!route.eligible()) {
            return route.provider() + " (not: " + String.join(", ", route.ineligibleReasons()) + ")";
        }
        return route.missingFields().isEmpty()
                ? route.provider()
                : route.provider() + " (missing: " + String.join(", ", route.missingFields()) + ")";
    }

    private static String chose(@Nullable String provider) {
        return provider == null ? "" : " and chose " + plain(provider);
    }

    private static String meant(@Nullable Integer number) {
        return number == null ? "" : " on a page for attempt " + number;
    }

    private static String webhook(WebhookFacts facts) {
        String transaction = facts.transactionId().isEmpty() ? "unreadable" : plain(facts.transactionId());
        String status = facts.status() == TransactionStatus.UNKNOWN
                ? "\"" + plain(facts.rawStatus()) + "\", a status not known"
                : word(facts.status());
        return "transaction %s of %s is %s, %s"
                .formatted(transaction, plain(facts.account()), status, money(facts.amount(), facts.currency()));
    }

    private static String answered(Fact.CashierAnswered answer) {
        String what = switch (answer.outcome()) {
            case CashierOutcome.PageOpened page -> "gave a page" + transactions(page.transactionIds());
            case CashierOutcome.AnsweredAtOnce once ->
                "answered at once: " + word(once.status()) + ", " + money(once.amount(), once.currency())
                        + transactions(once.transactionIds());
            case CashierOutcome.Rejected no ->
                "refused: " + word(no.category()) + " (" + plain(no.code()) + ")" + transactions(no.transactionIds());
            case CashierOutcome.AnswerLost lost ->
                "was asked, and the answer was lost (" + plain(lost.code()) + ")" + transactions(lost.transactionIds());
            case CashierOutcome.NotSent unsent -> "was not reached (" + plain(unsent.code()) + ")";
            case CashierOutcome.NotExecuted not -> "was not asked (" + plain(not.code()) + ")";
        };
        return "the Cashier " + what + " for " + plain(answer.provider()) + attempt(answer.attempt());
    }

    private static String transactions(List<String> ids) {
        return ids.isEmpty()
                ? ""
                : ", transaction " + ids.stream().map(Words::plain).collect(Collectors.joining(" = "));
    }

    private static String shop(ShopOutcome outcome) {
        return switch (outcome) {
            case ShopOutcome.OrderMatches same -> "the shop's own record of the order agrees";
            case ShopOutcome.OrderDiffers differs ->
                "the shop's own record of the order differs: " + plain(String.join(", ", differs.differences()));
            case ShopOutcome.ShopUnreachable away -> "the shop could not be asked (" + plain(away.code()) + ")";
        };
    }

    private static String act(Act act) {
        return switch (act) {
            case Act.ReviewDecided review ->
                " decided the review" + (review.caseId().isEmpty() ? "" : " of case " + plain(review.caseId())) + ": "
                        + word(review.decision()) + ", \"" + plain(review.note()) + "\"";
            case Act.CaseResolved resolved ->
                " resolved case " + plain(resolved.caseId()) + ", \"" + plain(resolved.note()) + "\"";
            case Act.OrphanAttached attached ->
                " attached the money of " + plain(attached.orphanPaymentId()) + ": " + webhook(attached.webhook());
            case Act.RefundRequested wish ->
                " asked for a refund of " + money(wish.amount()) + " through " + plain(wish.provider());
            case Act.PayOutRequested wish ->
                " asked for a pay-out of " + money(wish.amount()) + " to "
                        + plain(wish.destination().name()) + " through " + plain(wish.provider());
            case Act.RefundRecorded made ->
                " recorded a refund of " + money(made.amount()) + " made at the provider, \"" + plain(made.note())
                        + "\"";
            case Act.AccountReleased released -> " released the account " + plain(released.account());
            case Act.ShopReleased released ->
                " had what is parked for the shop " + plain(released.integrationId()) + " sent again";
        };
    }

    private static String timer(TimerKind kind) {
        return switch (kind) {
            case CASHIER_ANSWER -> "no answer came in time";
            case CASHIER_RETRY -> "it is time to try again";
            case ORDER_TIME -> "the order's time is over";
            case LATE_WINDOW -> "the provider's late window is over";
            case RETIREMENT -> "the payment is old enough to retire";
            case OTHER -> "a timer that this build does not know";
        };
    }

    private static String ended(Fact.NotificationEnded ended) {
        String what = switch (ended.end()) {
            case DELIVERED -> "was told";
            case PARKED -> "could not be told, the message is parked:";
            case SHOP_DISAGREES -> "disagrees with";
            case SUPERSEDED -> "was not told, a later message took its place:";
            case OTHER -> "was sent, with an end that this build does not know:";
        };
        String status = ended.status() == NotifyStatus.APPROVED ? "approved" : "failed";
        String said = ended.shopStatus() == null ? "" : "; its status is \"" + plain(ended.shopStatus()) + "\"";
        return "the shop " + what + " " + status + ", attempts: " + ended.attempts() + said;
    }

    private static String attempt(int number) {
        return ", attempt " + number;
    }
}

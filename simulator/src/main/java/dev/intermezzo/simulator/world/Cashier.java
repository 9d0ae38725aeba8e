package dev.intermezzo.simulator.world;

import dev.intermezzo.schemas.avro.AnswerLost;
import dev.intermezzo.schemas.avro.AnsweredAtOnce;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.NotExecuted;
import dev.intermezzo.schemas.avro.NotSent;
import dev.intermezzo.schemas.avro.PageOpened;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.Rejected;
import dev.intermezzo.schemas.avro.RejectionCategory;
import dev.intermezzo.schemas.avro.SealedUrl;
import dev.intermezzo.schemas.avro.TransactionStatus;
import dev.intermezzo.simulator.journal.CashierTransaction;
import dev.intermezzo.simulator.journal.MoneyCall;
import dev.intermezzo.simulator.journal.OrderJournal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Mozarto's Cashier: every row of the answer table, with the truth about each transaction kept in the order's journal. */
final class Cashier {

    /**
     * How a call ended.
     *
     * @param transaction what the call opened; null: nothing, or a pay-out
     */
    record Answer(
            SpecificRecordBase fact,
            int httpStatus,
            @Nullable CashierTransaction transaction) {}

    private static final List<RejectionCategory> REJECTIONS = List.of(RejectionCategory.values());

    private final World world;
    private final Operators operators;
    private final Provider provider;
    private final Map<String, Integer> made = new HashMap<>();

    Cashier(World world, Edge edge, Operators operators) {
        this.world = world;
        this.operators = operators;
        this.provider = new Provider(world, edge);
    }

    /** A call that opens a page; it may come twice, and then opens another transaction. */
    Answer open(OrderJournal order, CashierCommand command) {
        String place = "answer/" + command.getId();
        int drawn = world.chance().below(100, place);
        Answer answer;
        if (drawn < 62) {
            answer = page(order, transaction(order, command), place);
        } else if (drawn < 72) {
            answer = atOnce(order, transaction(order, command), place);
        } else if (drawn < 84) {
            answer = rejected(order, REJECTIONS.get(world.chance().below(REJECTIONS.size(), place)));
        } else if (drawn < 93) {
            answer = lost(order, transaction(order, command), place);
        } else if (drawn < 97) {
            answer = new Answer(new NotSent("connect"), 0, null);
        } else {
            answer = new Answer(new NotExecuted("merchant-disabled"), 0, null);
        }
        tell(order, command, answer);
        return answer;
    }

    /** A call that moves money: a voucher in, or a pay-out. */
    Answer move(OrderJournal order, CashierCommand command, boolean claimed) {
        Answer answer = command.getBody() instanceof PayOut
                ? payOut(order, command, claimed)
                : voucher(order, command, claimed);
        tell(order, command, answer);
        return answer;
    }

    /** The buyer is at the provider's page of an attempt. */
    void visit(OrderJournal order, int attempt) {
        order.transactions().stream()
                .filter(each -> each.attempt() == attempt && !each.paid())
                .reduce((older, newer) -> newer)
                .ifPresent(transaction -> provider.settle(order, transaction));
    }

    /** The buyer pays a page that was left open, in another tab. */
    void payOldPage(OrderJournal order, Duration delay) {
        order.transactions().stream()
                .filter(each -> !each.paid())
                .findFirst()
                .ifPresent(transaction ->
                        world.agenda().after(delay, () -> provider.pay(order, transaction, Duration.ZERO)));
    }

    /** Somebody pays for the order by a way that no call of ours opened; only the Cashier's back office knows. */
    CashierTransaction payByLink(OrderJournal order) {
        CashierTransaction transaction = make(order, ProviderKind.PAYONE.name(), 0, order.amount());
        transaction.pay(order.amount(), order.currency(), world.agenda().instant());
        world.tell(order, "buyer", "paid " + transaction.id() + " by a link from the back office");
        return transaction;
    }

    /** Money for a payment of which nobody here ever heard. */
    void payUnknown(OrderJournal order) {
        provider.pay(order, make(order, ProviderKind.PAYONE.name(), 1, order.amount()), Duration.ZERO);
    }

    /** Somebody who may not sends an approval. */
    void forge(OrderJournal order) {
        provider.forge(order);
    }

    private Answer page(OrderJournal order, CashierTransaction transaction, String place) {
        if (world.chance().permille(60, place)) {
            Duration later = provider.anyTime(place);
            world.agenda().after(later, () -> provider.pay(order, transaction, Duration.ZERO));
        }
        return new Answer(
                new PageOpened(new SealedUrl(ByteBuffer.wrap(bytes(transaction.id()))), ids(transaction, place)),
                200,
                transaction);
    }

    private Answer atOnce(OrderJournal order, CashierTransaction transaction, String place) {
        int drawn = world.chance().below(100, place);
        if (drawn >= 60) {
            TransactionStatus status = drawn < 80
                    ? TransactionStatus.DECLINED
                    : drawn < 90 ? TransactionStatus.PENDING : TransactionStatus.UNKNOWN;
            if (status != TransactionStatus.DECLINED && world.chance().permille(600, place)) {
                provider.settle(order, transaction);
            }
            return new Answer(new AnsweredAtOnce(status, ids(transaction, place), null, null), 200, transaction);
        }
        return approvedAtOnce(order, transaction, place);
    }

    private Answer approvedAtOnce(OrderJournal order, CashierTransaction transaction, String place) {
        BigDecimal paid = world.chance().permille(700, place)
                ? transaction.asked()
                : transaction.asked().add(BigDecimal.ONE);
        boolean named = world.chance().permille(900, place);
        boolean webhookToo = world.chance().permille(500, place);
        provider.paidAtOnce(order, transaction, paid, webhookToo);
        return new Answer(
                new AnsweredAtOnce(
                        TransactionStatus.APPROVED,
                        ids(transaction, place),
                        named ? paid : null,
                        named ? order.currency() : null),
                200,
                transaction);
    }

    /** The transaction exists, and the money may have come; our side learns at most its name. */
    private Answer lost(OrderJournal order, CashierTransaction transaction, String place) {
        if (world.chance().permille(350, place)) {
            provider.paidAtOnce(
                    order, transaction, transaction.asked(), world.chance().permille(800, place));
        }
        return new Answer(
                new AnswerLost("timeout", world.chance().permille(300, place) ? ids(transaction, place) : List.of()),
                0,
                transaction);
    }

    private Answer rejected(OrderJournal order, RejectionCategory category) {
        if (category == RejectionCategory.ACCOUNT_AUTHENTICATION) {
            operators.credentialsRefused(order);
        }
        return new Answer(new Rejected(category, "rejected-" + category.name(), List.of()), 400, null);
    }

    private Answer voucher(OrderJournal order, CashierCommand command, boolean claimed) {
        String place = "voucher/" + command.getId();
        int drawn = world.chance().below(100, place);
        if (drawn >= 96) {
            return new Answer(new NotSent("connect"), 0, null);
        }
        if (drawn >= 78 && drawn < 88) {
            note(order, command, false, false, claimed);
            return rejected(order, REJECTIONS.get(world.chance().below(REJECTIONS.size() - 1, place)));
        }
        CashierTransaction transaction = transaction(order, command);
        Answer answer = drawn < 55
                ? approvedAtOnce(order, transaction, place)
                : drawn < 78
                        ? new Answer(
                                new AnsweredAtOnce(TransactionStatus.DECLINED, ids(transaction, place), null, null),
                                200,
                                transaction)
                        : lost(order, transaction, place);
        note(order, command, false, transaction.paid(), claimed);
        return answer;
    }

    private Answer payOut(OrderJournal order, CashierCommand command, boolean claimed) {
        String place = "pay-out/" + command.getId();
        int drawn = world.chance().below(100, place);
        String id = "out-" + order.number() + '-' + made.merge(order.payment(), 1, Integer::sum);
        if (drawn >= 93) {
            return new Answer(new NotSent("connect"), 0, null);
        }
        if (drawn < 45) {
            boolean paid = world.chance().permille(800, place);
            note(order, command, true, paid, claimed);
            provider.payOutEnds(order, command, id, paid);
            return new Answer(new AnsweredAtOnce(TransactionStatus.PENDING, List.of(id), null, null), 200, null);
        }
        if (drawn < 68) {
            note(order, command, true, true, claimed);
            return new Answer(
                    new AnsweredAtOnce(
                            TransactionStatus.APPROVED,
                            List.of(id),
                            command.getAmount().getAmount(),
                            order.currency()),
                    200,
                    null);
        }
        if (drawn < 80) {
            note(order, command, true, false, claimed);
            return rejected(order, REJECTIONS.get(world.chance().below(REJECTIONS.size() - 1, place)));
        }
        boolean paid = world.chance().permille(500, place);
        note(order, command, true, paid, claimed);
        if (world.chance().permille(500, place)) {
            provider.payOutEnds(order, command, id, paid);
        }
        return new Answer(new AnswerLost("timeout", List.of()), 0, null);
    }

    private void note(OrderJournal order, CashierCommand command, boolean payOut, boolean moved, boolean claimed) {
        order.moneyCalls()
                .add(new MoneyCall(
                        command.getId(),
                        command.getAttempt(),
                        command.getAmount().getAmount(),
                        payOut,
                        moved,
                        claimed,
                        world.agenda().instant()));
    }

    private CashierTransaction transaction(OrderJournal order, CashierCommand command) {
        return make(
                order,
                command.getProvider(),
                command.getAttempt(),
                command.getAmount().getAmount());
    }

    private CashierTransaction make(OrderJournal order, String providerName, int attempt, BigDecimal asked) {
        CashierTransaction transaction = new CashierTransaction(
                "tx-" + order.number() + '-' + made.merge(order.payment(), 1, Integer::sum),
                ProviderKind.ACCOUNT,
                providerName,
                attempt,
                asked,
                order.currency());
        order.transactions().add(transaction);
        return transaction;
    }

    /** Some providers' answers name no transaction. */
    private List<String> ids(CashierTransaction transaction, String place) {
        boolean silent = ProviderKind.valueOf(transaction.provider()).userIdPerAttempt()
                && world.chance().permille(500, place);
        return silent ? List.of() : List.of(transaction.id());
    }

    private void tell(OrderJournal order, CashierCommand command, Answer answer) {
        CashierTransaction opened = answer.transaction();
        world.tell(
                order,
                "cashier",
                "call of " + command.getId() + " (" + command.getProvider() + ", attempt " + command.getAttempt()
                        + ") ended as " + answer.fact()
                        + (opened == null
                                ? ""
                                : ", transaction " + opened.id()
                                        + (opened.paid() ? ", paid " + opened.received() : "")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.intermezzo.orchestrator.payment;

import java.util.Optional;

/** What the shop is told: at most one message per status, and failed never after approved. */
final class Messages {

    private static final String OUR_FAILED = "failed";

    private Messages() {}

    /** Money is confirmed. */
    static void tellApproved(Turn turn) {
        if (turn.dossier().message(NotifyStatus.APPROVED).isPresent()) {
            return;
        }
        if (ShopChangeRules.paidOtherwise(turn.dossier())) {
            turn.openCase(
                    CaseKind.SHOP_DISAGREES,
                    Reason.ORDER_PAID_TWICE.code(),
                    "paid",
                    0,
                    "",
                    turn.dossier().order().amount());
            return;
        }
        Optional<Message> failed = turn.dossier().message(NotifyStatus.FAILED);
        if (failed.isPresent() && !shopStatusIsOurs(failed.get())) {
            String said = failed.get().shopStatus();
            turn.openCase(
                    CaseKind.SHOP_DISAGREES,
                    Reason.APPROVED_NOT_TOLD.code(),
                    said == null ? "" : said,
                    0,
                    "",
                    turn.dossier().order().amount());
            return;
        }
        // With check_pending the shop changes only a pending order: after our own failed it would keep failed.
        tell(turn, NotifyStatus.APPROVED, failed.isEmpty());
    }

    /** The order was not paid. Told once, and never after approved, nor to a shop that knows better. */
    static void tellFailed(Turn turn) {
        if (turn.dossier().messages().isEmpty() && !ShopChangeRules.paidOtherwise(turn.dossier())) {
            tell(turn, NotifyStatus.FAILED, true);
        }
    }

    private static void tell(Turn turn, NotifyStatus status, boolean checkPending) {
        Order order = turn.dossier().order();
        Command.TellShop told = turn.command(head -> new Command.TellShop(
                head,
                order.integrationId(),
                order.orderUuid(),
                order.notifyUrl(),
                status,
                checkPending,
                order.mozelloKeyId()));
        turn.change(dossier -> dossier.with(new Message(told.id(), status, checkPending, null, null)));
    }

    /** The shop's last known status is the one we gave it, or none of its own is known. */
    private static boolean shopStatusIsOurs(Message failed) {
        if (failed.end() == NotificationEnd.SHOP_DISAGREES) {
            return false;
        }
        String said = failed.shopStatus();
        return said == null || said.equalsIgnoreCase(OUR_FAILED);
    }

    /**
     * A person says that the shop works again. Only the last message is tried again: whatever came before it is overtaken, and a
     * parked one that the shop's own word has overtaken is not told any more.
     */
    static Outcome onShopReleased(PaymentState.Live state, Turn turn, Act.ShopReleased released) {
        Order order = turn.dossier().order();
        Optional<Message> parked = turn.dossier().messages().stream()
                .reduce((earlier, later) -> later)
                .filter(last -> last.end() == NotificationEnd.PARKED
                        && order.integrationId().equals(released.integrationId()));
        if (parked.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.NOTHING_PARKED);
        }
        if (ShopChangeRules.paidOtherwise(turn.dossier())) {
            return Outcome.refused(state.stay(turn.dossier()), Reason.ORDER_PAID_OTHERWISE);
        }
        Message message = parked.get();
        turn.command(head -> new Command.TellShopAgain(
                head,
                message.requestId(),
                order.integrationId(),
                order.orderUuid(),
                order.notifyUrl(),
                message.status(),
                message.checkPending(),
                order.mozelloKeyId()));
        turn.change(dossier -> dossier.with(message.underWayAgain()));
        return Outcome.applied(state.stay(turn.dossier()), Reason.MESSAGE_REDRIVEN);
    }

    /** The schedule is done with a message. */
    static Outcome onEnd(PaymentState.Live state, Turn turn, Fact.NotificationEnded ended) {
        Optional<Message> told = turn.dossier().messages().stream()
                .filter(message -> message.requestId().equals(ended.requestId()))
                .findFirst();
        if (told.isEmpty()) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.MESSAGE_UNKNOWN);
        }
        if (told.get().end() == NotificationEnd.DELIVERED) {
            return Outcome.noted(state.stay(turn.dossier()), Reason.MESSAGE_ENDED_BEFORE);
        }
        turn.change(dossier -> dossier.with(told.get().ended(ended.end(), ended.shopStatus())));
        if (ended.end() == NotificationEnd.SHOP_DISAGREES) {
            String said = ended.shopStatus();
            turn.openCase(
                    CaseKind.SHOP_DISAGREES,
                    Reason.SHOP_DISAGREES.code(),
                    said == null ? "" : said,
                    0,
                    "",
                    turn.dossier().order().amount());
        }
        Reason reason = switch (ended.end()) {
            case DELIVERED -> Reason.MESSAGE_DELIVERED;
            case PARKED -> Reason.MESSAGE_PARKED;
            case SHOP_DISAGREES -> Reason.SHOP_DISAGREES;
            case SUPERSEDED -> Reason.MESSAGE_SUPERSEDED;
            case OTHER -> Reason.MESSAGE_ENDED_OTHERWISE;
        };
        return Outcome.applied(state.stay(turn.dossier()), reason);
    }
}

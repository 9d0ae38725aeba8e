package dev.intermezzo.orchestrator.payment;

import java.util.Locale;

/**
 * Why a route of the plan was chosen, or none, and why another was passed over: stable codes, each with a sentence for people.
 * A constant's code is its name in lower case with hyphens; codes are public, so a constant is never renamed.
 */
public enum RouteReason {

    // Why this one, or none

    FIRST_IN_ORDER("It is the first in the merchant's order that the payment can use."),
    CHOSEN_BY_BUYER("The buyer's answer names its provider."),
    NEXT_IN_ORDER("The call before it opened nothing, and it is the next that can be tried without the buyer."),
    BUYER_IS_ASKED("Several can be used, and the merchant wants the buyer to choose."),
    NONE_USABLE("The payment can use none."),
    NONE_LEFT("The call opened nothing, and no later route can be tried without the buyer."),
    BUYER_NOT_WAITING("The call opened nothing, and nobody waits for it any more."),

    // Why not that one

    NOT_ELIGIBLE("This payment cannot use it, for the reasons of the plan."),
    VOUCHER_TRIES_EXHAUSTED("It redeems a voucher, and as many were tried for this payment as may be."),
    OTHER_THAN_CHOSEN("The buyer's answer names another provider."),
    NEEDS_FROM_BUYER("It needs details that only the buyer can supply."),

    // Either

    MOVES_MONEY("It moves money: no other is tried after it, and it is tried after no other.");

    private final String sentence;
    private final String code;

    RouteReason(String sentence) {
        this.sentence = sentence;
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable code, such as {@code needs-from-buyer}. */
    public String code() {
        return code;
    }

    /** One sentence for people. */
    public String sentence() {
        return sentence;
    }
}

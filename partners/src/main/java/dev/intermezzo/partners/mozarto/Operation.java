package dev.intermezzo.partners.mozarto;

/** The direction of money; the constant's name is the value of the request field {@code type}. */
public enum Operation {
    /** From the buyer to the merchant. */
    PAYIN,
    /** From the merchant to a person. */
    PAYOUT
}

package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.cashier.Psp;
import dev.intermezzo.sandbox.faults.FaultPlan;
import java.math.BigDecimal;

/**
 * One payment as it is meant to go.
 *
 * @param number from 1, unique in its plan
 * @param amount in major units, two decimals
 * @param provider by whom it is paid
 */
public record PlannedPayment(int number, Scenario scenario, FaultPlan faults, BigDecimal amount, Psp provider) {

    /** The sandbox's merchant sends larger orders in CAD another way: this sum and more go to {@link Psp#GIGADAT}. */
    private static final BigDecimal LARGE = new BigDecimal("300.00");

    /** One by the provider that most of a plan's payments go to. */
    public PlannedPayment(int number, Scenario scenario, FaultPlan faults, BigDecimal amount) {
        this(number, scenario, faults, amount, Psp.PAYONE);
    }

    /** The same by another provider, with an amount for which the merchant's routes lead there. */
    PlannedPayment through(Psp other) {
        return new PlannedPayment(number, scenario, faults, other == Psp.GIGADAT ? amount.add(LARGE) : amount, other);
    }

    /** The same with another number. */
    public PlannedPayment numbered(int other) {
        return new PlannedPayment(other, scenario, faults, amount, provider);
    }

    /** The buyer's address, which is all that ties a Cashier call to this payment. */
    public String email() {
        return "buyer-" + number + "@example.com";
    }
}

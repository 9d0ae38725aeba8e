package dev.intermezzo.sandbox.check;

import dev.intermezzo.sandbox.faults.FaultPlan;
import java.math.BigDecimal;

/**
 * One payment as it is meant to go.
 *
 * @param number from 1, unique in its plan
 * @param amount in major units, two decimals
 */
public record PlannedPayment(int number, Scenario scenario, FaultPlan faults, BigDecimal amount) {

    /** The buyer's address, which is all that ties a Cashier call to this payment. */
    public String email() {
        return "buyer-" + number + "@example.com";
    }
}

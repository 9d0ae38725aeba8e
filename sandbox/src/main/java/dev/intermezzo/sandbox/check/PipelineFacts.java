package dev.intermezzo.sandbox.check;

import java.util.Map;
import java.util.Set;

/**
 * The two things that only the pipeline can know: what it gave up telling, and what it wants a person to decide. The
 * checker takes nothing else from it; truth comes from the simulators' own journals.
 */
public interface PipelineFacts {

    /** {@code order_uuid}s whose notification is parked. */
    Set<String> parkedOrders();

    /**
     * Open cases by {@code order_uuid}, by the names of the rules of money, for instance {@code SurplusPayment},
     * {@code UnderReview}, {@code Reversal}, {@code OrphanPayment}, {@code ShopDisagrees}.
     */
    Map<String, Set<String>> openCases();
}

package dev.intermezzo.sandbox.load;

import java.net.URI;
import java.time.Duration;

/**
 * How a plan is carried out.
 *
 * @param returnAddress the provider account's static return address
 * @param perSecond checkouts begun each second, at least 1
 * @param longest no buyer begins later than this after the first; those that are left then do not come at all
 * @param atOnce buyers on their way at the same time at most; the rest wait to begin
 * @param buyerPatience how long a buyer's whole journey may take
 * @param settlePatience how long, after the last buyer, the shops may take to hear of every outcome
 * @param quiet how long nothing more may happen before the verdict, so that a late duplicate is seen
 * @param seedWrong let one buyer press the other button than planned; the report must then not be ok
 */
public record DemoSettings(
        URI returnAddress,
        int perSecond,
        Duration longest,
        int atOnce,
        Duration buyerPatience,
        Duration settlePatience,
        Duration quiet,
        boolean seedWrong) {

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(1);

    public DemoSettings {
        if (perSecond < 1 || atOnce < 1) {
            throw new IllegalArgumentException("perSecond and atOnce are at least 1");
        }
    }

    /** The defaults: 500 buyers at once, a minute of patience, a second of quiet. */
    public static DemoSettings of(URI returnAddress, int perSecond) {
        return new DemoSettings(
                returnAddress,
                perSecond,
                AS_LONG_AS_IT_TAKES,
                500,
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                false);
    }

    /** The same as fast as buyers come back, few enough at once that none waits long: for warming up. */
    public DemoSettings asFastAsTheyComeBack(int most) {
        return new DemoSettings(
                returnAddress, Integer.MAX_VALUE, longest, most, buyerPatience, settlePatience, quiet, seedWrong);
    }

    /** The same with more patience, for a bridge whose processes are being killed. */
    public DemoSettings withPatience(Duration buyers, Duration outcomes) {
        return new DemoSettings(returnAddress, perSecond, longest, atOnce, buyers, outcomes, quiet, seedWrong);
    }

    /** The same for a time instead of a number of buyers: who would have to wait to begin at its end does not come. */
    public DemoSettings within(Duration time, int most) {
        return new DemoSettings(returnAddress, perSecond, time, most, buyerPatience, settlePatience, quiet, seedWrong);
    }

    /** The same with one payment that goes against the plan. */
    public DemoSettings withSeededWrong() {
        return new DemoSettings(returnAddress, perSecond, longest, atOnce, buyerPatience, settlePatience, quiet, true);
    }
}

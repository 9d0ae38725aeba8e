package dev.intermezzo.notifier.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationEnd;
import dev.intermezzo.schemas.avro.NotificationEnded;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SchedulePhase;
import dev.intermezzo.schemas.avro.ScheduleState;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds for any order, repetition and loss of inputs. */
class SchedulePropertiesTest {

    private static final SchedulePolicy POLICY = SchedulePolicy.standard();

    sealed interface Act {
        record Request(NotifyStatus status) implements Act {}

        record RepeatRequest(int pick) implements Act {}

        record Report(
                SendOutcome outcome,
                @Nullable Integer retryAfter,
                @Nullable String says) implements Act {}

        record RepeatReport(int pick) implements Act {}

        record Wait(int seconds) implements Act {}

        record DueTime() implements Act {}

        record Redrive() implements Act {}
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Act> request = Arbitraries.of(NotifyStatus.values()).map(Act.Request::new);
        Arbitrary<Act> repeatRequest = Arbitraries.integers().between(0, 100).map(Act.RepeatRequest::new);
        Arbitrary<Act> report = Combinators.combine(
                        Arbitraries.of(SendOutcome.values()),
                        Arbitraries.integers().between(0, 100_000).injectNull(0.7),
                        Arbitraries.of("paid", "failed", "pending", "odd").injectNull(0.3))
                .as(Act.Report::new);
        Arbitrary<Act> repeatReport = Arbitraries.integers().between(0, 100).map(Act.RepeatReport::new);
        Arbitrary<Act> wait = Arbitraries.integers().between(1, 40).map(Act.Wait::new);
        Arbitrary<Act> dueTime = Arbitraries.just(new Act.DueTime());
        Arbitrary<Act> redrive = Arbitraries.just(new Act.Redrive());
        return Arbitraries.<Arbitrary<Act>>of(
                        request, repeatRequest, report, report, report, repeatReport, wait, dueTime, dueTime, redrive)
                .flatMap(chosen -> chosen)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 3000)
    void whatever_happens_the_promises_hold(@ForAll("acts") List<Act> acts) {
        History history = new History();

        acts.forEach(history::happen);

        history.everyRequestEndedOnceOrIsOpen();
    }

    @Property(tries = 300)
    void however_it_began_an_order_settles_once_the_shop_answers(@ForAll("acts") @Size(max = 30) List<Act> acts) {
        // Given
        History history = new History();
        acts.forEach(history::happen);

        // When
        for (int n = 0; n < 10 && !history.isIdle(); n++) {
            history.happen(new Act.Redrive());
            history.happen(new Act.DueTime());
            history.happen(new Act.Report(SendOutcome.DELIVERED, null, null));
        }

        // Then
        assertThat(history.isIdle()).isTrue();
        history.everyRequestEndedOnceOrIsOpen();
    }

    @Property
    void a_wait_stays_within_a_fifth_of_its_length_and_is_always_the_same(
            @ForAll String payment, @ForAll @IntRange(min = 1, max = 12) int sends) {
        Duration middle = POLICY.delays().get(sends);

        Duration wait = POLICY.delayAfter(payment, sends);

        assertThat(wait)
                .isBetween(
                        middle.multipliedBy(8).dividedBy(10),
                        middle.multipliedBy(12).dividedBy(10));
        assertThat(POLICY.delayAfter(payment, sends)).isEqualTo(wait);
    }

    @Property(tries = 20)
    void waits_of_many_orders_are_spread_over_the_whole_range(@ForAll @IntRange(min = 1, max = 12) int sends) {
        long middle = POLICY.delays().get(sends).toMillis();
        Set<Long> fifths = new HashSet<>();
        for (int n = 0; n < 500; n++) {
            long wait = POLICY.delayAfter("demo-shop~" + n, sends).toMillis();
            fifths.add((wait - middle * 8 / 10) * 10 / (middle * 4 / 10 + 1));
        }

        assertThat(fifths).hasSize(10);
    }

    /** One order with its world around: what was really requested, sent and reported. */
    private static final class History {

        private final OneOrder order = new OneOrder(POLICY);
        private final List<NotificationRequest> requested = new ArrayList<>();
        private final List<Messages.Report> reported = new ArrayList<>();
        private @Nullable NotificationDue inFlight;
        private Instant leaseEnds = Instant.EPOCH;
        private int sentBefore;
        private int endedBefore;

        void happen(Act act) {
            switch (act) {
                case Act.Request request -> request(request.status());
                case Act.RepeatRequest repeat -> {
                    if (!requested.isEmpty()) {
                        mustChangeNothing(() -> order.request(requested.get(repeat.pick() % requested.size())));
                    }
                }
                case Act.Report report -> report(report);
                case Act.RepeatReport repeat -> {
                    if (!reported.isEmpty()) {
                        mustChangeNothing(() -> order.report(reported.get(repeat.pick() % reported.size())));
                    }
                }
                case Act.Wait wait -> {
                    // A due time that came is taken before more time passes, as the punctuator does.
                    if (!requested.isEmpty()
                            && order.untilDueTime().compareTo(Duration.ofSeconds(wait.seconds())) > 0) {
                        order.pass(Duration.ofSeconds(wait.seconds()));
                    }
                }
                case Act.DueTime due -> {
                    // Forgetting is another test's matter; here repeats are to be recognised to the end.
                    if (!requested.isEmpty() && !isIdle() && order.phase() != SchedulePhase.PARKED) {
                        order.untilDue();
                        check();
                    }
                }
                case Act.Redrive redrive -> redrive();
            }
        }

        boolean isIdle() {
            return requested.isEmpty() || order.phase() == SchedulePhase.IDLE;
        }

        private void request(NotifyStatus status) {
            if (requested.size() < SchedulePolicy.RECENT_REQUESTS) {
                NotificationRequest request = Messages.request(requested.size() + 1, status);
                requested.add(request);
                order.request(request);
                check();
            }
        }

        private void report(Act.Report act) {
            if (inFlight == null) {
                return;
            }
            Messages.Report report = Messages.report(inFlight, act.outcome()).at(order.now());
            if (act.retryAfter() != null) {
                report = report.retryAfter(act.retryAfter());
            }
            if (act.says() != null) {
                report = report.shopSays(act.says());
            }
            reported.add(report);
            inFlight = null;
            order.report(report);
            check();
        }

        private void redrive() {
            if (!requested.isEmpty() && order.phase() == SchedulePhase.PARKED) {
                order.redrive(order.state().getCurrent().getId());
                check();
            }
        }

        private void mustChangeNothing(Runnable repeat) {
            ScheduleState before = order.state();
            repeat.run();
            assertThat(order.lastOutputs()).isEmpty();
            assertThat(order.state()).isEqualTo(before);
        }

        private void check() {
            List<NotificationDue> sent =
                    order.sent().subList(sentBefore, order.sent().size());
            List<NotificationEnded> ended =
                    order.ended().subList(endedBefore, order.ended().size());
            assertThat(sent).hasSizeLessThanOrEqualTo(1);
            for (NotificationDue due : sent) {
                assertThat(inFlight != null && order.now().isBefore(leaseEnds))
                        .as("two in flight")
                        .isFalse();
                inFlight = due;
                leaseEnds = order.now().plus(POLICY.lease());
                notFailedAfterApproved(due);
            }
            ended.forEach(this::notLost);
            assertThat(order.state().getWaiting() == null || order.phase() == SchedulePhase.SENT)
                    .isTrue();
            sentBefore = order.sent().size();
            endedBefore = order.ended().size();
        }

        private void notFailedAfterApproved(NotificationDue due) {
            if (due.getRequest().getStatus() == NotifyStatus.FAILED) {
                assertThat(order.ended())
                        .noneMatch(end ->
                                end.getStatus() == NotifyStatus.APPROVED && end.getEnd() == NotificationEnd.DELIVERED);
            }
        }

        private void notLost(NotificationEnded end) {
            if (end.getStatus() == NotifyStatus.APPROVED && end.getEnd() == NotificationEnd.SUPERSEDED) {
                NotificationRequest current = order.state().getCurrent();
                NotificationRequest waiting = order.state().getWaiting();
                assertThat(isApproved(current) || isApproved(waiting))
                        .as("an approved gives way to an approved only")
                        .isTrue();
            }
        }

        void everyRequestEndedOnceOrIsOpen() {
            List<String> accountedFor = new ArrayList<>();
            order.ended().stream()
                    .filter(end -> end.getEnd() != NotificationEnd.PARKED)
                    .forEach(end -> accountedFor.add(end.getRequestId()));
            if (!requested.isEmpty()) {
                note(order.state().getCurrent(), accountedFor);
                note(order.state().getWaiting(), accountedFor);
            }
            assertThat(accountedFor)
                    .containsExactlyInAnyOrderElementsOf(
                            requested.stream().map(NotificationRequest::getId).toList());
        }

        private static void note(@Nullable NotificationRequest open, List<String> accountedFor) {
            if (open != null) {
                accountedFor.add(open.getId());
            }
        }

        private static boolean isApproved(@Nullable NotificationRequest request) {
            return request != null && request.getStatus() == NotifyStatus.APPROVED;
        }
    }
}

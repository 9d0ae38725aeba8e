package dev.intermezzo.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private final Listening listening = new Listening("edge");
    private final AtomicBoolean followed = new AtomicBoolean();
    private final AtomicInteger listens = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    @Test
    void it_listens_once_it_knows_what_it_needs() {
        assertThat(because()).isEqualTo("The edge was not started.");

        begin();
        assertThat(because()).isEqualTo("The views are missing.");
        assertThat(listening.isListening()).isFalse();

        followed.set(true);
        await().until(listening::isListening);
        assertThat(listens).hasValue(1);
        assertThat(because()).isEmpty();
    }

    @Test
    void at_its_end_it_says_so_before_it_finishes_what_is_being_served() {
        followed.set(true);
        begin();
        await().until(listening::isListening);
        AtomicBoolean saidSo = new AtomicBoolean();

        boolean ended = listening.end(Duration.ZERO, () -> {
            saidSo.set(!listening.isListening());
            finished.incrementAndGet();
        });

        assertThat(ended).isTrue();
        assertThat(saidSo).isTrue();
        assertThat(because()).isEqualTo("The edge is stopping.");
        assertThat(listening.end(Duration.ZERO, finished::incrementAndGet)).isFalse();
        assertThat(finished).hasValue(1);
    }

    @Test
    void what_never_listened_has_nothing_to_finish_and_does_not_listen_afterwards() {
        AtomicInteger looks = new AtomicInteger();
        listening.begin();
        listening.listenWhen(
                () -> {},
                () -> {
                    looks.incrementAndGet();
                    return followed.get();
                },
                listens::incrementAndGet);
        await().until(() -> looks.get() > 0);

        assertThat(listening.end(Duration.ZERO, finished::incrementAndGet)).isTrue();
        followed.set(true);

        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(listens).hasValue(0));
        assertThat(finished).hasValue(0);
    }

    @Test
    void what_cannot_start_has_failed_and_says_where_to_look() {
        listening.begin();
        listening.listenWhen(
                () -> {
                    throw new IllegalStateException("the schemas cannot be published");
                },
                followed::get,
                listens::incrementAndGet);

        await().until(listening::hasFailed);
        assertThat(because()).isEqualTo("The edge could not start; its log says why.");
    }

    @Test
    void it_begins_once() {
        listening.begin();

        assertThatThrownBy(listening::begin).isInstanceOf(IllegalStateException.class);
    }

    private void begin() {
        listening.begin();
        listening.listenWhen(() -> {}, followed::get, listens::incrementAndGet);
    }

    private String because() {
        return listening.notListeningBecause(() -> "The views are missing.");
    }
}

package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.simulator.kernel.Agenda;
import dev.intermezzo.simulator.log.Entry;
import dev.intermezzo.simulator.log.FencedException;
import dev.intermezzo.simulator.log.Partition;
import dev.intermezzo.simulator.log.SimulatedLog;
import dev.intermezzo.simulator.log.TransactionalProducer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SimulatedLogTest {
    private static final String TOPIC = "topic";
    private static final String KEY = "key";
    private static final String PLACE = SimulatedLog.place("group", "source", 0);

    private final Agenda agenda = new Agenda(Instant.EPOCH);
    private final SimulatedLog log = new SimulatedLog(agenda);
    private final Partition partition = log.partition(TOPIC, SimulatedLog.partitionOf(KEY));

    @Test
    void outputs_and_offset_appear_together_at_the_commit() {
        TransactionalProducer producer = log.producer("id");
        send(producer, 1);
        assertThat(read()).isEmpty();

        producer.commit(Map.of(PLACE, 7L));

        assertThat(read()).containsExactly(1);
        assertThat(log.offset(PLACE)).isEqualTo(7);
    }

    @Test
    void a_newer_producer_aborts_the_older_ones_transaction_and_fences_it() {
        TransactionalProducer older = log.producer("id");
        send(older, 1);

        TransactionalProducer newer = log.producer("id");
        send(newer, 2);
        newer.commit(Map.of());

        assertThatThrownBy(() -> older.commit(Map.of(PLACE, 7L))).isInstanceOf(FencedException.class);
        assertThat(read()).containsExactly(2);
        assertThat(log.offset(PLACE)).isZero();
    }

    @Test
    void nothing_is_read_beyond_an_open_transaction_until_it_times_out() {
        send(log.producer("crashed"), 1);
        log.append(TOPIC, KEY, new byte[] {2});
        assertThat(read()).isEmpty();

        while (agenda.step()) {
            // until its time is over
        }

        assertThat(read()).containsExactly(2);
        assertThat(agenda.instant()).isEqualTo(Instant.EPOCH.plus(SimulatedLog.TRANSACTION_TIMEOUT));
    }

    private static void send(TransactionalProducer producer, int value) {
        producer.send(TOPIC, KEY, new byte[] {(byte) value}, new RecordHeaders());
    }

    private List<Integer> read() {
        return partition.committed().stream()
                .map(Entry::valueRead)
                .map(value -> (int) value[0])
                .toList();
    }
}

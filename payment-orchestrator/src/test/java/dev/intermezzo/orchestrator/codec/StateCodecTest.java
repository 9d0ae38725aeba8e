package dev.intermezzo.orchestrator.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.orchestrator.payment.Decider;
import dev.intermezzo.orchestrator.payment.Event;
import dev.intermezzo.orchestrator.payment.Fixtures;
import dev.intermezzo.orchestrator.payment.NotificationEnd;
import dev.intermezzo.orchestrator.payment.PaymentState;
import dev.intermezzo.orchestrator.payment.Scenario;
import dev.intermezzo.orchestrator.payment.StateKind;
import dev.intermezzo.orchestrator.payment.TimerKind;
import dev.intermezzo.orchestrator.payment.World;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.PaymentStateRecord;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    private static final Codec<PaymentStateRecord> CODEC = Codec.of(PaymentStateRecord.class);

    /** A stub of a typical payment stays small: it is kept for more than a year. */
    private static final int STUB_BYTES = 400;

    private static PaymentState throughBytes(PaymentState state) {
        return StateCodec.toState(CODEC.decode(CODEC.encode(StateCodec.toRecord(state)), WriterSchemas.compiledIn()));
    }

    @Property(tries = 200)
    void every_state_of_every_story_survives_its_bytes(@ForAll long seed) {
        PaymentState state = null;
        for (Event event : new World(new Random(seed)).live(50).story().events()) {
            state = Decider.decide(state, event).next();
            if (state == null) {
                return;
            }

            PaymentState read = throughBytes(state);

            assertThat(read).isEqualTo(state);
            assertThat(StateCodec.digest(read)).isEqualTo(StateCodec.digest(state));
        }
    }

    @Test
    void stories_reach_every_kind_of_state() {
        Set<StateKind> seen = EnumSet.noneOf(StateKind.class);
        for (long seed = 0; seed < 2_000 && seen.size() < StateKind.values().length; seed++) {
            PaymentState last = new World(new Random(seed)).live(40).story().stateOrNull();
            if (last != null) {
                assertThat(throughBytes(last)).isEqualTo(last);
                seen.add(last.kind());
            }
        }

        assertThat(seen).containsExactlyInAnyOrder(StateKind.values());
    }

    @Test
    void another_state_has_another_digest() {
        Scenario story = Scenario.atProvider(Fixtures.route("PAYONE"));
        byte[] before = StateCodec.digest(story.state());

        assertThat(StateCodec.digest(story.givesUp().state()))
                .isNotEqualTo(before)
                .hasSize(32);
    }

    @Test
    void a_stub_is_small() {
        Scenario story =
                Scenario.approved().ended(NotificationEnd.DELIVERED, null).fires(TimerKind.RETIREMENT);

        assertThat(story.kind()).isEqualTo(StateKind.RETIRED);
        assertThat(CODEC.encode(StateCodec.toRecord(story.state()))).hasSizeLessThan(STUB_BYTES);
    }
}

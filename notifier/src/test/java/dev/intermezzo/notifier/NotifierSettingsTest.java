package dev.intermezzo.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermezzo.notifier.schedule.SchedulePolicy;
import dev.intermezzo.notifier.send.HostLimits;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.runtime.kafka.StreamsSettings;
import dev.intermezzo.runtime.pump.PumpSettings;
import dev.intermezzo.runtime.settings.SettingsException;
import dev.intermezzo.runtime.settings.SettingsReader;
import dev.intermezzo.runtime.settings.SettingsSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotifierSettingsTest {

    @Test
    void without_settings_the_documented_defaults_hold() {
        // Given
        SettingsReader reader = reader(Map.of());

        // When
        ScheduleSettings schedule = ScheduleSettings.read(reader);
        SenderSettings sender = SenderSettings.read(reader);
        reader.throwIfAny();

        // Then
        assertThat(schedule)
                .isEqualTo(new ScheduleSettings(
                        Path.of("data", "notifier-schedule"), SchedulePolicy.standard(), StreamsSettings.defaults()));
        assertThat(sender)
                .isEqualTo(new SenderSettings(
                        Duration.ofSeconds(10),
                        FormEncoding.MULTIPART,
                        HostLimits.defaults(),
                        PumpSettings.defaults()));
    }

    @Test
    void every_key_has_its_effect() {
        // Given
        SettingsReader reader = reader(Map.of(
                "notifier.state-dir", "elsewhere",
                "notifier.schedule", "0s, 250ms,3m,1h",
                "notifier.deadline", "4s",
                "notifier.encoding", "urlencoded",
                "notifier.host-at-once", "5",
                "notifier.max-in-flight", "7"));

        // When
        ScheduleSettings schedule = ScheduleSettings.read(reader);
        SenderSettings sender = SenderSettings.read(reader);
        reader.throwIfAny();

        // Then
        assertThat(schedule.stateDir()).isEqualTo(Path.of("elsewhere"));
        assertThat(schedule.policy().delays())
                .isEqualTo(List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofMinutes(3), Duration.ofHours(1)));
        assertThat(sender.deadline()).isEqualTo(Duration.ofSeconds(4));
        assertThat(sender.encoding()).isEqualTo(FormEncoding.URLENCODED);
        assertThat(sender.hosts().atOnce()).isEqualTo(5);
        assertThat(sender.pump().maxInFlight()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "5s,", "-5s", "5d", "169h", "9999999s"})
    void a_schedule_that_is_none_is_named(String schedule) {
        // Given
        SettingsReader reader = reader(Map.of("notifier.schedule", schedule));

        // When
        ScheduleSettings.read(reader);

        // Then
        assertThatThrownBy(reader::throwIfAny)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("notifier.schedule");
    }

    @Test
    void the_lease_leaves_room_for_the_longest_deadline_and_the_report() {
        SchedulePolicy policy = SchedulePolicy.standard();

        assertThat(policy.lease().minus(policy.dueLife())).isGreaterThan(SenderSettings.MOST_DEADLINE);
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(SettingsSource.of(settings));
    }
}

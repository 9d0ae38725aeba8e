package dev.intermezzo.cli.stage;

import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;
import java.time.InstantSource;

/**
 * What every stage of a process is built from.
 *
 * @param keys at least the keysets that the process's {@link StageSet} names
 * @param policy where calls to partners may go
 */
public record StageContext(KafkaSettings kafka, SealingKeys keys, AddressPolicy policy, InstantSource clock) {}

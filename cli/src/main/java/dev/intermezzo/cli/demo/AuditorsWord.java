package dev.intermezzo.cli.demo;

import dev.intermezzo.orchestrator.auditor.AuditorService;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaClients;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.schemas.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What an installation's auditors say about its ledger, once they have read it: another judge beside the simulators' journals,
 * one that an operator has too.
 *
 * @param unheard why their word does not count, if so: no silence is taken for consent
 * @param broken payments that break a rule of money, by rule; rules that hold are left out
 */
public record AuditorsWord(Optional<String> unheard, Map<String, Integer> broken) {
    private static final Pattern BROKEN = Pattern.compile(
            "^intermezzo_auditor_broken_payments\\{rule=\"([a-z-]+)\"} ([0-9]+)\\.0$", Pattern.MULTILINE);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** Every stage in one process tells more than a usual answer holds. */
    private static final int METRICS_BYTES = 4 * 1024 * 1024;

    private static final Duration LOOK = Duration.ofMillis(100);

    public AuditorsWord {
        broken = Map.copyOf(broken);
    }

    /**
     * Waits until the ledger is audited, then asks.
     *
     * @param ledger offset of the last entry that must be audited, by partition
     * @param auditors management addresses of all of them, on loopback
     */
    public static AuditorsWord ask(
            KafkaSettings kafka, Map<Integer, Long> ledger, List<URI> auditors, Duration patience)
            throws InterruptedException {
        if (!awaitAudited(kafka, ledger, patience)) {
            return new AuditorsWord(
                    Optional.of("The auditor has not read the whole ledger in " + patience.toSeconds() + " s."),
                    Map.of());
        }
        Map<String, Integer> broken = new TreeMap<>();
        try (OutboundHttp http = new OutboundHttp(AddressPolicy.allowingLoopback())) {
            for (URI auditor : auditors) {
                String metrics = metrics(http, auditor);
                Matcher found = BROKEN.matcher(metrics == null ? "" : metrics);
                boolean told = false;
                while (found.find()) {
                    told = true;
                    int payments = Integer.parseInt(found.group(2));
                    if (payments > 0) {
                        broken.merge(found.group(1), payments, Integer::sum);
                    }
                }
                if (!told) {
                    return new AuditorsWord(Optional.of("The auditor at " + auditor + " tells nothing."), broken);
                }
            }
        }
        return new AuditorsWord(Optional.empty(), broken);
    }

    /** Each payment counts once for each rule. */
    public int breaches() {
        return broken.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Every entry was audited and every rule holds. */
    public boolean ok() {
        return unheard.isEmpty() && broken.isEmpty();
    }

    /** A sentence for each thing that is wrong. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        unheard.ifPresent(problems::add);
        broken.forEach((rule, payments) ->
                problems.add("The auditor found the rule " + rule + " broken, payments: " + payments + "."));
        return problems;
    }

    private static boolean awaitAudited(KafkaSettings kafka, Map<Integer, Long> ledger, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try (Admin admin = KafkaClients.admin(kafka, "auditors-word")) {
            while (!isAudited(admin, kafka, ledger)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.sleep(LOOK);
            }
            return true;
        }
    }

    private static boolean isAudited(Admin admin, KafkaSettings kafka, Map<Integer, Long> ledger)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read;
        try {
            read = admin.listConsumerGroupOffsets(kafka.named(AuditorService.APPLICATION))
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The brokers may have lost one of them; the next look may find them again.
            return false;
        }
        String topic = kafka.topic(Topics.PAYMENT_LEDGER);
        return ledger.entrySet().stream().allMatch(last -> {
            OffsetAndMetadata next = read.get(new TopicPartition(topic, last.getKey()));
            return next != null && next.offset() > last.getValue();
        });
    }

    private static @Nullable String metrics(OutboundHttp http, URI auditor) {
        return http.send(HttpCall.get(auditor.resolve("/metrics"))
                                        .withDeadline(ANSWER)
                                        .withMaxAnswerBytes(METRICS_BYTES))
                                instanceof HttpResult.Answered answer
                        && answer.status() == 200
                ? new String(answer.body(), StandardCharsets.UTF_8)
                : null;
    }
}

package dev.intermezzo.orchestrator.auditor;

import dev.intermezzo.orchestrator.auditor.AuditStep.Audited;
import dev.intermezzo.orchestrator.auditor.Janitor.Looked;
import dev.intermezzo.orchestrator.ledger.LedgerPosition;
import dev.intermezzo.runtime.streams.DueAlarm;
import dev.intermezzo.runtime.streams.DueIndex;
import dev.intermezzo.runtime.streams.TopicReader;
import dev.intermezzo.runtime.streams.TopicReader.Reading;
import dev.intermezzo.schemas.Codec;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.WriterSchemas;
import dev.intermezzo.schemas.avro.AuditedPayment;
import dev.intermezzo.schemas.avro.AuditedWait;
import dev.intermezzo.schemas.avro.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the ledger's entries one by one, lets {@link AuditStep} and {@link Janitor} judge, and tells what they found. */
final class AuditorProcessor implements Processor<String, byte[], String, byte[]> {
    static final String PAYMENTS = "audited-payments";
    static final String LOOKS = "auditor-looks";

    private static final Logger LOG = LoggerFactory.getLogger(AuditorProcessor.class);

    /** How often stuck payments are counted by age. */
    static final Duration COUNT = Duration.ofSeconds(30);

    /** An entry that is older when it is read comes from a backlog. */
    private static final Duration BACKLOG = Duration.ofMinutes(1);

    /** While a backlog is read, what a payment waits for may be over a few entries later. */
    static final Duration SETTLE = Duration.ofSeconds(10);

    private final AuditStep step;
    private final AuditorCounts counts;
    private final WriterSchemas schemas;
    private final TopicReader<LedgerEntry> ledger;
    private final Codec<AuditedPayment> codec = Codec.of(AuditedPayment.class);

    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, byte[]> payments;
    private Findings stuck;
    private Findings broken;
    private DueIndex looks;
    private DueAlarm alarm;
    private Instant settled = Instant.MIN;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AuditorProcessor(AuditStep step, AuditorCounts counts, WriterSchemas schemas) {
        this.step = step;
        this.counts = counts;
        this.schemas = schemas;
        this.ledger = new TopicReader<>(Topics.PAYMENT_LEDGER, schemas);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> streams) {
        context = streams;
        payments = streams.getStateStore(PAYMENTS);
        stuck = new Findings(streams.getStateStore(Findings.STUCK));
        broken = new Findings(streams.getStateStore(Findings.BROKEN));
        KeyValueStore<Bytes, byte[]> dueTimes = streams.getStateStore(LOOKS);
        looks = new DueIndex(dueTimes);
        alarm = new DueAlarm(streams, looks, this::look);
        streams.schedule(COUNT, PunctuationType.WALL_CLOCK_TIME, this::count);
        count(streams.currentSystemTimeMs());
        counts.broken(partition(), broken);
    }

    @Override
    public void close() {
        counts.gone(partition());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.timestamp() < context.currentSystemTimeMs() - BACKLOG.toMillis()) {
            settled = now().plus(SETTLE);
        }
        RecordMetadata place = context.recordMetadata().orElseThrow();
        String key = record.key() == null ? "" : record.key();
        LedgerPosition position = new LedgerPosition(key, place.partition(), place.offset());
        AuditedPayment before = load(key);
        Audited audited = switch (ledger.read(record.value())) {
            case Reading.Read<LedgerEntry> read -> step.accept(before, position, read.value());
            case Reading.Unacceptable<LedgerEntry> none -> step.unreadable(before, position);
        };
        counts.checked(audited.checked());
        audited.breaches().forEach(this::tell);
        keep(before, Janitor.changed(audited.memory(), audited.state()));
        alarm.set();
    }

    private void tell(Breach breach) {
        broken.add(breach.payment(), breach.rule().code(), now());
        counts.breached(partition(), breach.rule());
        LOG.atError()
                .addKeyValue("alert", "auditor-breach")
                .addKeyValue("rule", breach.rule().code())
                .addKeyValue("payment", breach.payment())
                .addKeyValue("sequence", breach.sequence())
                .addKeyValue("partition", breach.position().partition())
                .addKeyValue("offset", breach.position().offset())
                .log("a rule does not hold: {} Seen: {}", breach.rule().sentence(), breach.detail());
    }

    private void look(long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        for (DueIndex.Due due : looks.take(now)) {
            AuditedPayment memory = load(due.owner());
            if (memory != null && now.isBefore(settled)) {
                looks.arm(settled, due.owner());
            } else if (memory != null) {
                keep(memory, Janitor.looked(memory, now));
            }
        }
    }

    /** Writes what was looked at, and sees to it that the next look comes in time and only once. */
    private void keep(@Nullable AuditedPayment before, Looked looked) {
        AuditedPayment memory = looked.memory();
        String payment = memory.getPaymentId();
        Instant earlier = before == null ? null : before.getLookAt();
        Instant next = memory.getLookAt();
        if (earlier != null && !earlier.equals(next)) {
            looks.disarm(earlier, payment);
        }
        if (next != null) {
            looks.arm(next, payment);
        }
        payments.put(payment, codec.encode(memory));
        looked.ended().forEach(rule -> stuck.remove(payment, rule));
        looked.begun().forEach(wait -> begin(memory, wait));
    }

    private void begin(AuditedPayment memory, AuditedWait wait) {
        stuck.add(memory.getPaymentId(), wait.getRule(), wait.getSince());
        LOG.atWarn()
                .addKeyValue("alert", "payment-stuck")
                .addKeyValue("rule", wait.getRule())
                .addKeyValue("payment", memory.getPaymentId())
                .addKeyValue("merchant", memory.getMerchantId())
                .addKeyValue("since", wait.getSince())
                .log("a payment waits too long");
    }

    private void count(long nowMillis) {
        counts.stuck(partition(), stuck, Instant.ofEpochMilli(nowMillis));
    }

    private @Nullable AuditedPayment load(String payment) {
        byte[] stored = payments.get(payment);
        return stored == null ? null : codec.decode(stored, schemas);
    }

    private int partition() {
        return context.taskId().partition();
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}

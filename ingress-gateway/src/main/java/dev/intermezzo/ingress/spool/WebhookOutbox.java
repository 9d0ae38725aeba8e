package dev.intermezzo.ingress.spool;

import dev.intermezzo.ingress.http.Deadline;
import dev.intermezzo.runtime.kafka.RenewableProducer;
import dev.intermezzo.runtime.sealing.SpoolSealer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks for good: by Kafka, or, when Kafka does not take one in time, by the disk.
 *
 * <p>Order: a webhook that comes after another was answered 200 is published after it, whichever way each went. While
 * anything is in the spool every new webhook goes there too, whatever its key; the first that Kafka does not take brings
 * along all that are on their way at that moment, in the order they came, and the producer that carries them is replaced
 * before the spool is published, so that none of them arrives from there later. What was on its way or was published
 * shortly before a crash may be published twice; a webhook's id derives from its content, by which the repeat is known.
 *
 * <p>It has a producer of its own: however many checkouts wait for Kafka, their records take no room from webhooks.
 */
public final class WebhookOutbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookOutbox.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final RenewableProducer producer;
    private final Spool spool;
    private final SpoolPublisher publisher;
    private final Thread thread;
    private final ReentrantLock changing = new ReentrantLock();
    private final Condition spoolBegins = changing.newCondition();
    private final Set<OnItsWay> sent = new LinkedHashSet<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong spooled = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private boolean spooling;
    private boolean renewal;

    /** What became of a webhook. */
    public enum Taken {
        /** All in-sync replicas hold it. */
        BY_KAFKA,
        /** The disk holds it; it is published when Kafka is back. */
        BY_SPOOL,
        /** It is not durable anywhere; it may still arrive. */
        NOT
    }

    /** Where a record ended up. */
    private sealed interface Fate {
        record Delivered() implements Fate {}

        record Written(OpenSegment.Ticket ticket) implements Fate {}

        record Refused() implements Fate {}
    }

    /** A record that was given to the producer. */
    private record OnItsWay(ProducerRecord<String, byte[]> record, CompletableFuture<Fate> fate) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * @param producer for webhooks alone; closed with this
     * @throws SpoolUnusableException when the spool's folder is another process's or cannot be used
     */
    public WebhookOutbox(SpoolSettings settings, RenewableProducer producer, SpoolSealer sealer, InstantSource clock) {
        this.spool = new Spool(settings, sealer, clock);
        this.producer = producer;
        this.publisher = new SpoolPublisher(producer);
        this.spooling = !spool.isEmpty();
        this.thread = Thread.ofPlatform().daemon().name("webhook-spool").unstarted(this::run);
    }

    /** Begins to publish what the spool holds. */
    public void start() {
        thread.start();
    }

    /**
     * Returns once the record is durable, or is not going to be.
     *
     * @param deadline by which Kafka has to take it; the disk's own time comes on top
     */
    public Taken take(ProducerRecord<String, byte[]> record, Deadline deadline) {
        OnItsWay onItsWay = new OnItsWay(record, new CompletableFuture<>());
        changing.lock();
        try {
            if (spooling) {
                write(onItsWay);
            } else {
                sent.add(onItsWay);
            }
        } finally {
            changing.unlock();
        }
        try {
            if (!onItsWay.fate().isDone()) {
                send(onItsWay);
                if (!deadline.await(onItsWay.fate())) {
                    divert();
                }
            }
            return settled(onItsWay.fate().join());
        } finally {
            changing.lock();
            try {
                sent.remove(onItsWay);
            } finally {
                changing.unlock();
            }
        }
    }

    /** What an operator should know; empty while everything goes straight to Kafka. */
    public List<String> notes() {
        long waiting = spool.records();
        int damaged = spool.damaged();
        Optional<String> full = waiting == 0
                ? Optional.empty()
                : Optional.of(waiting + " webhooks (" + spool.bytes()
                        + " bytes) were answered 200 and wait in the spool; they are published when Kafka takes them.");
        Optional<String> aside = damaged == 0
                ? Optional.empty()
                : Optional.of(damaged + " files of the spool could not be read as a whole and were set aside.");
        return List.of(full, aside).stream().flatMap(Optional::stream).toList();
    }

    /** Registers how full the spool is and what went through it. */
    public void measure(MeterRegistry meters) {
        Gauge.builder("intermezzo.webhook.spool.records", spool, Spool::records)
                .description("Webhooks that were answered 200 and wait on the disk for Kafka.")
                .register(meters);
        Gauge.builder("intermezzo.webhook.spool.bytes", spool, Spool::bytes)
                .baseUnit("bytes")
                .description("What they take of the disk.")
                .register(meters);
        Gauge.builder("intermezzo.webhook.spool.damaged", spool, Spool::damaged)
                .description("Files of the spool that were set aside because something in them could not be read.")
                .register(meters);
        counter(meters, "intermezzo.webhooks.spooled", "Webhooks that went to the disk.", spooled);
        counter(meters, "intermezzo.webhooks.republished", "Webhooks that were published from the disk.", published);
        counter(meters, "intermezzo.webhooks.refused", "Webhooks that neither Kafka nor the disk took: 503.", refused);
    }

    private static void counter(MeterRegistry meters, String name, String description, AtomicLong value) {
        FunctionCounter.builder(name, value, AtomicLong::get)
                .description(description)
                .register(meters);
    }

    /** Waits a moment for what is on its way; what the spool holds stays there for the next start. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(STOP);
        spool.close();
    }

    /** On a thread of its own: a producer without metadata, or with a full buffer, keeps its caller for up to a second. */
    private void send(OnItsWay onItsWay) {
        Thread.ofVirtual().start(() -> {
            if (onItsWay.fate().isDone()) {
                return;
            }
            var unused = producer.send(onItsWay.record()).whenComplete((metadata, failure) -> {
                if (failure == null) {
                    onItsWay.fate().complete(new Fate.Delivered());
                } else if (!onItsWay.fate().isDone()) {
                    LOG.atWarn().setCause(failure).log("kafka did not take a webhook");
                    // Not here: this is the producer's thread, and the disk may be slow.
                    Thread.ofVirtual().start(this::divert);
                }
            });
        });
    }

    /** From now on webhooks go to the spool, first of all those that are on their way. */
    private void divert() {
        changing.lock();
        try {
            if (sent.isEmpty()) {
                return;
            }
            if (!spooling) {
                LOG.atError()
                        .addKeyValue("webhooks", sent.size())
                        .log("kafka does not take webhooks in time, they go to the spool");
            }
            spooling = true;
            renewal = true;
            sent.stream().filter(each -> !each.fate().isDone()).forEach(this::write);
            sent.clear();
            spoolBegins.signal();
        } finally {
            changing.unlock();
        }
    }

    private void write(OnItsWay onItsWay) {
        try {
            onItsWay.fate().complete(new Fate.Written(spool.write(onItsWay.record())));
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the spool did not take a webhook");
            onItsWay.fate().complete(new Fate.Refused());
        }
    }

    private Taken settled(Fate fate) {
        switch (fate) {
            case Fate.Delivered delivered -> {
                return Taken.BY_KAFKA;
            }
            case Fate.Refused not -> refused.incrementAndGet();
            case Fate.Written(OpenSegment.Ticket ticket) -> {
                try {
                    ticket.awaitDurable();
                    spooled.incrementAndGet();
                    return Taken.BY_SPOOL;
                } catch (IOException e) {
                    LOG.atError().setCause(e).log("the spool could not bring a webhook to the disk");
                    refused.incrementAndGet();
                }
            }
        }
        return Taken.NOT;
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                awaitSpooling();
                if (!publishOldest()) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("the spool is not published any more");
        }
    }

    private void awaitSpooling() throws InterruptedException {
        changing.lockInterruptibly();
        try {
            while (!spooling) {
                spoolBegins.await();
            }
        } finally {
            changing.unlock();
        }
    }

    /** Whether there is no reason to wait before the next. */
    private boolean publishOldest() throws InterruptedException {
        try {
            replaceProducer();
            Optional<Spool.Batch> oldest = spool.oldest();
            if (oldest.isEmpty()) {
                straightAgain();
                return true;
            }
            if (!publisher.publish(oldest.get().records())) {
                return false;
            }
            spool.remove(oldest.get());
            published.addAndGet(oldest.get().records().size());
            return true;
        } catch (IOException | KafkaException e) {
            LOG.atWarn().setCause(e).log("the spool could not be published, trying again");
            return false;
        }
    }

    private void replaceProducer() {
        changing.lock();
        try {
            if (!renewal) {
                return;
            }
            renewal = false;
        } finally {
            changing.unlock();
        }
        producer.renew();
    }

    private void straightAgain() {
        changing.lock();
        try {
            if (spooling && spool.isEmpty()) {
                spooling = false;
                LOG.atInfo().log("the spool is empty, webhooks go straight to kafka again");
            }
        } finally {
            changing.unlock();
        }
    }

    private void pause() throws InterruptedException {
        closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    }
}

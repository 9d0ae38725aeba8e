package dev.intermezzo.ingress.spool;

import dev.intermezzo.runtime.kafka.RecordSender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes records so that those of one key arrive in order, also when some fail: of each key one record at a time is on
 * its way.
 */
final class SpoolPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolPublisher.class);

    private final RecordSender sender;

    SpoolPublisher(RecordSender sender) {
        this.sender = sender;
    }

    /** Whether all of them are durable. If not, some may be, and all are to be published again. */
    boolean publish(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        Map<List<String>, CompletableFuture<?>> wave = new HashMap<>();
        for (ProducerRecord<String, byte[]> record : records) {
            List<String> key = List.of(record.topic(), record.key());
            if (wave.containsKey(key)) {
                if (!durable(wave)) {
                    return false;
                }
                wave.clear();
            }
            wave.put(key, sender.send(record));
        }
        return durable(wave);
    }

    private static boolean durable(Map<?, CompletableFuture<?>> wave) throws InterruptedException {
        try {
            CompletableFuture.allOf(wave.values().toArray(CompletableFuture[]::new))
                    .get();
            return true;
        } catch (ExecutionException e) {
            LOG.atInfo().addKeyValue("cause", String.valueOf(e.getCause())).log("kafka does not take the spool yet");
            return false;
        }
    }
}

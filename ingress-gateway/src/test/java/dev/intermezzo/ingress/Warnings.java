package dev.intermezzo.ingress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged as a warning. */
final class Warnings {

    private Warnings() {}

    /**
     * The key-value pairs of each warning while something is done, as {@code key=value}.
     *
     * @param logger a logger's name, which stands for those below it too
     */
    static List<List<String>> during(String logger, Runnable act) {
        Logger log = (Logger) LoggerFactory.getLogger(logger);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        log.addAppender(appender);
        try {
            act.run();
        } finally {
            log.detachAppender(appender);
        }
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel().equals(Level.WARN))
                .map(event -> event.getKeyValuePairs().stream()
                        .map(pair -> pair.key + '=' + pair.value)
                        .toList())
                .toList();
    }
}

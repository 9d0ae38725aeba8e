package dev.intermezzo.ingress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open, our own lines of the level debug too. */
final class LogCapture implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.intermezzo");
    private final @Nullable Level before = ours.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private LogCapture() {
        lines.start();
        root.addAppender(lines);
        ours.setLevel(Level.DEBUG);
    }

    static LogCapture start() {
        return new LogCapture();
    }

    /** Messages, key-value pairs and exceptions. */
    String said() {
        StringBuilder all = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(lines.list)) {
            all.append(event.getFormattedMessage())
                    .append(' ')
                    .append(event.getKeyValuePairs())
                    .append(
                            event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .append('\n');
        }
        return all.toString();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
        ours.setLevel(before);
    }
}

package io.invigil.site.diagnostics;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The last lines that this process logged, in memory only. Thread-safe. */
public final class LogTail extends Handler {
    public static final int LINES_MAX = 500;
    static final int LINE_CHARS_MAX = 400;
    private static final int FRAMES_MAX = 12;

    private final Deque<String> lines = new ArrayDeque<>();
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Logger root = Logger.getLogger("");

    /** Listens from now on, until it is closed. */
    public static LogTail listening() {
        LogTail tail = new LogTail();
        tail.root.addHandler(tail);
        return tail;
    }

    @Override
    public void publish(LogRecord logged) {
        if (!isLoggable(logged)) {
            return;
        }
        Instant at = logged.getInstant();
        keep(
                "%s %s %s: %s"
                        .formatted(
                                at,
                                logged.getLevel().getName(),
                                logged.getLoggerName(),
                                formatter.formatMessage(logged)));
        Throwable thrown = logged.getThrown();
        if (thrown != null) {
            // the kind and the place, never the message: it may quote what somebody typed
            keep("    " + thrown.getClass().getName());
            StackTraceElement[] frames = thrown.getStackTrace();
            for (int frame = 0; frame < Math.min(FRAMES_MAX, frames.length); frame++) {
                keep("      at " + frames[frame]);
            }
        }
    }

    private void keep(String line) {
        String plain = line.replaceAll("\\s+", " ");
        String cut =
                plain.length() > LINE_CHARS_MAX ? plain.substring(0, LINE_CHARS_MAX) + "…" : plain;
        synchronized (lines) {
            lines.addLast(cut);
            if (lines.size() > LINES_MAX) {
                lines.removeFirst();
            }
        }
    }

    /** Oldest first. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}

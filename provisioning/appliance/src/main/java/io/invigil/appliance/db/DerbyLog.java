package io.invigil.appliance.db;

import java.io.Writer;

/** Sends Derby's own log lines to the program's log; Derby finds it by name, hence public. */
public final class DerbyLog {
    private static final System.Logger LOG = System.getLogger("org.apache.derby");
    private static final int LINE_CHARS_MAX = 2_000;

    private DerbyLog() {}

    /** Called by Derby once, by reflection. */
    public static Writer stream() {
        return new Lines();
    }

    private static final class Lines extends Writer {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (chars[i] == '\n') {
                    emit();
                } else if (line.length() < LINE_CHARS_MAX && chars[i] != '\r') {
                    line.append(chars[i]);
                }
            }
        }

        private void emit() {
            String text = line.toString().strip();
            line.setLength(0);
            if (!text.isEmpty() && !text.chars().allMatch(c -> c == '-')) {
                LOG.log(System.Logger.Level.DEBUG, text);
            }
        }

        @Override
        public void flush() {
            // nothing is held back but an unfinished line
        }

        @Override
        public void close() {
            emit();
        }
    }
}

package io.invigil.protocol.bundle;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw deflate with a hard limit on what comes out (fault row 62). */
final class Deflate {
    private static final int STEP_BYTES = 16 * 1024;

    private Deflate() {}

    static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            var out = new ByteArrayOutputStream(plain.length / 2 + 64);
            byte[] step = new byte[STEP_BYTES];
            while (!deflater.finished()) {
                out.write(step, 0, deflater.deflate(step));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Result of inflating: the bytes, or which limit was met. */
    sealed interface Inflated {
        record Plain(byte[] bytes) implements Inflated {}

        record Refused(RejectReason reason) implements Inflated {}
    }

    /** Inflates; never holds more than {@code bytesMax} and one step. */
    static Inflated inflate(byte[] deflated, int bytesMax) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            var out = new ByteArrayOutputStream(Math.min(bytesMax, 4 * deflated.length + 64));
            byte[] step = new byte[STEP_BYTES];
            while (!inflater.finished()) {
                int count = inflater.inflate(step);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return new Inflated.Refused(RejectReason.BAD_BODY);
                }
                if (out.size() + count > bytesMax) {
                    return new Inflated.Refused(RejectReason.INFLATED_TOO_LARGE);
                }
                out.write(step, 0, count);
            }
            return inflater.getRemaining() == 0
                    ? new Inflated.Plain(out.toByteArray())
                    : new Inflated.Refused(RejectReason.BAD_BODY);
        } catch (DataFormatException malformed) {
            return new Inflated.Refused(RejectReason.BAD_BODY);
        } finally {
            inflater.end();
        }
    }
}

package io.invigil.site.technician;

import io.invigil.appliance.web.limit.Throttle;
import io.invigil.protocol.crypto.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Ten characters that the console shows at each start: whoever can read the console may set the
 * node up. 50 bits behind a throttle. Thread-safe.
 */
public final class SetupCode {
    public static final String LOGIN = "setup";
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CHARS = 10;
    private static final int TYPED_CHARS_MAX = 40;

    private final String code;
    private final Throttle throttle;

    /** Outcome of a try. */
    public enum Check {
        RIGHT,
        WRONG,
        WAIT
    }

    public SetupCode(Entropy entropy, Clock clock) {
        StringBuilder text = new StringBuilder();
        for (byte random : entropy.bytes(CHARS)) {
            text.append(ALPHABET.charAt(random & 31));
        }
        this.code = text.toString();
        this.throttle = new Throttle(10, Duration.ofSeconds(10), clock);
    }

    /** For the console, in two groups. */
    public String text() {
        return code.substring(0, CHARS / 2) + "-" + code.substring(CHARS / 2);
    }

    /** Checks in constant time; case, spaces and hyphens do not matter. */
    public Check check(String typed, String address) {
        if (!throttle.allow(address)) {
            return Check.WAIT;
        }
        if (typed.length() > TYPED_CHARS_MAX) {
            return Check.WRONG;
        }
        String plain = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        boolean right =
                MessageDigest.isEqual(
                        plain.getBytes(StandardCharsets.UTF_8),
                        code.getBytes(StandardCharsets.UTF_8));
        return right ? Check.RIGHT : Check.WRONG;
    }

    @Override
    public String toString() {
        return "SetupCode[hidden]";
    }
}

package io.invigil.site.delivery;

import io.invigil.exam.code.Pin;
import io.invigil.exam.pack.Roster;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The PINs of the desk stickers and those given in the room. A PIN saves typing; identity rests on
 * check-in (issue 2). Number 0 is the sticker's; the later ones follow from the node's key, so that
 * only their number is a fact. Comparisons run over HMACs in constant time. Thread-safe.
 */
public final class DeskPins {
    private static final long RANGE = 1_000_000;

    private final byte[] key;

    /**
     * @param key a key of this purpose alone, derived from the node's data key
     */
    public DeskPins(byte[] key) {
        this.key = key.clone();
    }

    /** Whether this is the candidate's PIN with that number. */
    public boolean matches(Roster.Entry entry, int pinNumber, String typed) {
        String right = pinNumber == 0 ? entry.pin() : pin(entry.sitting(), pinNumber);
        return Pin.parse(typed)
                .filter(
                        pin ->
                                MessageDigest.isEqual(
                                        mac("compare " + entry.sitting() + " " + right),
                                        mac("compare " + entry.sitting() + " " + pin.text())))
                .isPresent();
    }

    /** The PIN that a reset gives, to be told to the candidate at the desk. */
    public String pin(long sitting, int pinNumber) {
        if (pinNumber < 1) {
            throw new IllegalArgumentException("the first PIN is the roster's");
        }
        byte[] mac = mac("pin " + sitting + " " + pinNumber);
        long number = 0;
        for (int at = 0; at < 7; at++) {
            number = number << 8 | mac[at] & 0xff;
        }
        return String.format(Locale.ROOT, "%06d", number % RANGE);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", missing);
        }
    }
}

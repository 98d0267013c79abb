package io.invigil.protocol.receipt;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.invigil.protocol.crypto.Entropy;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One uninterrupted memory of the hub (XSP/1 section 6). A hub restored from a backup opens the
 * next one. The number orders them, the random part tells apart two that were opened from one
 * backup. Text {@code <number>-<16 hex digits>}.
 */
public record HubEpoch(long number, String random) {
    public static final long NUMBER_MAX = 1L << 40;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,13})-([0-9a-f]{16})");
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{16}");

    // after the patterns: its construction uses them
    public static final HubEpoch NONE = new HubEpoch(0, "0000000000000000");

    public HubEpoch {
        if (number < 0 || number > NUMBER_MAX || !RANDOM.matcher(random).matches()) {
            throw new IllegalArgumentException("not a hub epoch");
        }
    }

    /** The first epoch of a new hub. */
    public static HubEpoch first(Entropy entropy) {
        return NONE.next(entropy);
    }

    /** The epoch after this one, opened now. */
    public HubEpoch next(Entropy entropy) {
        return new HubEpoch(number + 1, HexFormat.of().formatHex(entropy.bytes(8)));
    }

    @JsonCreator
    public static HubEpoch parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a hub epoch");
        }
        return new HubEpoch(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @JsonValue
    @Override
    public String toString() {
        return number + "-" + random;
    }
}

package io.invigil.protocol.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.invigil.protocol.crypto.Entropy;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** One process start of a node: 128 random bits as 32 lower-case hexadecimal digits. */
public record EpochId(@JsonValue String hex) implements Comparable<EpochId> {
    public static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EpochId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("an epoch has 32 hexadecimal digits");
        }
    }

    public static EpochId random(Entropy entropy) {
        return of(entropy.bytes(BYTES));
    }

    public static EpochId of(byte[] bytes) {
        return new EpochId(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(EpochId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}

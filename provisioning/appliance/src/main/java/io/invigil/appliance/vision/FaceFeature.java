package io.invigil.appliance.vision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a recogniser says of a face: a vector of length 1 together with the model it came from.
 * Personal data of the most sensitive kind: it stays encrypted at rest and out of facts and logs.
 * Immutable.
 */
public final class FaceFeature {
    public static final int DIMENSIONS_MAX = 1024;
    private static final int MODEL_CHARS_MAX = 64;

    private final String model;
    private final float[] unit;

    private FaceFeature(String model, float[] unit) {
        this.model = model;
        this.unit = unit;
    }

    /**
     * Normalises a recogniser's output; empty when it has no direction (all zero or not finite).
     */
    public static Optional<FaceFeature> of(String model, float[] raw) {
        if (model.isEmpty() || model.length() > MODEL_CHARS_MAX || raw.length > DIMENSIONS_MAX) {
            throw new IllegalArgumentException("not a feature of a known form");
        }
        double square = 0;
        for (float value : raw) {
            square += (double) value * value;
        }
        double length = Math.sqrt(square);
        if (!(length > 1e-6) || Double.isInfinite(length)) {
            return Optional.empty();
        }
        float[] unit = new float[raw.length];
        for (int at = 0; at < raw.length; at++) {
            unit[at] = (float) (raw[at] / length);
        }
        return Optional.of(new FaceFeature(model, unit));
    }

    public String model() {
        return model;
    }

    /**
     * Cosine of the angle between two features, -1 to 1.
     *
     * @throws FeaturesOfTwoModels when they come from different models
     */
    public double cosine(FaceFeature other) {
        if (!model.equals(other.model) || unit.length != other.unit.length) {
            throw new FeaturesOfTwoModels(model, other.model);
        }
        double sum = 0;
        for (int at = 0; at < unit.length; at++) {
            sum += (double) unit[at] * other.unit[at];
        }
        return sum;
    }

    /** Bytes: version 1, length of the model id, model id, count, floats; big-endian. */
    public byte[] encoded() {
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(4 + name.length + Float.BYTES * unit.length);
        out.put((byte) 1).put((byte) name.length).put(name).putShort((short) unit.length);
        for (float value : unit) {
            out.putFloat(value);
        }
        return out.array();
    }

    /** Reads {@link #encoded()}; empty when the bytes are anything else. */
    public static Optional<FaceFeature> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 4 || in.get() != 1) {
            return Optional.empty();
        }
        int nameBytes = in.get();
        if (nameBytes < 1 || nameBytes > MODEL_CHARS_MAX || in.remaining() < nameBytes + 2) {
            return Optional.empty();
        }
        byte[] name = new byte[nameBytes];
        in.get(name);
        int count = in.getShort();
        if (count < 1 || count > DIMENSIONS_MAX || in.remaining() != count * Float.BYTES) {
            return Optional.empty();
        }
        float[] values = new float[count];
        in.asFloatBuffer().get(values);
        return of(new String(name, StandardCharsets.UTF_8), values);
    }

    @Override
    public String toString() {
        return "FaceFeature(" + model + ")";
    }
}

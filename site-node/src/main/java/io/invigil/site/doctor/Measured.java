package io.invigil.site.doctor;

import java.util.Arrays;
import java.util.List;

/**
 * What a probe found.
 *
 * @param values what was measured, in the order of the text {@code doctor.measured.SYMPTOM}; no
 *     personal data and no secret
 */
public record Measured(Symptom symptom, List<String> values) {
    public Measured {
        values = List.copyOf(values);
    }

    public static Measured of(Symptom symptom, Object... values) {
        return new Measured(symptom, Arrays.stream(values).map(String::valueOf).toList());
    }
}

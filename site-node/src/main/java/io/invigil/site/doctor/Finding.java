package io.invigil.site.doctor;

import io.invigil.appliance.selftest.Health.Light;
import java.time.Instant;

/** What a check said, and when. */
public record Finding(Check check, Measured measured, Instant at) {
    public Symptom symptom() {
        return measured.symptom();
    }

    public Light light() {
        return symptom().light();
    }
}

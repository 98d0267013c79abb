package io.invigil.hub.registration;

/** Number of a registration: one candidate for one certificate level of a plan. */
public record RegistrationId(long value) {

    public RegistrationId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

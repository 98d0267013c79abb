package io.invigil.hub.declaration;

/** Number of a declaration within its tenant. */
public record DeclarationId(long value) {

    public DeclarationId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

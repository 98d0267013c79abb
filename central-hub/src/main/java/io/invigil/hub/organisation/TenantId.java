package io.invigil.hub.organisation;

/** Number of a tenant: whoever runs this hub's data. First part of every key. */
public record TenantId(long value) {

    public TenantId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

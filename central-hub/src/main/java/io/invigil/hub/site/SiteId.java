package io.invigil.hub.site;

/** Number of a site within its tenant. */
public record SiteId(long value) {

    public SiteId {
        if (value <= 0) {
            throw new IllegalArgumentException("an id is positive, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

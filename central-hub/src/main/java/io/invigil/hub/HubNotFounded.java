package io.invigil.hub;

/** The data directory holds no realm and the settings do not say how to found one. */
public final class HubNotFounded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HubNotFounded() {
        super("this data directory has no realm: add the block founding to the configuration");
    }
}

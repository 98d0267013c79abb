package io.invigil.protocol.hub;

/** The store could not commit: the message is not acknowledged and will come again (row 36, 39). */
public final class HubStoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HubStoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

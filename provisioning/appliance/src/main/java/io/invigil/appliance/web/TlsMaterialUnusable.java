package io.invigil.appliance.web;

/** A certificate or private key cannot be used for a listener. */
public final class TlsMaterialUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TlsMaterialUnusable(String message) {
        super(message);
    }

    public TlsMaterialUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}

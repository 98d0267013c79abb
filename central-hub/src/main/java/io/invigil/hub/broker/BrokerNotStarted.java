package io.invigil.hub.broker;

/** The embedded broker is not listening under our rules. */
public final class BrokerNotStarted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.invigil.appliance.web;

/** The request's body is too long (413) or malformed (400); answered with that status. */
public final class BodyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public BodyRefused(int status) {
        super("request body refused with " + status);
        this.status = status;
    }

    public int status() {
        return status;
    }
}

package io.invigil.appliance.data;

/** The key of the data at rest is missing, unsafe or not a key; nothing was opened. */
public final class DataKeyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataKeyRefused(String message) {
        super(message);
    }
}

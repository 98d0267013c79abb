package io.invigil.appliance.i18n;

/** The message bundles do not cover the program in both languages. */
public final class MessagesIncomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MessagesIncomplete(String message) {
        super(message);
    }
}

package io.invigil.hub.message;

/** Brings messages of one channel to people. Implementations are thread-safe. */
public interface Carrier {
    Channel channel();

    /**
     * Tries to send; blocks up to some seconds. Sending the same message twice is possible after a
     * crash between sending and noting it.
     */
    Delivery send(Message message);

    /** What came of it. */
    sealed interface Delivery {
        record Sent() implements Delivery {}

        /** It may work later. */
        record Failed(String why) implements Delivery {}

        /** It will never work, such as an address that does not exist. */
        record Refused(String why) implements Delivery {}
    }
}

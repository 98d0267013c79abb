package io.invigil.hub.message;

import java.time.Instant;
import java.util.Optional;

/**
 * A message of the outbox.
 *
 * @param organisation on whose behalf it is sent; who else may see it, nobody
 * @param kind what it holds, and so who may read its text
 * @param recipient a mail address or a mobile number, by the channel
 * @param text empty once it was sent
 * @param attempts how often it was tried
 * @param nextAt when it is tried again
 * @param problem why the last attempt failed, in the carrier's words; empty when there was none
 */
public record Message(
        long tenant,
        long id,
        long organisation,
        MessageKind kind,
        Channel channel,
        String recipient,
        String subject,
        String text,
        State state,
        int attempts,
        Instant createdAt,
        Instant nextAt,
        Optional<Instant> sentAt,
        String problem) {
    public static final int RECIPIENT_CHARS_MAX = 200;
    public static final int SUBJECT_CHARS_MAX = 200;
    public static final int TEXT_CHARS_MAX = 4_000;
    public static final int PROBLEM_CHARS_MAX = 300;

    /** The names stand in the database. */
    public enum State {
        WAITING,
        SENT,
        GIVEN_UP
    }

    /**
     * The recipient as shown in lists (domain, section 3): {@code 183****0551, w***@example.org}.
     */
    public String maskedRecipient() {
        int at = recipient.indexOf('@');
        if (at > 0) {
            return recipient.charAt(0) + "***" + recipient.substring(at);
        }
        return recipient.length() == 11
                ? recipient.substring(0, 3) + "****" + recipient.substring(7)
                : "***";
    }

    /**
     * Whether who keeps the outbox may read the text.
     *
     * @param carried whether something sends messages of its channel
     */
    public boolean readable(boolean carried) {
        return switch (kind) {
            case NOTICE -> true;
            case PASSWORD -> !carried;
            case CODE -> false;
        };
    }

    /** Without the text, which may hold a password. */
    @Override
    public String toString() {
        return "Message[" + tenant + "/" + id + " " + channel + " " + state + "]";
    }
}

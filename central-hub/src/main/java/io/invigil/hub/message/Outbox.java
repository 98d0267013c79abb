package io.invigil.hub.message;

import io.invigil.appliance.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where rules put messages to people. Stateless and thread-safe. */
public final class Outbox {
    private static final Pattern MAIL = Pattern.compile("[^@\\s<>,;]{1,64}@[^@\\s<>,;]{1,120}");
    private static final Pattern MOBILE = Pattern.compile("1\\d{10}");

    private final MessageStore store = new MessageStore();

    /** Whether mail can be addressed so. */
    public static boolean isMailAddress(String text) {
        return MAIL.matcher(text).matches();
    }

    /** Whether it is a mobile number of the mainland. */
    public static boolean isMobile(String text) {
        return MOBILE.matcher(text).matches();
    }

    /**
     * Puts a message into the outbox; it is sent after the transaction has committed.
     *
     * @return its number
     * @throws IllegalArgumentException for an address that is none, or a text beyond the limits:
     *     the rules have checked both
     */
    public long put(
            Tx tx,
            long tenant,
            long organisation,
            MessageKind kind,
            Channel channel,
            String recipient,
            String subject,
            String text) {
        boolean addressed =
                switch (channel) {
                    case MAIL -> isMailAddress(recipient);
                    case SMS -> isMobile(recipient);
                };
        if (!addressed
                || subject.length() > Message.SUBJECT_CHARS_MAX
                || text.length() > Message.TEXT_CHARS_MAX
                || text.isEmpty()) {
            throw new IllegalArgumentException("a message by " + channel + " is malformed");
        }
        return store.add(
                tx,
                new Message(
                        tenant,
                        0,
                        organisation,
                        kind,
                        channel,
                        recipient,
                        subject,
                        text,
                        Message.State.WAITING,
                        0,
                        tx.at(),
                        tx.at(),
                        Optional.empty(),
                        ""));
    }

    /** A message of this organisation. */
    public Optional<Message> find(Tx tx, long tenant, long organisation, long id) {
        return store.find(tx, tenant, id).filter(one -> one.organisation() == organisation);
    }

    /** Messages of this organisation, newest first. */
    public List<Message> list(
            Tx tx,
            long tenant,
            long organisation,
            Optional<Message.State> state,
            int offset,
            int n) {
        return store.list(tx, tenant, organisation, state, offset, n);
    }

    public long count(Tx tx, long tenant, long organisation, Optional<Message.State> state) {
        return store.count(tx, tenant, organisation, state);
    }

    /** Handed over in person: the text is erased. */
    public void handedOver(Tx tx, Message message) {
        store.sent(tx, message.id(), tx.at());
    }

    /** Tries a message again from the beginning. */
    public boolean again(Tx tx, Message message) {
        Instant now = tx.at();
        return store.again(tx, message.tenant(), message.id(), now) == 1;
    }
}

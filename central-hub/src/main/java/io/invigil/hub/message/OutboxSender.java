package io.invigil.hub.message;

import io.invigil.appliance.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends what waits in the outbox. A message is taken in a short transaction, sent outside of any,
 * and noted in another; several instances may do so on one database. After a failure it waits one
 * minute, then two, four and so on up to {@link #PAUSE_MAX}; after {@link #ATTEMPTS_MAX} attempts,
 * about two days, it is given up. Thread-safe.
 */
public final class OutboxSender implements AutoCloseable {
    public static final int ATTEMPTS_MAX = 20;
    public static final int BATCH_MAX = 50;
    public static final Duration PAUSE_MAX = Duration.ofHours(4);

    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    static final Duration EVERY = Duration.ofSeconds(2);

    /** For how long a message that is being sent is nobody else's. */
    static final Duration TAKEN = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(OutboxSender.class.getName());

    private final Database database;
    private final List<Carrier> carriers;
    private final MessageStore store = new MessageStore();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread thread;

    /**
     * @param carriers at most one for each channel
     */
    public OutboxSender(Database database, List<Carrier> carriers) {
        this.database = database;
        this.carriers = List.copyOf(carriers);
    }

    /** Whether messages of the channel are sent at all. */
    public boolean carries(Channel channel) {
        return carriers.stream().anyMatch(carrier -> carrier.channel() == channel);
    }

    /** Begins to send on a thread of its own, when there is a carrier. */
    public synchronized void start() {
        if (!carriers.isEmpty()) {
            thread = Thread.ofPlatform().name("outbox").daemon(true).start(this::run);
        }
    }

    private void run() {
        try {
            while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (RuntimeException failure) {
                    // the messages stay in the outbox for the next round
                    LOG.log(System.Logger.Level.WARNING, "the outbox was not sent", failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends what is due now.
     *
     * @return how many were sent
     */
    public int round() {
        int sent = 0;
        for (Carrier carrier : carriers) {
            List<Message> due =
                    database.inTransaction(
                            tx -> store.due(tx, carrier.channel(), tx.at(), BATCH_MAX));
            for (Message message : due) {
                boolean taken =
                        database.inTransaction(tx -> store.take(tx, message, tx.at().plus(TAKEN)));
                if (taken && send(carrier, message)) {
                    sent++;
                }
            }
        }
        return sent;
    }

    private boolean send(Carrier carrier, Message message) {
        Carrier.Delivery delivery = carrier.send(message);
        return database.inTransaction(
                tx ->
                        switch (delivery) {
                            case Carrier.Delivery.Sent done -> {
                                store.sent(tx, message.id(), tx.at());
                                yield true;
                            }
                            case Carrier.Delivery.Failed failed -> {
                                int attempts = message.attempts() + 1;
                                Message.State state =
                                        attempts >= ATTEMPTS_MAX
                                                ? Message.State.GIVEN_UP
                                                : Message.State.WAITING;
                                Instant next = tx.at().plus(pause(attempts));
                                store.failed(tx, message.id(), state, next, cut(failed.why()));
                                yield false;
                            }
                            case Carrier.Delivery.Refused refused -> {
                                store.failed(
                                        tx,
                                        message.id(),
                                        Message.State.GIVEN_UP,
                                        tx.at(),
                                        cut(refused.why()));
                                yield false;
                            }
                        });
    }

    /** One minute, doubled after each attempt. */
    static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : doubled;
    }

    private static String cut(String why) {
        return why.length() <= Message.PROBLEM_CHARS_MAX
                ? why
                : why.substring(0, Message.PROBLEM_CHARS_MAX);
    }

    /** Lets the message on its way finish. */
    @Override
    public void close() {
        stopped.countDown();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(TAKEN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.invigil.site.room;

import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.ledger.Durability;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.room.core.ExamPlan;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomState;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The way into the room: commands go in from any thread, outcomes come back when they are durable.
 * One writer thread decides against the state that is on its way to the ledger, so that the devices
 * are never idle; readers see only what has arrived there.
 */
public final class RoomEngine implements AutoCloseable {
    /** Commands waiting for the writer; beyond it {@link Outcome.Busy}. */
    public static final int QUEUE_MAX = 8_192;

    private static final long TICK_SECONDS = 1;
    private static final long STOP_SECONDS_MAX = 20;

    private final BlockingQueue<Ask> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final RoomWriter writer;
    private final RoomTimeSource time;
    private final Thread thread;
    private final ScheduledExecutorService ticker;
    private volatile boolean closed;

    private RoomEngine(RoomWriter writer, RoomTimeSource time) {
        this.writer = writer;
        this.time = time;
        this.thread = Thread.ofPlatform().name("room-writer").unstarted(this::write);
        this.ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("room-ticker").daemon().factory());
    }

    /**
     * Replays the ledger, installs the plans of the active packages and starts to take commands.
     *
     * @param plans of every active package; facts of exams without one are kept all the same
     */
    public static RoomEngine start(
            Ledger ledger,
            List<ExamPlan> plans,
            RoomTimeSource time,
            List<RoomListener> listeners) {
        RoomView replayed = RoomReplay.of(ledger, plans);
        RoomEngine engine =
                new RoomEngine(
                        new RoomWriter(ledger, time, replayed, new RoomNotifier(listeners)), time);
        engine.thread.start();
        engine.tick();
        engine.ticker.scheduleAtFixedRate(
                engine::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        return engine;
    }

    /** The published state; never ahead of what is durable. */
    public RoomState state() {
        return writer.view().state();
    }

    public RoomView view() {
        return writer.view();
    }

    public RoomTimeSource time() {
        return time;
    }

    /** Whether the ledger stopped taking facts. */
    public boolean halted() {
        return writer.halted();
    }

    /** How well facts are kept at the moment. */
    public Durability durability() {
        return writer.durability();
    }

    /** Decides a command; the stage completes when its facts are durable, never exceptionally. */
    public CompletableFuture<Outcome> submit(RoomCommand command) {
        return offer(new Ask.Command(command, new CompletableFuture<>()));
    }

    /** As {@link #submit}, waiting. Made for request threads. */
    public Outcome ask(RoomCommand command) {
        try {
            return submit(command).get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome.Busy();
        } catch (ExecutionException broken) {
            throw new CompletionException(broken.getCause());
        }
    }

    /** Puts the plan of a package in place; done before the next command is decided. */
    public CompletableFuture<Outcome> install(ExamPlan plan) {
        return offer(new Ask.Plan(plan, new CompletableFuture<>()));
    }

    private CompletableFuture<Outcome> offer(Ask ask) {
        if (writer.halted() || closed) {
            ask.outcome().complete(new Outcome.Halted());
        } else if (!queue.offer(ask)) {
            ask.outcome().complete(new Outcome.Busy());
        } else if (closed && queue.remove(ask)) {
            ask.outcome().complete(new Outcome.Halted());
        }
        return ask.outcome();
    }

    /** Times run out by this, also when nobody asks for anything. */
    private void tick() {
        for (ExamState exam : state().exams().values()) {
            if (exam.phase() == RoomPhase.RUNNING && exam.plan().isPresent()) {
                submit(new RoomCommand.Tick("node", exam.exam()));
            }
        }
    }

    private void write() {
        while (true) {
            try {
                Ask first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    writer.write(first, queue);
                } else if (closed) {
                    return;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Decides what still waits, then stops; the ledger is closed by its owner. */
    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }

    /** What waits for the writer. */
    sealed interface Ask {
        CompletableFuture<Outcome> outcome();

        record Command(RoomCommand command, CompletableFuture<Outcome> outcome) implements Ask {}

        record Plan(ExamPlan plan, CompletableFuture<Outcome> outcome) implements Ask {}
    }
}

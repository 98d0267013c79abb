package io.invigil.site.attendance;

import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.site.room.RoomListener;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomState;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells proctors' pages to load the seat map anew: event {@code room}, at most twice a second
 * however much is saved.
 */
public final class RoomLive implements RoomListener {
    private static final long EVERY_MILLIS = 500;

    private final Broadcast broadcast;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean due = new AtomicBoolean();

    public RoomLive(Broadcast broadcast, ScheduledExecutorService timer) {
        this.broadcast = broadcast;
        this.timer = timer;
    }

    Reply events() {
        return Reply.live(broadcast);
    }

    /** Something outside the room's facts changed, such as a receipt of the centre. */
    public void changed() {
        if (due.compareAndSet(false, true) && !timer.isShutdown()) {
            timer.schedule(this::tell, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        due.set(false);
        broadcast.publish("room", "");
    }

    @Override
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        boolean shows = facts.stream().anyMatch(fact -> !(fact.fact() instanceof RoomFact.Tick));
        boolean anyone = state.exams().values().stream().map(ExamState::plan).findAny().isPresent();
        if (anyone && (gap || shows)) {
            changed();
        }
    }
}

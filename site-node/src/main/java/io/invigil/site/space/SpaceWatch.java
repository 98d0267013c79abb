package io.invigil.site.space;

import io.invigil.exam.room.IncidentCategory;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomCommand;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Tells a change of the ladder: to the technician as an alarm, always; in every exam under way as
 * an incident of the room, when snapshots are concerned. Used by the thread of the ladder's checks.
 */
public final class SpaceWatch implements SpaceLadder.Changes {
    private static final int ID_BYTES = 8;

    private final BiConsumer<String, String> alarm;
    private final Function<SpaceState, String> words;
    private final Entropy entropy;
    private Optional<RoomEngine> room = Optional.empty();

    /**
     * @param alarm code and detail
     * @param words what an incident states
     */
    public SpaceWatch(
            BiConsumer<String, String> alarm, Function<SpaceState, String> words, Entropy entropy) {
        this.alarm = alarm;
        this.words = words;
        this.entropy = entropy;
    }

    /** Whose exams hear of it from now on. */
    public synchronized void room(RoomEngine engine) {
        room = Optional.of(engine);
    }

    @Override
    public synchronized void changed(SpaceState before, SpaceState now) {
        alarm.accept("DISK_" + now.level(), now.freePercent() + " % free, " + now.cause());
        boolean snapshots = before.level().snapshotsInFull() && now.level().snapshotsInFull();
        if (room.isEmpty() || snapshots) {
            return;
        }
        for (ExamState exam : room.get().state().exams().values()) {
            if (isUnderWay(exam)) {
                room.get()
                        .submit(
                                new RoomCommand.ReportIncident(
                                        "node",
                                        exam.exam(),
                                        Optional.empty(),
                                        HexFormat.of().formatHex(entropy.bytes(ID_BYTES)),
                                        IncidentCategory.DEVICE.name(),
                                        words.apply(now),
                                        Optional.empty()));
            }
        }
    }

    private static boolean isUnderWay(ExamState exam) {
        return exam.plan().isPresent()
                && exam.phase() != RoomPhase.PREPARING
                && exam.phase() != RoomPhase.CLOSED;
    }
}

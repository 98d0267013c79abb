package io.invigil.site.room;

import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.room.core.ExamPlan;
import io.invigil.site.room.core.LongMap;
import io.invigil.site.room.core.RoomCore;
import io.invigil.site.room.core.RoomState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The state that a ledger makes. */
public final class RoomReplay {
    private final RoomCore core = new RoomCore();
    private RoomState state = RoomState.EMPTY;
    private LongMap<RoomView.ResultMark> results = LongMap.empty();

    private RoomReplay() {}

    /** Folds all room facts in order of position; facts of other features are passed over. */
    public static RoomView of(Ledger ledger, List<ExamPlan> plans) {
        RoomReplay replay = new RoomReplay();
        ledger.replay(0, replay::visit);
        for (ExamPlan plan : plans) {
            replay.state = replay.state.withPlan(plan);
        }
        return new RoomView(replay.state, replay.results);
    }

    private boolean visit(FactRecord record) {
        Optional<StampedFact> fact = StampedFact.parse(record.json());
        if (fact.isPresent()) {
            state = core.apply(state, fact.get());
            OptionalLong sitting = fact.get().fact().aboutSitting();
            if (record.lane() == Lane.RES && sitting.isPresent()) {
                results =
                        results.with(
                                sitting.getAsLong(),
                                new RoomView.ResultMark(record.epoch(), record.seq()));
            }
        }
        return true;
    }
}

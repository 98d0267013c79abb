package io.invigil.site.delivery;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.exam.paper.ScoreSheet;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.OpenPaper;
import io.invigil.site.pack.PaperShelf;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.RoomListener;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Scores hand-ins where the policy shows a result at once. What the centre computes is what counts
 * (domain, section 13).
 */
public final class ProvisionalScores implements RoomListener {
    private final ActivePackages packages;
    private final PaperShelf shelf;
    private final Supplier<RoomEngine> engine;

    /**
     * @param engine asked for only once the engine publishes
     */
    public ProvisionalScores(
            ActivePackages packages, PaperShelf shelf, Supplier<RoomEngine> engine) {
        this.packages = packages;
        this.shelf = shelf;
        this.engine = engine;
    }

    @Override
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        if (gap) {
            scoreAll(state);
        }
        for (StampedFact fact : facts) {
            if (fact.fact() instanceof RoomFact.HandedIn handedIn) {
                score(state.sitting(handedIn.sitting()));
            }
        }
    }

    /** Also what a crash left unscored. */
    public void scoreAll(RoomState state) {
        state.sittings().forEach(this::score);
    }

    private void score(SittingState sitting) {
        if (!sitting.handedIn() || sitting.score().isPresent()) {
            return;
        }
        Optional<ActivePackages.Listed> listed =
                packages.sitting(sitting.sitting())
                        .filter(
                                l ->
                                        l.exam().policy().resultVisibility()
                                                == ExamPolicy.ResultVisibility
                                                        .PROVISIONAL_AT_HAND_IN);
        Optional<OpenPaper> paper =
                listed.flatMap(l -> shelf.paper(l.exam(), paperName(l)))
                        .filter(open -> open.key().isPresent());
        if (paper.isEmpty()) {
            return;
        }
        Map<String, Map<String, List<String>>> answers = new HashMap<>();
        sitting.answers().forEach((item, answer) -> answers.put(item, answer.response()));
        ScoreSheet sheet =
                ObjectiveScoring.score(
                        paper.get().paper(), paper.get().key().orElseThrow(), answers);
        engine.get()
                .submit(
                        new RoomCommand.RecordScore(
                                "node", sitting.sitting(), sheet.score(), sheet.maximum()));
    }

    private static String paperName(ActivePackages.Listed listed) {
        return listed.exam().subject(listed.entry().subject()).orElseThrow().paper();
    }
}

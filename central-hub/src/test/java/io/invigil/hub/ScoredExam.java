package io.invigil.hub;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.PaperContent;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewOutcome;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.Results;
import io.invigil.hub.score.ScoreDecision;
import io.invigil.hub.score.Scores;
import io.invigil.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A {@link ScoringWorld} with both sample papers assigned and everything that scores them. */
public final class ScoredExam {
    public final ScoringWorld world;
    public final TestClock clock = TestClock.examMorning();
    public final Papers papers;
    public final Marking marking;
    public final Reviews reviews;
    public final Scores scores;
    public final Results results = new Results();
    public final PaperId theory;
    public final PaperId practice;
    private final AttemptProjection projection;
    private int nodes;

    public ScoredExam(Database database, PassRule rule, boolean autoPass) {
        this(new ScoringWorld(database, rule, autoPass));
    }

    public ScoredExam(Database database, PassRule rule, SittingPolicy policy) {
        this(new ScoringWorld(database, rule, policy));
    }

    private ScoredExam(ScoringWorld world) {
        this.world = world;
        papers = new Papers(clock, world.plans);
        marking = new Marking(clock, papers, world.plans);
        reviews = new Reviews(clock, marking);
        scores = new Scores(clock, marking, reviews, world.plans);
        projection = new AttemptProjection(List.of(marking));
        theory = paper(world.theory, SamplePaper.THEORY);
        practice = paper(world.practice, SamplePaper.PRACTICE);
    }

    private PaperId paper(SubjectId subject, SamplePaper sample) {
        try {
            Path zip = Files.createTempFile("sample", ".zip");
            Files.write(zip, SampleQti.zip(sample, SampleQti.Version.V3_0));
            PaperDecision decision =
                    papers.importPackage(world.database, world.staff, subject, "s.zip", zip);
            Files.delete(zip);
            PaperId id = ((PaperDecision.Accepted) decision).version().id();
            tx(tx -> papers.assign(tx, world.staff, id, Optional.empty()));
            return id;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public <T> T tx(Function<Tx, T> work) {
        return world.inTx(work);
    }

    public Plan plan(Tx tx) {
        return world.plans.find(tx, world.tenant, world.plan).orElseThrow();
    }

    public void apply(IngestedFact fact) {
        world.database.useTransaction(tx -> projection.apply(tx, fact));
    }

    public void apply(RoomScript room) {
        room.applyTo(world.database, projection);
    }

    /**
     * A whole sitting at a node of its own.
     *
     * @param share of the keyed items that are answered right, from the first on
     */
    public RoomScript sit(long sitting, PaperId paper, double share) {
        PaperContent content = tx(tx -> papers.content(tx, world.tenant, paper)).orElseThrow();
        Map<String, AnswerKey.ItemKey> keys = content.key().items();
        RoomScript room =
                new RoomScript(world.tenant, "node-" + ++nodes).start(sitting, paper.name());
        long right = Math.round(keys.size() * share);
        int number = 0;
        for (Map.Entry<String, AnswerKey.ItemKey> key : keys.entrySet()) {
            if (number++ < right) {
                List<String> correct = key.getValue().responses().get("RESPONSE").correct();
                room.answer(sitting, key.getKey(), correct.toArray(String[]::new));
            }
        }
        room.handIn(sitting);
        apply(room);
        return room;
    }

    public void pass(long sitting) {
        ReviewOutcome outcome =
                tx(tx -> reviews.pass(tx, world.staff, plan(tx), List.of(new SittingId(sitting))));
        if (!outcome.equals(new ReviewOutcome.Done(1))) {
            throw new IllegalStateException("" + outcome);
        }
    }

    public ScoreDecision enter() {
        return tx(tx -> scores.enter(tx, world.staff, plan(tx)));
    }

    public ScoreDecision propose(StaffScope scope, long sitting, String after, String reason) {
        return tx(
                tx ->
                        scores.propose(
                                tx,
                                scope,
                                plan(tx),
                                new SittingId(sitting),
                                new BigDecimal(after),
                                reason));
    }

    public ScoreDecision decide(StaffScope scope, long sitting, int number, boolean approve) {
        return tx(
                tx -> scores.decide(tx, scope, plan(tx), new SittingId(sitting), number, approve));
    }
}

package io.invigil.site.pack;

import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.manifest.ManifestList;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamPlan;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packages from their sources into the room. One thread at a time may take; reads are free. */
public final class Packages {
    private static final System.Logger LOG = System.getLogger(Packages.class.getName());

    private final PackageFiles files;
    private final PackageIntake intake;
    private final ActivePackages active;
    private final PaperShelf shelf;

    public Packages(
            PackageFiles files, PackageIntake intake, ActivePackages active, PaperShelf shelf) {
        this.files = files;
        this.intake = intake;
        this.active = active;
        this.shelf = shelf;
    }

    /** Reads what is in force; the plans are what the engine starts with. */
    public List<ExamPlan> load() {
        List<ExamPlan> plans = new ArrayList<>();
        for (String exam : files.exams()) {
            Optional<ExamPackage> pack = intake.current(exam);
            pack.ifPresent(active::put);
            pack.ifPresent(p -> plans.add(p.plan()));
        }
        return plans;
    }

    /** After the engine's start: what a crash left between activation and its fact. */
    public void catchUp(RoomEngine engine) {
        for (ExamPackage pack : active.all()) {
            activate(pack, engine);
        }
        wipeClosed(engine.state());
    }

    /** Takes everything that is new at the hub. */
    public List<IntakeDecision> takeNew(HubPackages source, RoomEngine engine) throws IOException {
        List<IntakeDecision> decisions = new ArrayList<>();
        for (ManifestList.Entry entry : source.list()) {
            boolean held =
                    active.exam(entry.exam())
                            .filter(pack -> pack.manifest().version() >= entry.version())
                            .isPresent();
            if (!held) {
                decisions.add(take(entry.exam(), source, engine));
            }
        }
        return decisions;
    }

    /** Takes everything on a stick. */
    public List<IntakeDecision> takeAll(StickPackages source, RoomEngine engine)
            throws IOException {
        List<IntakeDecision> decisions = new ArrayList<>();
        for (String exam : source.exams()) {
            decisions.add(take(exam, source, engine));
        }
        return decisions;
    }

    /** Takes one exam from a source. */
    public synchronized IntakeDecision take(String exam, PackageSource source, RoomEngine engine) {
        boolean closed =
                engine.state()
                        .exam(exam)
                        .filter(state -> state.phase() == RoomPhase.CLOSED)
                        .isPresent();
        if (closed) {
            return new IntakeDecision.Refused("PACKAGE_OF_CLOSED_EXAM", exam, false);
        }
        PackageIntake.Taken taken = intake.take(exam, source);
        taken.active().ifPresent(pack -> activate(pack, engine));
        LOG.log(System.Logger.Level.INFO, "package {0}: {1}", exam, taken.decision());
        return taken.decision();
    }

    private void activate(ExamPackage pack, RoomEngine engine) {
        engine.install(pack.plan());
        Outcome outcome =
                engine.ask(
                        new RoomCommand.ActivatePackage(
                                "node",
                                pack.exam(),
                                pack.manifest().version(),
                                pack.digest().hex()));
        active.put(pack);
        if (!(outcome instanceof Outcome.Kept)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "activation of {0} was not recorded: {1}",
                    pack.exam(),
                    outcome);
        }
    }

    /** Listens to the room: a closed exam's release key and papers go. */
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        boolean closes =
                gap
                        || facts.stream()
                                .map(StampedFact::fact)
                                .anyMatch(
                                        fact ->
                                                fact instanceof RoomFact.PhaseChanged changed
                                                        && changed.to() == RoomPhase.CLOSED);
        if (closes) {
            wipeClosed(state);
        }
    }

    private void wipeClosed(RoomState state) {
        for (ExamState exam : state.exams().values()) {
            if (exam.phase() == RoomPhase.CLOSED) {
                active.exam(exam.exam()).ifPresent(pack -> shelf.forget(pack.manifest()));
                files.dropRelease(exam.exam());
            }
        }
    }
}

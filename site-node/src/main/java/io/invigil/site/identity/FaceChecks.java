package io.invigil.site.identity;

import io.invigil.appliance.vision.Comparison;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.appliance.vision.HeadTurn;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.room.core.RoomCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Checks in progress: frames in, one recorded comparison out. Three good frames are compared; where
 * the exam asks for it, an accepted face then turns. What comes out is a fact with score, model and
 * the picture; until then nothing is kept. Thread-safe.
 */
public final class FaceChecks {
    /** Frames of one check before the proctor is asked instead. */
    public static final int FRAMES_MAX = 300;

    /** Frames of a check while the test goes on: about half a minute of a page's pictures. */
    public static final int RECHECK_FRAMES_MAX = 40;

    /** Comparisons that a candidate may bring about alone; then only the proctor can. */
    public static final int TRIES_MAX = 3;

    /** Frames looked at or waiting at once; more are told to come again. */
    public static final int FRAMES_AT_ONCE_MAX = 16;

    private final InstalledFaces faces;
    private final FaceTemplates templates;
    private final PictureKeeper pictures;
    private final RoomEngine engine;
    private final Entropy entropy;
    private final Semaphore places = new Semaphore(FRAMES_AT_ONCE_MAX);
    private final Map<Key, Check> running = new ConcurrentHashMap<>();

    public FaceChecks(
            InstalledFaces faces,
            FaceTemplates templates,
            PictureKeeper pictures,
            RoomEngine engine,
            Entropy entropy) {
        this.faces = faces;
        this.templates = templates;
        this.pictures = pictures;
        this.engine = engine;
        this.entropy = entropy;
    }

    private record Key(long sitting, IdentityMoment moment) {}

    private static final class Check {
        private final List<FaceFeature> good = new ArrayList<>();
        private final List<Double> live = new ArrayList<>();
        private int frames;
        private byte[] picture = new byte[0];
        private Optional<Comparison> compared = Optional.empty();
        private Optional<HeadTurn> turn = Optional.empty();
    }

    /** Where the candidate's own check stands before any frame. */
    public FaceStep.Kind standing(ActivePackages.Listed listed) {
        IdentityState identity = identity(listed);
        return switch (identity.standing()) {
            case ACCEPTED, CONFIRMED -> FaceStep.Kind.SETTLED;
            case ASKED, REFUSED -> FaceStep.Kind.ASKED;
            case OPEN -> possible(listed, identity) ? FaceStep.Kind.LOOKING : FaceStep.Kind.BY_EYE;
        };
    }

    private boolean possible(ActivePackages.Listed listed, IdentityState identity) {
        return listed.exam().policy().identity().compares()
                && templates.template(listed, identity).isPresent();
    }

    /** Whether the candidate may start over alone. */
    public boolean mayTryAgain(ActivePackages.Listed listed) {
        IdentityState identity = identity(listed);
        return identity.standing() == IdentityState.Standing.ASKED
                && identity.comparisons() < TRIES_MAX
                && possible(listed, identity);
    }

    /** Why only a person can decide on this sitting; for the question to the proctor. */
    public IdentityQuestion reasonByEye(ActivePackages.Listed listed) {
        if (listed.entry().onlyByEye()) {
            return IdentityQuestion.DECLINED;
        }
        return faces.reader().isEmpty() ? IdentityQuestion.NO_MODELS : IdentityQuestion.NO_PHOTO;
    }

    /** Forgets the frames of a check, for a new try. */
    public void restart(long sitting, IdentityMoment moment) {
        running.remove(new Key(sitting, moment));
    }

    /**
     * Takes the next frame.
     *
     * @param by author of what is recorded
     */
    public FaceStep look(
            ActivePackages.Listed listed, IdentityMoment moment, String by, byte[] picture) {
        IdentityState identity = identity(listed);
        Optional<FaceReader> reader = faces.reader();
        Optional<FaceFeature> template = templates.template(listed, identity);
        if (reader.isEmpty() || template.isEmpty()) {
            return FaceStep.of(FaceStep.Kind.BY_EYE);
        }
        if (!places.tryAcquire()) {
            return FaceStep.of(FaceStep.Kind.BUSY);
        }
        try {
            Check check =
                    running.computeIfAbsent(
                            new Key(listed.entry().sitting(), moment), key -> new Check());
            synchronized (check) {
                FaceReading reading = reader.get().readLive(picture);
                return next(
                        new Turn(listed, moment, by, check),
                        reader.get(),
                        template.get(),
                        reading,
                        picture);
            }
        } finally {
            places.release();
        }
    }

    /** Whose turn it is, at which moment, and what was seen so far. */
    private record Turn(
            ActivePackages.Listed listed, IdentityMoment moment, String by, Check check) {}

    private FaceStep next(
            Turn turn,
            FaceReader reader,
            FaceFeature template,
            FaceReading reading,
            byte[] picture) {
        Check check = turn.check();
        check.frames++;
        boolean during = turn.moment() == IdentityMoment.DURING_THE_TEST;
        if (check.frames > (during ? RECHECK_FRAMES_MAX : FRAMES_MAX)) {
            return notPossible(turn, picture);
        }
        if (check.turn.isPresent()) {
            return turned(turn, check.turn.get(), reading);
        }
        if (!reading.good()) {
            return FaceStep.looking(reading.advice(), check.good.size());
        }
        check.good.add(reading.feature().orElseThrow());
        reading.live().ifPresent(check.live::add);
        check.picture = picture;
        if (check.good.size() < Comparison.FRAMES) {
            return FaceStep.looking(List.of(), check.good.size());
        }
        Comparison compared = Comparison.of(reader.scale(), template, check.good);
        check.compared = Optional.of(compared);
        // at the desk the proctor sees that it is a person, in the test nobody is disturbed
        boolean asksTurn =
                turn.moment() == IdentityMoment.BEFORE_START
                        && turn.listed().exam().policy().identity() == IdentityCheck.FACE_AND_TURN;
        if (asksTurn && compared.verdict() == FaceVerdict.ACCEPT) {
            HeadTurn headTurn = new HeadTurn(reader.scale(), entropy);
            check.turn = Optional.of(headTurn);
            return FaceStep.turning(List.of(), headTurn.step());
        }
        return record(turn, compared.verdict(), Optional.empty());
    }

    private FaceStep turned(Turn turn, HeadTurn headTurn, FaceReading reading) {
        return switch (headTurn.look(reading)) {
            case PASSED -> record(turn, FaceVerdict.ACCEPT, Optional.of(true));
            case NOT_PASSED -> record(turn, FaceVerdict.ASK_PROCTOR, Optional.of(false));
            case LOOK_AHEAD, TURN_LEFT, TURN_RIGHT ->
                    FaceStep.turning(
                            reading.face().isEmpty() ? reading.advice() : List.of(),
                            headTurn.step());
        };
    }

    /** The picture is kept before the fact that names it. */
    private FaceStep record(Turn turn, FaceVerdict verdict, Optional<Boolean> passed) {
        Check check = turn.check();
        long sitting = turn.listed().entry().sitting();
        Comparison compared = check.compared.orElseThrow();
        Optional<String> blob =
                pictures.keep(turn.listed().exam().exam(), "image/jpeg", check.picture);
        if (blob.isEmpty()) {
            return notPossible(turn, check.picture);
        }
        OptionalDouble live = check.live.stream().mapToDouble(Double::doubleValue).average();
        Outcome outcome =
                engine.ask(
                        new RoomCommand.RecordComparison(
                                turn.by(),
                                sitting,
                                turn.moment(),
                                verdict,
                                rounded(compared.score()),
                                compared.model(),
                                live.isPresent()
                                        ? Optional.of(rounded(live.getAsDouble()))
                                        : Optional.empty(),
                                passed,
                                blob.get()));
        running.remove(new Key(sitting, turn.moment()));
        boolean during = turn.moment() == IdentityMoment.DURING_THE_TEST;
        if (during && outcome instanceof Outcome.Refused) {
            // no more comparisons for this sitting: the page must not go on sending pictures
            return notPossible(turn, check.picture);
        }
        return outcome instanceof Outcome.Kept
                ? FaceStep.of(
                        identity(turn.listed()).settled()
                                ? FaceStep.Kind.SETTLED
                                : FaceStep.Kind.ASKED)
                : FaceStep.of(FaceStep.Kind.BUSY);
    }

    private FaceStep notPossible(Turn turn, byte[] picture) {
        long sitting = turn.listed().entry().sitting();
        running.remove(new Key(sitting, turn.moment()));
        if (turn.moment() == IdentityMoment.DURING_THE_TEST) {
            missed(turn.listed(), turn.by(), IdentityQuestion.NOT_POSSIBLE, Optional.of(picture));
            return FaceStep.of(FaceStep.Kind.ASKED);
        }
        engine.ask(new RoomCommand.AskIdentity(turn.by(), sitting, IdentityQuestion.NOT_POSSIBLE));
        return FaceStep.of(FaceStep.Kind.ASKED);
    }

    /**
     * The check that is open in the running test comes to no comparison; the proctor is asked.
     *
     * @param picture for the proctor's eye
     */
    void missed(
            ActivePackages.Listed listed,
            String by,
            IdentityQuestion why,
            Optional<byte[]> picture) {
        Optional<String> blob =
                picture.flatMap(jpeg -> pictures.keep(listed.exam().exam(), "image/jpeg", jpeg));
        engine.ask(
                new RoomCommand.MissRecheck(
                        by,
                        listed.entry().sitting(),
                        identity(listed).recheck().asked(),
                        why,
                        blob));
    }

    private IdentityState identity(ActivePackages.Listed listed) {
        return engine.state().sitting(listed.entry().sitting()).attendance().identity();
    }

    /** Four digits: more would be a fingerprint of the feature. */
    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}

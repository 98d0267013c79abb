package io.invigil.site.identity;

import static io.invigil.site.delivery.CandidateSession.by;
import static io.invigil.site.delivery.CandidateSession.sitting;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.vision.PictureSize;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.web.Refusals;
import java.util.Optional;

/**
 * Face checks while the test goes on, from the candidate's page (S0, section 7). The page hears
 * whether more pictures are wanted and nothing else: what was found is for the proctor. Pictures
 * are looked at on the thread of their own request, a bounded number at once; saves wait for none.
 */
public final class RecheckApi implements HttpService {
    private static final int BODY_BYTES_MAX = 1024;

    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final FaceChecks checks;

    public RecheckApi(
            HttpPages pages, ActivePackages packages, RoomEngine engine, FaceChecks checks) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
        this.checks = checks;
    }

    /**
     * @param why {@code NO_CAMERA}
     */
    public record Missed(String why) {}

    @Override
    public void routing(HttpRules rules) {
        Access candidate = Access.roles(CandidateSession.ROLE);
        rules
                // a JPEG frame; ?first=1 with the first of a check
                .post("/api/exam/recheck", pages.api(candidate, this::frame))
                // the camera gives none
                .post("/api/exam/recheck/missed", pages.api(candidate, this::missed));
    }

    private Reply frame(Visit visit) {
        byte[] picture = visit.body(CandidateIdentity.FRAME_BYTES_MAX);
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting(visit));
        if (listed.isEmpty()) {
            return Refusals.of(visit, 404, "SITTING_UNKNOWN");
        }
        if (PictureSize.of(picture).isEmpty()) {
            return Refusals.badRequest(visit);
        }
        if (!open(visit)) {
            return over();
        }
        if (visit.query("first").isPresent()) {
            checks.restart(sitting(visit), IdentityMoment.DURING_THE_TEST);
        }
        String by = by(sitting(visit));
        FaceStep step = checks.look(listed.get(), IdentityMoment.DURING_THE_TEST, by, picture);
        return switch (step.kind()) {
            case LOOKING, BUSY -> fresh(step);
            case BY_EYE -> {
                checks.missed(
                        listed.get(), by, checks.reasonByEye(listed.get()), Optional.of(picture));
                yield over();
            }
            case SETTLED, ASKED, TURNING -> over();
        };
    }

    private Reply missed(Visit visit) {
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting(visit));
        boolean noCamera =
                visit.json(Missed.class, BODY_BYTES_MAX)
                        .filter(said -> IdentityQuestion.NO_CAMERA.name().equals(said.why()))
                        .isPresent();
        if (listed.isEmpty() || !noCamera) {
            return Refusals.badRequest(visit);
        }
        if (open(visit)) {
            checks.missed(
                    listed.get(), by(sitting(visit)), IdentityQuestion.NO_CAMERA, Optional.empty());
        }
        return over();
    }

    private boolean open(Visit visit) {
        SittingState sitting = engine.state().now(sitting(visit));
        return sitting.attendance().identity().recheck().openFor(sitting);
    }

    /** Whatever came of it. */
    private static Reply over() {
        return fresh(FaceStep.of(FaceStep.Kind.SETTLED));
    }

    private static Reply fresh(FaceStep step) {
        return Reply.json(step).header("Cache-Control", "no-store");
    }
}

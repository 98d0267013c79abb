package io.invigil.site.identity;

import static io.invigil.site.delivery.CandidateSession.by;
import static io.invigil.site.delivery.CandidateSession.sitting;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.site.delivery.CandidateSession;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.util.Map;
import java.util.Optional;

/**
 * The step between check-in and start: the candidate's camera, or the proctor's eye. Who has no
 * camera or does not want one is never stuck: the proctor is asked (domain, section 10).
 */
public final class CandidateIdentity implements HttpService {
    /** A frame of 640 by 480 has 30 to 80 KB. */
    public static final int FRAME_BYTES_MAX = 512 * 1024;

    private static final int BODY_BYTES_MAX = 1024;

    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final FaceChecks checks;

    public CandidateIdentity(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            RoomEngine engine,
            FaceChecks checks) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.engine = engine;
        this.checks = checks;
    }

    /**
     * @param why a name of {@link IdentityQuestion}; absent when the node knows why
     */
    public record Question(String why) {}

    @Override
    public void routing(HttpRules rules) {
        rules
                // the page of the step
                .get("/exam/identity", pages.page(candidates(), this::page))
                // where it stands
                .get("/api/exam/identity", candidate(this::standing))
                // a JPEG frame of the camera in, what to do next out
                .post("/api/exam/identity/frames", candidate(this::frame))
                // forgets the frames so far
                .post("/api/exam/identity/restart", candidate(this::restart))
                // asks for the proctor
                .post("/api/exam/identity/ask", candidate(this::ask));
    }

    private static Access candidates() {
        return Access.roles(CandidateSession.ROLE);
    }

    private io.helidon.webserver.http.Handler candidate(PageHandler handler) {
        return pages.api(candidates(), handler);
    }

    private Reply page(Visit visit) {
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting(visit));
        if (listed.isEmpty() || !listed.get().exam().policy().identity().needed()) {
            return Reply.seeOther("/exam");
        }
        IdentityState identity = identity(listed.get());
        if (identity.settled()) {
            return Reply.seeOther("/exam");
        }
        boolean again = checks.mayTryAgain(listed.get());
        FaceStep.Kind kind =
                again && visit.query("again").isPresent()
                        ? FaceStep.Kind.LOOKING
                        : checks.standing(listed.get());
        IdentityCheck policy = listed.get().exam().policy().identity();
        var view =
                new CandidateIdentityView(
                        visit.texts(),
                        visit.csrfToken(),
                        listed.get().entry().name(),
                        listed.get().entry().seat(),
                        kind,
                        identity.standing() == IdentityState.Standing.REFUSED,
                        again,
                        policy == IdentityCheck.FACE_AND_TURN,
                        policy.compares() && kind == FaceStep.Kind.BY_EYE);
        return Reply.page(
                        Page.titled(visit.text("identity.title"))
                                .withoutHeading()
                                .style("identity/identity.css")
                                .module("identity/candidate.js"),
                        templates.content("identity/candidate.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply standing(Visit visit) {
        return packages.sitting(sitting(visit))
                .map(listed -> told(checks.standing(listed), listed))
                .orElseGet(() -> gone(visit));
    }

    private Reply frame(Visit visit) {
        byte[] picture = visit.body(FRAME_BYTES_MAX);
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting(visit));
        if (listed.isEmpty()) {
            return gone(visit);
        }
        FaceStep.Kind standing = checks.standing(listed.get());
        boolean again = checks.mayTryAgain(listed.get());
        if (standing != FaceStep.Kind.LOOKING && !again) {
            return fresh(FaceStep.of(standing));
        }
        return fresh(
                checks.look(
                        listed.get(), IdentityMoment.BEFORE_START, by(sitting(visit)), picture));
    }

    private Reply restart(Visit visit) {
        long sitting = sitting(visit);
        checks.restart(sitting, IdentityMoment.BEFORE_START);
        return standing(visit);
    }

    private Reply ask(Visit visit) {
        long sitting = sitting(visit);
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting);
        Optional<Question> question = visit.json(Question.class, BODY_BYTES_MAX);
        if (listed.isEmpty() || question.isEmpty()) {
            return listed.isEmpty() ? gone(visit) : Refusals.badRequest(visit);
        }
        Optional<IdentityQuestion> why =
                question.get().why() == null
                        ? Optional.of(checks.reasonByEye(listed.get()))
                        : known(question.get().why());
        if (why.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        Outcome outcome = engine.ask(new RoomCommand.AskIdentity(by(sitting), sitting, why.get()));
        checks.restart(sitting, IdentityMoment.BEFORE_START);
        return Refusals.of(
                visit, outcome, kept -> told(checks.standing(listed.get()), listed.get()));
    }

    private static Optional<IdentityQuestion> known(String why) {
        for (IdentityQuestion question : IdentityQuestion.values()) {
            if (question.name().equals(why)) {
                return Optional.of(question);
            }
        }
        return Optional.empty();
    }

    private Reply told(FaceStep.Kind kind, ActivePackages.Listed listed) {
        boolean refused = identity(listed).standing() == IdentityState.Standing.REFUSED;
        return fresh(
                Map.of(
                        "kind", kind,
                        "refused", refused,
                        "again", checks.mayTryAgain(listed)));
    }

    private IdentityState identity(ActivePackages.Listed listed) {
        return engine.state().sitting(listed.entry().sitting()).attendance().identity();
    }

    private static Reply gone(Visit visit) {
        return Refusals.of(visit, 404, "SITTING_UNKNOWN");
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}

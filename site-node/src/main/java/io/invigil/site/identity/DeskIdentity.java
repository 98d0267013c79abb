package io.invigil.site.identity;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.PictureSize;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.site.attendance.RoomDoor;
import io.invigil.site.delivery.CandidatePapers;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.IdentityState;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.web.Refusals;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The proctor's desk: who waits for a decision first, both pictures side by side, the decision with
 * a reason; comparing, capturing and unbinding at the desk. Works with and without models.
 */
public final class DeskIdentity implements HttpService {
    /** Pictures that are no photo of one person, whatever people say. */
    private static final Set<FaceAdvice> UNFIT =
            Set.of(FaceAdvice.PICTURE_UNREADABLE, FaceAdvice.NO_FACE, FaceAdvice.TWO_FACES);

    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final InstalledFaces faces;
    private final FaceTemplates photos;
    private final FaceChecks checks;
    private final PictureKeeper pictures;

    public DeskIdentity(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            RoomEngine engine,
            InstalledFaces faces,
            FaceTemplates photos,
            FaceChecks checks,
            PictureKeeper pictures) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.engine = engine;
        this.faces = faces;
        this.photos = photos;
        this.checks = checks;
        this.pictures = pictures;
    }

    @Override
    public void routing(HttpRules rules) {
        String one = "/{exam}/identity/{sitting}";
        rules
                // everyone of the exam, trouble first; then one with both pictures
                .get("/room/{exam}/identity", page(this::list))
                .get("/room" + one, page(visit -> of(visit, this::detail)))
                // the proctor's decision, and the photo that does not count any more
                .post("/room" + one + "/decide", page(visit -> of(visit, this::decide)))
                .post("/room" + one + "/unbind", page(visit -> of(visit, this::unbind)))
                // frames of the desk's camera; a new photo: ?reason=, JPEG or PNG as body
                .post("/api/room" + one + "/frames", api(visit -> of(visit, this::frame)))
                .post("/api/room" + one + "/photo", api(visit -> of(visit, this::photo)))
                // the photo in force, and the picture of the last comparison
                .get("/api/room" + one + "/reference", api(visit -> of(visit, this::reference)))
                .get("/api/room" + one + "/picture", api(visit -> of(visit, this::picture)));
    }

    private Handler page(PageHandler handler) {
        return RoomDoor.page(pages, handler);
    }

    private Handler api(PageHandler handler) {
        return RoomDoor.api(pages, handler);
    }

    private interface OfSitting {
        Reply reply(Visit visit, ActivePackages.Listed listed);
    }

    /** Only sittings of the exam in the address. */
    private Reply of(Visit visit, OfSitting then) {
        return packages.sitting(visit.pathNumber("sitting"))
                .filter(listed -> listed.exam().exam().equals(visit.path("exam")))
                .map(listed -> then.reply(visit, listed))
                .orElseGet(Reply::notFound);
    }

    private Reply list(Visit visit) {
        Optional<ExamPackage> pack = packages.exam(visit.path("exam"));
        if (pack.isEmpty()) {
            return Reply.notFound();
        }
        List<DeskIdentityView.Line> lines =
                pack.get().roster().entries().stream()
                        .map(entry -> new ActivePackages.Listed(pack.get(), entry))
                        .map(listed -> line(visit.texts(), listed, false))
                        .sorted(
                                Comparator.comparing(DeskIdentityView.Line::standing)
                                        .thenComparing(DeskIdentityView.Line::room)
                                        .thenComparing(DeskIdentityView.Line::seat))
                        .toList();
        return Reply.page(
                        Page.titled(visit.text("identity.desk.title"))
                                .under(pack.get().roster().planName(), "/room/" + pack.get().exam())
                                .style("identity/identity.css")
                                .module("identity/desk-list.js"),
                        templates.content("identity/list.jte", view(visit, pack.get(), lines)))
                .header("Cache-Control", "no-store");
    }

    private Reply detail(Visit visit, ActivePackages.Listed listed) {
        return detail(visit, listed, List.of());
    }

    private Reply detail(Visit visit, ActivePackages.Listed listed, List<Page.FieldError> errors) {
        String list = "/room/" + listed.exam().exam() + "/identity";
        return Reply.page(
                        Page.titled(
                                        visit.text(
                                                "identity.desk.of",
                                                seat(listed),
                                                listed.entry().name()))
                                .under(
                                        listed.exam().roster().planName(),
                                        "/room/" + listed.exam().exam())
                                .under(visit.text("identity.desk.title"), list)
                                .errors(errors)
                                .style("identity/identity.css")
                                .module("identity/desk.js"),
                        templates.content(
                                "identity/desk.jte",
                                view(
                                        visit,
                                        listed.exam(),
                                        List.of(line(visit.texts(), listed, true)))))
                .header("Cache-Control", "no-store");
    }

    private DeskIdentityView view(
            Visit visit, ExamPackage pack, List<DeskIdentityView.Line> lines) {
        return new DeskIdentityView(
                visit.texts(),
                visit.csrfToken(),
                pack.exam(),
                pack.roster().planName(),
                pack.policy().identity(),
                faces.state(),
                lines);
    }

    private DeskIdentityView.Line line(
            Texts texts, ActivePackages.Listed listed, boolean withTemplate) {
        Roster.Entry entry = listed.entry();
        IdentityState identity = identity(listed);
        boolean photo =
                identity.takenPhoto().isPresent()
                        || !identity.unbound() && !entry.photo().isEmpty();
        return new DeskIdentityView.Line(
                entry.sitting(),
                seat(listed),
                entry.room(),
                entry.name(),
                entry.admissionNumber(),
                identity.standing(),
                identity.shownQuestion().map(Enum::name).orElse(""),
                identity.shownFound().map(found -> words(texts, found)).orElse(""),
                photo,
                identity.takenPhoto().isPresent(),
                identity.shownPicture().isPresent(),
                identity.recheck().doubtful(),
                withTemplate && photos.template(listed, identity).isPresent(),
                identity.takenPhoto().orElse(entry.photo()) + identity.shownPicture().orElse(""));
    }

    private String words(Texts texts, IdentityState.Found found) {
        String score = String.format(Locale.ROOT, "%.2f", found.score());
        boolean stood = found.turned().filter(passed -> !passed).isPresent();
        String verdict =
                texts.text(
                        stood
                                ? "identity.verdict.not-turned"
                                : "identity.verdict." + found.verdict().name());
        return faces.reader()
                .map(FaceReader::scale)
                .filter(scale -> scale.model().equals(found.model()))
                .map(
                        scale ->
                                texts.text(
                                        "identity.desk.score",
                                        verdict,
                                        score,
                                        String.format(Locale.ROOT, "%.2f", scale.accept())))
                .orElseGet(() -> texts.text("identity.desk.score-only", verdict, score));
    }

    private Reply decide(Visit visit, ActivePackages.Listed listed) {
        String decision = visit.form().text("decision");
        String reason = visit.form().text("reason").strip();
        if (!decision.equals("same") && !decision.equals("other")) {
            return detail(
                    visit,
                    listed,
                    List.of(
                            new Page.FieldError(
                                    "decision-same", visit.text("identity.desk.choose"))));
        }
        return done(
                visit,
                listed,
                engine.ask(
                        new RoomCommand.DecideIdentity(
                                by(visit),
                                listed.entry().sitting(),
                                decision.equals("same"),
                                reason,
                                Optional.empty())),
                "reason",
                "identity.desk.decided");
    }

    private Reply unbind(Visit visit, ActivePackages.Listed listed) {
        return done(
                visit,
                listed,
                engine.ask(
                        new RoomCommand.UnbindPhoto(
                                by(visit),
                                listed.entry().sitting(),
                                visit.form().text("unbind-reason").strip())),
                "unbind-reason",
                "identity.desk.unbound");
    }

    /** Back to the list after a decision, to the person after anything else. */
    private Reply done(
            Visit visit, ActivePackages.Listed listed, Outcome outcome, String field, String said) {
        String problem =
                switch (outcome) {
                    case Outcome.Kept kept -> "";
                    case Outcome.Refused refused -> "problem." + refused.code().name();
                    case Outcome.Busy busy -> "problem.ROOM_BUSY";
                    case Outcome.Halted halted -> "problem.STORAGE_HALTED";
                };
        if (!problem.isEmpty()) {
            return detail(visit, listed, List.of(new Page.FieldError(field, visit.text(problem))))
                    .status(409);
        }
        visit.flash(Flash.Kind.SUCCESS, visit.text(said, listed.entry().name()));
        String list = "/room/" + listed.exam().exam() + "/identity";
        boolean decided = identity(listed).accepted().isPresent();
        return Reply.seeOther(decided ? list : list + "/" + listed.entry().sitting());
    }

    private Reply frame(Visit visit, ActivePackages.Listed listed) {
        byte[] picture = visit.body(CandidateIdentity.FRAME_BYTES_MAX);
        if (visit.query("first").isPresent()) {
            checks.restart(listed.entry().sitting(), IdentityMoment.AT_THE_DESK);
        }
        return fresh(checks.look(listed, IdentityMoment.AT_THE_DESK, by(visit), picture));
    }

    private Reply photo(Visit visit, ActivePackages.Listed listed) {
        byte[] picture = visit.body(FaceReader.PICTURE_BYTES_MAX);
        boolean fits =
                PictureSize.of(picture)
                        .filter(size -> size.pixels() <= FaceReader.PICTURE_PIXELS_MAX)
                        .isPresent();
        List<FaceAdvice> advice =
                fits
                        ? faces.reader()
                                .map(reader -> reader.read(picture).advice())
                                .orElse(List.of())
                        : List.of(FaceAdvice.PICTURE_UNREADABLE);
        if (advice.stream().anyMatch(UNFIT::contains)) {
            return fresh(Map.of("done", false, "advice", advice)).status(409);
        }
        String type = CandidatePapers.pictureType(picture);
        Optional<String> blob = pictures.keep(listed.exam().exam(), type, picture);
        if (blob.isEmpty()) {
            return Refusals.of(visit, 503, "STORAGE_HALTED");
        }
        Outcome outcome =
                engine.ask(
                        new RoomCommand.TakePhoto(
                                by(visit),
                                listed.entry().sitting(),
                                blob.get(),
                                visit.query("reason").orElse("")));
        return Refusals.of(visit, outcome, kept -> fresh(Map.of("done", true, "advice", advice)));
    }

    private Reply reference(Visit visit, ActivePackages.Listed listed) {
        return shown(photos.photo(listed, identity(listed)));
    }

    private Reply picture(Visit visit, ActivePackages.Listed listed) {
        return shown(identity(listed).shownPicture().flatMap(pictures::read));
    }

    private static Reply shown(Optional<byte[]> picture) {
        return picture.map(bytes -> Reply.bytes(CandidatePapers.pictureType(bytes), bytes))
                .map(reply -> reply.header("Cache-Control", "private, max-age=3600"))
                .orElseGet(Reply::notFound);
    }

    private int seat(ActivePackages.Listed listed) {
        return engine.state()
                .sitting(listed.entry().sitting())
                .attendance()
                .seat()
                .orElse(listed.entry().seat());
    }

    private IdentityState identity(ActivePackages.Listed listed) {
        return engine.state().sitting(listed.entry().sitting()).attendance().identity();
    }

    private static String by(Visit visit) {
        return "staff:" + visit.person().login();
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}

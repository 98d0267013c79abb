package io.invigil.site.delivery;

import static io.invigil.site.delivery.CandidateSession.by;
import static io.invigil.site.delivery.CandidateSession.device;
import static io.invigil.site.delivery.CandidateSession.sitting;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.apart.HeldKeys;
import io.invigil.site.lockdown.Lockdown;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomReply;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The candidate's pages: login, own data and rules, the test, the receipt. What is done here could
 * be done by the JSON interface too; both ask the same core.
 */
public final class CandidatePages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final CandidateLogins logins;
    private final CandidateViews views;
    private final CandidatePapers papers;
    private final HeldKeys held;
    private final Lockdown lockdown;
    private final Entropy entropy;
    private final String centre;

    /**
     * @param centre address of the centre's pages, for the receipt's code
     */
    public CandidatePages(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            RoomEngine engine,
            CandidateLogins logins,
            CandidateViews views,
            CandidatePapers papers,
            HeldKeys held,
            Lockdown lockdown,
            Entropy entropy,
            String centre) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.engine = engine;
        this.logins = logins;
        this.views = views;
        this.papers = papers;
        this.held = held;
        this.lockdown = lockdown;
        this.entropy = entropy;
        this.centre = centre;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // the first page of every lab PC
                .get("/", pages.page(Access.open(), this::home))
                .get("/login", pages.page(Access.open(), this::loginPage))
                .post("/login", pages.page(Access.open(), this::login))
                // Safe Exam Browser ends when it is sent here; any other browser begins anew
                .get(Lockdown.QUIT, pages.page(Access.open(), this::logout))
                .post("/logout", pages.page(Access.open(), this::logout))
                // one address for the whole sitting: what it shows follows from the state
                .get("/exam", candidate(this::exam))
                .post("/exam/start", candidate(this::start))
                .post("/exam/takeover", candidate(this::takeover))
                // another attempt, where the policy has one left
                .post("/exam/again", candidate(this::again));
    }

    private Handler candidate(PageHandler handler) {
        return pages.page(Access.roles(CandidateSession.ROLE), lockdown.page(handler));
    }

    private Reply home(Visit visit) {
        if (visit.has(CandidateSession.ROLE)) {
            return Reply.seeOther("/exam");
        }
        return visit.personIfAny().isPresent() ? Reply.seeOther("/room") : loginPage(visit);
    }

    private Reply loginPage(Visit visit) {
        return loginPage(visit, visit.query("number").orElse(""), List.of());
    }

    private Reply loginPage(Visit visit, String number, List<Page.FieldError> errors) {
        Texts texts = visit.texts();
        List<LoginView.ListedExam> exams =
                packages.all().stream()
                        .map(
                                pack ->
                                        new LoginView.ListedExam(
                                                pack.roster().planName(),
                                                texts.dateTime(pack.roster().slotStart())
                                                        + " – "
                                                        + texts.time(pack.roster().slotEnd())))
                        .toList();
        LoginView view = new LoginView(texts, visit.csrfToken(), number, !errors.isEmpty(), exams);
        return Reply.page(
                Page.titled(texts.text("delivery.login.title"))
                        .withoutHeading()
                        .errors(errors)
                        .style("delivery/exam.css")
                        .module("delivery/login.js"),
                templates.content("delivery/login.jte", view));
    }

    private Reply login(Visit visit) {
        Form form = visit.form();
        String number = form.text("number").strip();
        String pin = form.text("pin").strip();
        // where the PC stands, when the technician bound it to a room
        Optional<String> room = Optional.of(form.text("room")).filter(r -> !r.isBlank());
        return switch (logins.login(number, pin, room, visit.address())) {
            case LoginDecision.Accepted accepted -> {
                CandidateSession.open(
                        visit,
                        accepted.listed(),
                        Optional.of(form.text("device")).filter(d -> !d.isEmpty()),
                        entropy);
                yield Reply.seeOther("/exam");
            }
            case LoginDecision.Wrong wrong ->
                    refused(visit, number, 401, visit.text("delivery.login.wrong"));
            case LoginDecision.Wait wait ->
                    refused(visit, number, 429, visit.text("delivery.login.wait"));
            case LoginDecision.OtherRoom other ->
                    refused(
                            visit,
                            number,
                            409,
                            visit.text(
                                    "delivery.login.other-room",
                                    other.room(),
                                    other.address(),
                                    other.seat()));
        };
    }

    private Reply refused(Visit visit, String number, int status, String text) {
        return loginPage(visit, number, List.of(new Page.FieldError("number", text)))
                .status(status);
    }

    private Reply logout(Visit visit) {
        visit.signOut();
        return Reply.seeOther("/");
    }

    private Reply exam(Visit visit) {
        Optional<ActivePackages.Listed> listed = packages.sitting(sitting(visit));
        if (listed.isEmpty()) {
            visit.signOut();
            return Reply.seeOther("/");
        }
        ExamView view = view(visit, listed.get());
        return switch (view.stageNow()) {
            case TEST -> test(visit, view);
            case DONE -> done(view);
            case WAITING, START ->
                    identityOpen(listed.get()) ? Reply.seeOther("/exam/identity") : waiting(view);
            case ABSENT, CHECK_IN, TAKEOVER, CLOSED -> waiting(view);
        };
    }

    /** The step before the start, where the exam asks for one. */
    private boolean identityOpen(ActivePackages.Listed listed) {
        return listed.exam().policy().identity().needed()
                && !engine.state()
                        .sitting(listed.entry().sitting())
                        .attendance()
                        .identity()
                        .settled();
    }

    private ExamView view(Visit visit, ActivePackages.Listed listed) {
        boolean english = visit.language() == Language.EN;
        return new ExamView(
                visit.texts(),
                visit.csrfToken(),
                views.state(listed, latest(visit), device(visit), english),
                outbox(listed, latest(visit)),
                subjects(visit.texts(), listed),
                centre);
    }

    /** All of this candidate's subjects in the packages of this node, by their slots. */
    private List<ExamView.SubjectLine> subjects(Texts texts, ActivePackages.Listed own) {
        return packages.withNumber(own.entry().admissionNumber()).stream()
                .sorted(
                        Comparator.comparing(
                                (ActivePackages.Listed each) -> each.exam().roster().slotStart()))
                .map(each -> line(texts, own, each))
                .toList();
    }

    private ExamView.SubjectLine line(
            Texts texts, ActivePackages.Listed own, ActivePackages.Listed each) {
        return new ExamView.SubjectLine(
                each.exam().subject(each.entry().subject()).orElseThrow().name(),
                texts.dateTime(each.exam().roster().slotStart()),
                engine.state().now(each.entry().sitting()).handedIn(),
                each.entry().sitting() == own.entry().sitting());
    }

    private ExamView.Outbox outbox(ActivePackages.Listed listed, long attempt) {
        var scope =
                new EmergencyFile.Scope(
                        listed.exam().exam(),
                        attempt,
                        listed.exam().subject(listed.entry().subject()).orElseThrow().paper());
        return new ExamView.Outbox(
                scope,
                held.pageKeyText(scope),
                HeldKeys.fileKeyText(listed.exam().roster().keys(), scope));
    }

    private Reply test(Visit visit, ExamView view) {
        return switch (papers.paper(latest(visit))) {
            case CandidatePapers.Shown.Open open ->
                    Reply.page(
                                    Page.titled(view.state().subject().name())
                                            .withoutHeading()
                                            .width(Page.Width.FULL)
                                            .style("delivery/exam.css")
                                            .module("delivery/test.js"),
                                    templates.content(
                                            "delivery/test.jte",
                                            TestView.of(
                                                    view,
                                                    open.view(),
                                                    views.answers(latest(visit)))))
                            .header("Cache-Control", "no-store");
            case CandidatePapers.Shown.NotYet notYet -> waiting(view);
        };
    }

    private Reply waiting(ExamView view) {
        return Reply.page(
                        Page.titled(view.state().person().name())
                                .withoutHeading()
                                .style("delivery/exam.css")
                                .module("delivery/wait.js"),
                        templates.content("delivery/wait.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply done(ExamView view) {
        return Reply.page(
                        Page.titled(view.text("delivery.done"))
                                .withoutHeading()
                                .width(Page.Width.NARROW)
                                .style("delivery/exam.css")
                                .module("delivery/leftovers.js"),
                        templates.content("delivery/done.jte", view))
                .header("Cache-Control", "no-store");
    }

    /** Takes the right to write, then starts; a sitting already started goes on. */
    private Reply start(Visit visit) {
        if (!"read".equals(visit.form().text("rules"))) {
            visit.flash(Flash.Kind.WARNING, visit.text("delivery.rules.first"));
            return Reply.seeOther("/exam");
        }
        long sitting = latest(visit);
        Outcome writer = takeWriter(visit, false);
        if (!(writer instanceof Outcome.Kept kept
                && kept.reply() instanceof RoomReply.WriterGranted granted)) {
            return after(visit, writer);
        }
        long seed = ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong();
        return after(
                visit,
                engine.ask(new RoomCommand.Start(by(sitting), sitting, granted.lease(), seed)));
    }

    private Reply again(Visit visit) {
        long sitting = latest(visit);
        boolean asked = visit.form().number("attempt").equals(Optional.of(sitting));
        return asked
                ? after(visit, engine.ask(new RoomCommand.NextAttempt(by(sitting), sitting)))
                : Reply.seeOther("/exam");
    }

    /** The attempt that the pages show: the latest. */
    private long latest(Visit visit) {
        return engine.state().latest(sitting(visit));
    }

    private Reply takeover(Visit visit) {
        return after(visit, takeWriter(visit, true));
    }

    private Outcome takeWriter(Visit visit, boolean takeover) {
        long sitting = latest(visit);
        return engine.ask(
                new RoomCommand.TakeWriter(by(sitting), sitting, device(visit), takeover));
    }

    /** Back to the page, with the reason when it was refused. */
    private Reply after(Visit visit, Outcome outcome) {
        switch (outcome) {
            case Outcome.Kept kept -> {}
            case Outcome.Refused refused ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem." + refused.code().name()));
            case Outcome.Busy busy ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem.ROOM_BUSY"));
            case Outcome.Halted halted ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem.STORAGE_HALTED"));
        }
        return Reply.seeOther("/exam");
    }
}

package io.invigil.site.apart;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.HeldEvidence;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.blob.KeepDecision;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ApartAnswer;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.SittingState;
import io.invigil.site.web.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The proctor's page of answers that came late or from elsewhere: what each page said of its time,
 * a word with a reason on each, and emergency files brought to the desk.
 */
public final class ApartPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final HeldKeys keys;
    private final RoomBlobs blobs;

    public ApartPages(
            HttpPages pages,
            Templates templates,
            ActivePackages packages,
            RoomEngine engine,
            HeldKeys keys,
            RoomBlobs blobs) {
        this.pages = pages;
        this.templates = templates;
        this.packages = packages;
        this.engine = engine;
        this.keys = keys;
        this.blobs = blobs;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // answers kept apart, undecided first
                .get("/room/{exam}/late", proctor(this::list))
                // the proctor's word on one of them
                .post("/room/{exam}/late", proctor(this::decide))
                // raw body: a file that a candidate's page saved
                .post(
                        "/api/room/{exam}/emergency-file",
                        pages.api(Access.roles(StaffRoster.PROCTOR), this::bringIn));
    }

    private Handler proctor(PageHandler handler) {
        return pages.page(Access.roles(StaffRoster.PROCTOR), handler);
    }

    private Reply list(Visit visit) {
        Optional<ExamPackage> pack = packages.exam(visit.path("exam"));
        if (pack.isEmpty()) {
            return Reply.notFound();
        }
        List<LateView.Line> lines = new ArrayList<>();
        for (Roster.Entry entry : pack.get().roster().entries()) {
            for (SittingState attempt : engine.state().attempts(entry.sitting())) {
                for (ApartAnswer answer : attempt.apart().values()) {
                    lines.add(line(visit.texts(), entry, attempt, answer));
                }
            }
        }
        lines.sort(Comparator.comparing(LateView.Line::decided));
        return Reply.page(
                        Page.titled(visit.text("apart.title"))
                                .style("apart/late.css")
                                .module("apart/late.js"),
                        templates.content(
                                "apart/late.jte",
                                new LateView(
                                        visit.texts(),
                                        visit.csrfToken(),
                                        pack.get().exam(),
                                        lines)))
                .header("Cache-Control", "no-store");
    }

    private static LateView.Line line(
            Texts texts, Roster.Entry entry, SittingState sitting, ApartAnswer answer) {
        return new LateView.Line(
                sitting.sitting(),
                answer.op(),
                entry.name(),
                String.valueOf(sitting.attendance().seat().orElse(entry.seat())),
                answer.item(),
                shown(answer.response()),
                texts.text("apart.why." + answer.why().name()),
                texts.dateTime(Instant.ofEpochMilli(answer.arrivedWall())),
                answer.held().map(held -> account(texts, held)).orElse(List.of()),
                answer.word().map(word -> word(texts, word)).orElse(""),
                answer.word().map(ApartAnswer.Word::accepted).orElse(false));
    }

    private static String shown(Map<String, List<String>> response) {
        return String.join("\n", response.values().stream().flatMap(List::stream).toList());
    }

    private static List<String> account(Texts texts, HeldEvidence held) {
        String written =
                held.beforeEndMillis() >= 0
                        ? texts.text("apart.before-end", span(texts, held.beforeEndMillis()))
                        : texts.text("apart.after-end", span(texts, -held.beforeEndMillis()));
        return List.of(
                texts.text("apart.silent", span(texts, held.silentMillis())),
                written,
                texts.text(held.consistent() ? "apart.consistent" : "apart.inconsistent"));
    }

    private static String span(Texts texts, long millis) {
        Duration span = Duration.ofMillis(millis);
        return texts.text("apart.span", span.toMinutes(), span.toSecondsPart());
    }

    private static String word(Texts texts, ApartAnswer.Word word) {
        return texts.text(
                word.accepted() ? "apart.accepted" : "apart.rejected",
                word.by().replace("staff:", ""),
                word.reason());
    }

    private Reply decide(Visit visit) {
        long sitting = visit.form().number("sitting").orElse(0L);
        if (!listed(visit.path("exam"), sitting)) {
            return Reply.notFound();
        }
        Outcome outcome =
                engine.ask(
                        new RoomCommand.DecideApart(
                                by(visit),
                                sitting,
                                visit.form().text("op"),
                                "accept".equals(visit.form().text("word")),
                                visit.form().text("reason")));
        switch (outcome) {
            case Outcome.Kept kept -> visit.flash(Flash.Kind.SUCCESS, visit.text("apart.noted"));
            case Outcome.Refused refused ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem." + refused.code().name()));
            case Outcome.Busy busy ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem.ROOM_BUSY"));
            case Outcome.Halted halted ->
                    visit.flash(Flash.Kind.WARNING, visit.text("problem.STORAGE_HALTED"));
        }
        return Reply.seeOther("/room/" + visit.path("exam") + "/late");
    }

    private Reply bringIn(Visit visit) {
        Optional<EmergencyFile> file =
                EmergencyFile.open(visit.body(EmergencyFile.FILE_BYTES_MAX), this::keysOf);
        if (file.isEmpty()) {
            return Refusals.of(visit, 422, "EMERGENCY_FILE_UNREADABLE");
        }
        EmergencyFile.Scope scope = file.get().scope();
        if (!listed(visit.path("exam"), scope.sitting()) || !goesOnHere(scope)) {
            return Refusals.of(visit, 409, "EMERGENCY_FILE_OTHER_EXAM");
        }
        if (!keepFiles(visit.path("exam"), file.get())) {
            return Refusals.of(visit, 507, "FILE_NOT_KEPT");
        }
        int before = engine.state().sitting(scope.sitting()).apart().size();
        for (EmergencyFile.Answer answer : file.get().answers()) {
            Outcome outcome =
                    engine.ask(
                            new RoomCommand.ImportAnswer(
                                    by(visit),
                                    scope.sitting(),
                                    answer.item(),
                                    answer.op(),
                                    answer.base(),
                                    answer.response()));
            if (!(outcome instanceof Outcome.Kept)) {
                return Refusals.of(visit, outcome);
            }
        }
        int after = engine.state().sitting(scope.sitting()).apart().size();
        return Reply.json(
                        Map.of(
                                "answers", file.get().answers().size(),
                                "kept", after - before,
                                "sitting", scope.sitting()))
                .header("Cache-Control", "no-store");
    }

    /** The slot's keys of all packages in force here, or this node's own. */
    private List<byte[]> keysOf(EmergencyFile.Claim claim) {
        return claim.shared()
                ? packages.all().stream()
                        .flatMap(each -> each.roster().keys().stream())
                        .map(slot -> EmergencyFile.key(slot, claim.scope()))
                        .toList()
                : List.of(keys.pageKey(claim.scope()));
    }

    /**
     * The package that lists a sitting is the hub's word that it goes on at this node, whatever the
     * exam was called at the node where the file was saved; its paper must be the same.
     */
    private boolean goesOnHere(EmergencyFile.Scope scope) {
        return packages.sitting(scope.sitting())
                .flatMap(listed -> listed.exam().subject(listed.entry().subject()))
                .filter(subject -> subject.paper().equals(scope.paper()))
                .isPresent();
    }

    /** Before the facts that name them; a file of no kind that papers ask for is left out. */
    private boolean keepFiles(String exam, EmergencyFile file) {
        for (byte[] content : file.files()) {
            Optional<FileKind> kind = FileKind.of(content);
            if (kind.isPresent()
                    && blobs.keep(exam, kind.get().mediaType(), content)
                            instanceof KeepDecision.Refused) {
                return false;
            }
        }
        return true;
    }

    private boolean listed(String exam, long sitting) {
        return packages.sitting(sitting).filter(l -> l.exam().exam().equals(exam)).isPresent();
    }

    private static String by(Visit visit) {
        return "staff:" + visit.person().login();
    }
}

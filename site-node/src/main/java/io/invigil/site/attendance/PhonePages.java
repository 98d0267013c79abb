package io.invigil.site.attendance;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.room.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The phone's check-in and check-out page on the plain listener (XSP/1 section 10): phones do not
 * trust our CA, so the page holds no secret, no script and no cookie; it carries the one-time code
 * and asks admission number and the last four of the ID. Every claim shows at the desk.
 */
public final class PhonePages implements HttpService {
    private static final int NUMBER_CHARS_MAX = 40;

    private final HttpPages pages;
    private final Templates templates;
    private final PhoneCheckIn checkIn;
    private final byte[] style;

    public PhonePages(HttpPages pages, Templates templates, PhoneCheckIn checkIn) {
        this.pages = pages;
        this.templates = templates;
        this.checkIn = checkIn;
        try (InputStream in = PhonePages.class.getResourceAsStream("/web/attendance/phone.css")) {
            this.style = in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What the page shows.
     *
     * @param problem code of what was wrong, empty text at first
     * @param leaving whether this is about check-out
     */
    public record PhoneView(
            io.invigil.appliance.i18n.Texts texts,
            String language,
            String code,
            String number,
            String problem,
            boolean leaving,
            Optional<Done> done) {

        /** The greeting after success. */
        public record Done(String name, String room, int seat) {}

        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/check-in", pages.stateless(this::form))
                .post("/check-in", pages.stateless(this::submit))
                .get("/check-in.css", pages.stateless(visit -> Reply.bytes("text/css", style)));
    }

    private Reply form(Visit visit) {
        String code = visit.query("code").orElse("");
        return page(visit, new Typed(code, "", checkIn.leaving(code)), "", Optional.empty());
    }

    /** What the form says. */
    private record Typed(String code, String number, boolean leaving) {}

    private Reply submit(Visit visit) {
        Form form = visit.form();
        Typed typed =
                new Typed(
                        form.text("code"),
                        form.text("number").strip(),
                        form.text("action").equals("leave"));
        String lastFour = form.text("last-four").strip();
        if (typed.number().isEmpty() || typed.number().length() > NUMBER_CHARS_MAX) {
            return refused(visit, typed, "CHECK_IN_NUMBER_WRONG", 400);
        }
        CheckInDecision decision =
                typed.leaving()
                        ? checkIn.checkOut(typed.code(), typed.number(), lastFour, visit.address())
                        : checkIn.checkIn(typed.code(), typed.number(), lastFour, visit.address());
        return switch (decision) {
            case CheckInDecision.CheckedIn in ->
                    page(
                            visit,
                            new Typed("", typed.number(), typed.leaving()),
                            "",
                            Optional.of(new PhoneView.Done(in.name(), in.room(), in.seat())));
            case CheckInDecision.CodeExpired expired ->
                    refused(visit, typed, "CHECK_IN_CODE_EXPIRED", 409);
            case CheckInDecision.CodeWrong wrong ->
                    refused(visit, typed, "CHECK_IN_CODE_WRONG", 403);
            case CheckInDecision.NumberWrong wrong ->
                    refused(visit, typed, "CHECK_IN_NUMBER_WRONG", 403);
            case CheckInDecision.Wait wait -> refused(visit, typed, "CHECK_IN_WAIT", 429);
            case CheckInDecision.Room room -> refused(visit, typed, roomCode(room), 409);
        };
    }

    private static String roomCode(CheckInDecision.Room room) {
        return room.outcome() instanceof Outcome.Refused refused
                ? refused.code().name()
                : "ROOM_BUSY";
    }

    private Reply refused(Visit visit, Typed typed, String problem, int status) {
        return page(visit, typed, problem, Optional.empty()).status(status);
    }

    private Reply page(Visit visit, Typed typed, String problem, Optional<PhoneView.Done> done) {
        String language = visit.language() == Language.EN ? "en" : "zh-CN";
        PhoneView view =
                new PhoneView(
                        visit.texts(),
                        language,
                        typed.code(),
                        typed.number(),
                        problem,
                        typed.leaving(),
                        done);
        return Reply.html(templates.content("attendance/phone.jte", view))
                .header("Cache-Control", "no-store");
    }
}

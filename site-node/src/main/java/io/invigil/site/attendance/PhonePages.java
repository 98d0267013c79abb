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
 * The phone's check-in page on the plain listener (XSP/1 section 10): phones do not trust our CA,
 * so the page holds no secret, no script and no cookie; it carries the one-time code and asks
 * admission number and the last four of the ID. Every claim shows at the desk.
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
     */
    public record PhoneView(
            io.invigil.appliance.i18n.Texts texts,
            String language,
            String code,
            String number,
            String problem,
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
        return page(visit, visit.query("code").orElse(""), "", "", Optional.empty());
    }

    private Reply submit(Visit visit) {
        Form form = visit.form();
        String code = form.text("code");
        String number = form.text("number").strip();
        String lastFour = form.text("last-four").strip();
        if (number.isEmpty() || number.length() > NUMBER_CHARS_MAX) {
            return refused(visit, code, number, "CHECK_IN_NUMBER_WRONG", 400);
        }
        return switch (checkIn.checkIn(code, number, lastFour, visit.address())) {
            case CheckInDecision.CheckedIn in ->
                    page(
                            visit,
                            "",
                            number,
                            "",
                            Optional.of(new PhoneView.Done(in.name(), in.room(), in.seat())));
            case CheckInDecision.CodeExpired expired ->
                    refused(visit, code, number, "CHECK_IN_CODE_EXPIRED", 409);
            case CheckInDecision.CodeWrong wrong ->
                    refused(visit, code, number, "CHECK_IN_CODE_WRONG", 403);
            case CheckInDecision.NumberWrong wrong ->
                    refused(visit, code, number, "CHECK_IN_NUMBER_WRONG", 403);
            case CheckInDecision.Wait wait -> refused(visit, code, number, "CHECK_IN_WAIT", 429);
            case CheckInDecision.Room room -> refused(visit, code, number, roomCode(room), 409);
        };
    }

    private static String roomCode(CheckInDecision.Room room) {
        return room.outcome() instanceof Outcome.Refused refused
                ? refused.code().name()
                : "ROOM_BUSY";
    }

    private Reply refused(Visit visit, String code, String number, String problem, int status) {
        return page(visit, code, number, problem, Optional.empty()).status(status);
    }

    private Reply page(
            Visit visit,
            String code,
            String number,
            String problem,
            Optional<PhoneView.Done> done) {
        String language = visit.language() == Language.EN ? "en" : "zh-CN";
        PhoneView view = new PhoneView(visit.texts(), language, code, number, problem, done);
        return Reply.html(templates.content("attendance/phone.jte", view))
                .header("Cache-Control", "no-store");
    }
}

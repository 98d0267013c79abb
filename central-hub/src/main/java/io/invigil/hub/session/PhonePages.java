package io.invigil.hub.session;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.crypto.Entropy;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The phones' page of a session: opened by its code, no account. A random text in a cookie makes
 * the phone known again; it says nothing about the person. Thread-safe.
 */
public final class PhonePages implements HttpService {
    private static final String COOKIE = "invigil-phone";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final int TOKEN_BYTES = 24;
    private static final long TWO_YEARS_SECONDS = 2L * 365 * 24 * 3600;

    private final HttpPages pages;
    private final Templates templates;
    private final PhoneDesk desk;
    private final Entropy entropy;

    public PhonePages(HttpPages pages, Templates templates, PhoneDesk desk, Entropy entropy) {
        this.pages = pages;
        this.templates = templates;
        this.desk = desk;
        this.entropy = entropy;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/s/{session}", pages.page(Access.open(), this::form))
                .post("/s/{session}", pages.page(Access.open(), this::submit));
    }

    private Reply form(Visit visit) {
        String code = visit.query("code").orElse("");
        return answer(visit, code, "", Optional.empty(), Optional.empty());
    }

    private Reply submit(Visit visit) {
        Optional<String> token = token(visit);
        String code = visit.form().text("code");
        String number = visit.form().text("number").strip();
        if (token.isEmpty()) {
            // a phone without cookies is a new phone each time: the page sends it again
            return answer(
                            visit,
                            code,
                            number,
                            Optional.of(SessionRefusal.PHONE_OTHER),
                            Optional.empty())
                    .status(422);
        }
        PhoneDesk.Claim claim =
                new PhoneDesk.Claim(
                        visit.pathNumber("session"),
                        code,
                        number,
                        visit.form().text("last-four"),
                        visit.form().text("action").equals("leave"),
                        PhoneDesk.phone(token.get()));
        return switch (desk.enter(claim, visit.address())) {
            case PhoneDesk.Entry.Done done ->
                    answer(visit, "", number, Optional.empty(), Optional.of(done.name()));
            case PhoneDesk.Entry.Refused refused ->
                    answer(visit, code, number, Optional.of(refused.code()), Optional.empty())
                            .status(refused.code() == SessionRefusal.PHONE_TOO_OFTEN ? 429 : 422);
        };
    }

    private Reply answer(
            Visit visit,
            String code,
            String number,
            Optional<SessionRefusal> problem,
            Optional<String> done) {
        Optional<Sessions.Placed> placed = desk.session(visit.pathNumber("session"));
        if (placed.isEmpty()) {
            return Reply.notFound();
        }
        FormErrors errors = new FormErrors();
        problem.ifPresent(refusal -> errors.add("number", visit.text("issue." + refusal)));
        boolean leaving = desk.leaving(placed.get().session());
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("placed", placed.get());
        view.put("code", code);
        view.put("number", number);
        view.put("leaving", leaving);
        view.put("done", done);
        view.put("errors", errors);
        Reply page =
                Reply.page(
                                Page.titled(
                                                visit.text(
                                                        leaving
                                                                ? "session.phone.leave"
                                                                : "session.phone.come"))
                                        .width(Page.Width.NARROW)
                                        .errors(errors.list()),
                                templates.content("session/phone.jte", view))
                        .header("Cache-Control", "no-store");
        return token(visit).isPresent() ? page : page.header("Set-Cookie", cookie());
    }

    private static Optional<String> token(Visit visit) {
        return visit.cookie(COOKIE).filter(text -> TOKEN.matcher(text).matches());
    }

    private String cookie() {
        String token =
                Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(TOKEN_BYTES));
        return COOKIE
                + "="
                + token
                + "; Path=/s/; Max-Age="
                + TWO_YEARS_SECONDS
                + "; Secure; HttpOnly; SameSite=Lax";
    }
}

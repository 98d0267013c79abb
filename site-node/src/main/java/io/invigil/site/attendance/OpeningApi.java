package io.invigil.site.attendance;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.pack.OpeningOutcome;
import io.invigil.site.pack.PaperOpening;
import io.invigil.site.web.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opening an exam's papers by release code, early only with a second official beside. */
public final class OpeningApi implements HttpService {
    private static final int BODY_BYTES_MAX = 8 * 1024;
    private static final int REASON_CHARS_MAX = 500;

    private final HttpPages pages;
    private final PaperOpening opening;
    private final SecondOfficial second;

    public OpeningApi(HttpPages pages, PaperOpening opening, Logins logins) {
        this.pages = pages;
        this.opening = opening;
        this.second = new SecondOfficial(logins);
    }

    /**
     * Body of {@code POST /api/room/{exam}/open}.
     *
     * @param code 30 digits, spaces do not matter
     * @param reason and {@code second} only when it is early: another official's own login
     */
    public record OpenRequest(String code, String reason, StaffApi.StaffLogin second) {}

    @Override
    public void routing(HttpRules rules) {
        rules.post(
                "/api/room/{exam}/open", pages.api(Access.roles(StaffRoster.PROCTOR), this::open));
    }

    private Reply open(Visit visit) {
        Optional<OpenRequest> request =
                visit.json(OpenRequest.class, BODY_BYTES_MAX)
                        .filter(asked -> asked.code() != null)
                        .filter(
                                asked ->
                                        asked.reason() == null
                                                || asked.reason().length() <= REASON_CHARS_MAX);
        if (request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        OpenRequest asked = request.get();
        List<String> officials = new ArrayList<>(List.of(visit.person().login()));
        if (asked.second() != null && asked.second().login() != null) {
            switch (second.check(visit, asked.second())) {
                case SecondOfficial.Known known -> officials.add(known.login());
                case SecondOfficial.Refused refused -> {
                    return refused.reply();
                }
            }
        }
        String by = "staff:" + visit.person().login();
        String reason = Optional.ofNullable(asked.reason()).orElse("").strip();
        return reply(
                visit, opening.byCode(visit.path("exam"), asked.code(), by, officials, reason));
    }

    private static Reply reply(Visit visit, OpeningOutcome outcome) {
        return switch (outcome) {
            case OpeningOutcome.Opened opened -> Reply.json(Map.of("papers", opened.papers()));
            case OpeningOutcome.ExamUnknown unknown -> Refusals.of(visit, 404, "EXAM_UNKNOWN");
            case OpeningOutcome.WrongGroups wrong ->
                    Refusals.of(
                            visit,
                            400,
                            "RELEASE_CODE_GROUPS",
                            Map.of("groups", wrong.groups().toString()));
            case OpeningOutcome.WrongLength wrong ->
                    Refusals.of(
                            visit,
                            400,
                            "RELEASE_CODE_LENGTH",
                            Map.of("digits", String.valueOf(wrong.digits())));
            case OpeningOutcome.WrongCode wrong -> Refusals.of(visit, 403, "RELEASE_CODE_WRONG");
            case OpeningOutcome.TooManyTries wait ->
                    Refusals.of(
                            visit,
                            429,
                            "RELEASE_CODE_WAIT",
                            Map.of("waitMillis", String.valueOf(wait.waitMillis())));
            case OpeningOutcome.Refused refused -> Refusals.of(visit, 409, refused.code().name());
            case OpeningOutcome.NotSaved notSaved -> Refusals.of(visit, 503, "ROOM_BUSY");
        };
    }
}

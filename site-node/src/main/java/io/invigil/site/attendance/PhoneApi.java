package io.invigil.site.attendance;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.web.Refusals;
import java.util.Map;
import java.util.Optional;

/**
 * The phone's check-in and check-out as JSON, on the plain listener: {@code POST /api/check-in}. A
 * request counts only with the content type of JSON, which no foreign page can send without being
 * asked first.
 */
public final class PhoneApi implements HttpService {
    private static final int BODY_BYTES_MAX = 4 * 1024;

    private final HttpPages pages;
    private final PhoneCheckIn checkIn;

    public PhoneApi(HttpPages pages, PhoneCheckIn checkIn) {
        this.pages = pages;
        this.checkIn = checkIn;
    }

    /**
     * Body of the request.
     *
     * @param leave true for check-out
     */
    public record PhoneRequest(String code, String number, String lastFour, Boolean leave) {
        boolean complete() {
            return code != null && number != null && lastFour != null;
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/api/check-in", pages.stateless(this::checkIn));
    }

    private CheckInDecision decide(PhoneRequest typed, String address) {
        return Boolean.TRUE.equals(typed.leave())
                ? checkIn.checkOut(typed.code(), typed.number(), typed.lastFour(), address)
                : checkIn.checkIn(typed.code(), typed.number(), typed.lastFour(), address);
    }

    private Reply checkIn(Visit visit) {
        boolean json = visit.header("Content-Type").orElse("").startsWith("application/json");
        Optional<PhoneRequest> request =
                visit.json(PhoneRequest.class, BODY_BYTES_MAX).filter(PhoneRequest::complete);
        if (!json || request.isEmpty()) {
            return Refusals.badRequest(visit);
        }
        PhoneRequest typed = request.get();
        return switch (decide(typed, visit.address())) {
            case CheckInDecision.CheckedIn in ->
                    Reply.json(Map.of("name", in.name(), "room", in.room(), "seat", in.seat()));
            case CheckInDecision.CodeExpired expired ->
                    Refusals.of(visit, 409, "CHECK_IN_CODE_EXPIRED");
            case CheckInDecision.CodeWrong wrong -> Refusals.of(visit, 403, "CHECK_IN_CODE_WRONG");
            case CheckInDecision.NumberWrong wrong ->
                    Refusals.of(visit, 403, "CHECK_IN_NUMBER_WRONG");
            case CheckInDecision.Wait wait -> Refusals.of(visit, 429, "CHECK_IN_WAIT");
            case CheckInDecision.Room room -> Refusals.of(visit, room.outcome());
        };
    }
}

package io.invigil.site.technician;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.site.web.Refusals;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All that a node serves before its enrolment, each request with the set-up code of the console:
 * enrolment over HTTPS, or by request and reply files carried on a stick.
 */
public final class SetupApi implements HttpService {
    private static final int BODY_BYTES_MAX = EnrolmentReply.BYTES_MAX * 2;
    private static final int REQUESTS_MAX = 8;

    private final HttpPages pages;
    private final SetupCode setupCode;
    private final Enrolment enrolment;
    private final Consumer<NodeIdentity> enrolled;

    /** Requests that a file was given out for, so that the reply can be checked against it. */
    private final Map<String, byte[]> requests = new HashMap<>();

    /**
     * @param enrolled told once the identity is kept
     */
    public SetupApi(
            HttpPages pages,
            SetupCode setupCode,
            Enrolment enrolment,
            Consumer<NodeIdentity> enrolled) {
        this.pages = pages;
        this.setupCode = setupCode;
        this.enrolment = enrolment;
        this.enrolled = enrolled;
    }

    /**
     * @param reply base64 of the reply file, only for {@code …/reply}
     */
    public record SetupRequest(String setupCode, String claimCode, String hubUrl, String reply) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/setup", pages.api(Access.open(), this::show))
                .post("/api/setup/enrol", pages.api(Access.open(), this::enrol))
                .post("/api/setup/request", pages.api(Access.open(), this::request))
                .post("/api/setup/reply", pages.api(Access.open(), this::reply));
    }

    private Reply show(Visit visit) {
        return Reply.json(Map.of("enrolled", false, "csrf", visit.csrfToken()))
                .header("Cache-Control", "no-store");
    }

    private Reply enrol(Visit visit) {
        Optional<SetupRequest> request = permitted(visit);
        if (request.isEmpty()) {
            return Refusals.of(visit, 401, "LOGIN_WRONG");
        }
        String hub = Optional.ofNullable(request.get().hubUrl()).orElse("");
        return decided(visit, enrolment.enrol(request.get().claimCode(), hub));
    }

    private synchronized Reply request(Visit visit) {
        Optional<SetupRequest> request = permitted(visit);
        if (request.isEmpty()) {
            return Refusals.of(visit, 401, "LOGIN_WRONG");
        }
        Optional<ClaimCode> claim = ClaimCode.parse(request.get().claimCode());
        if (claim.isEmpty()) {
            return Refusals.of(visit, 400, EnrolDecision.Reason.CLAIM_CODE_MALFORMED.name());
        }
        if (requests.size() >= REQUESTS_MAX) {
            requests.clear();
        }
        byte[] file =
                requests.computeIfAbsent(
                        claim.get().claimId(), id -> enrolment.request(claim.get()));
        return Reply.bytes("application/json", file);
    }

    private synchronized Reply reply(Visit visit) {
        Optional<SetupRequest> request = permitted(visit);
        if (request.isEmpty()) {
            return Refusals.of(visit, 401, "LOGIN_WRONG");
        }
        Optional<ClaimCode> claim = ClaimCode.parse(request.get().claimCode());
        Optional<byte[]> made = claim.flatMap(c -> Optional.ofNullable(requests.get(c.claimId())));
        if (made.isEmpty() || request.get().reply() == null) {
            return Refusals.of(visit, 400, EnrolDecision.Reason.CLAIM_CODE_MALFORMED.name());
        }
        try {
            byte[] file = Base64.getDecoder().decode(request.get().reply());
            return decided(visit, enrolment.accept(claim.get(), made.get(), file));
        } catch (IllegalArgumentException notBase64) {
            return Refusals.badRequest(visit);
        }
    }

    private Reply decided(Visit visit, EnrolDecision decision) {
        return switch (decision) {
            case EnrolDecision.Refused refused ->
                    Refusals.of(
                            visit,
                            409,
                            refused.reason().name(),
                            Map.of("detail", refused.detail()));
            case EnrolDecision.Enrolled done -> {
                enrolled.accept(done.identity());
                yield Reply.json(
                        Map.of(
                                "node", done.identity().enrolment().node(),
                                "site", done.identity().enrolment().siteName()));
            }
        };
    }

    private Optional<SetupRequest> permitted(Visit visit) {
        return visit.json(SetupRequest.class, BODY_BYTES_MAX)
                .filter(request -> request.setupCode() != null && request.claimCode() != null)
                .filter(
                        request ->
                                setupCode.check(request.setupCode(), visit.address())
                                        == SetupCode.Check.RIGHT);
    }
}

package io.invigil.hub.facecapture;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.qr.QrCode;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.facecapture.FaceCaptures.Hand;
import io.invigil.hub.portal.CandidateDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The candidate's own face in the portal: notice, capture, check page, code for a phone. */
public final class OwnFacePages implements HttpService {
    public static final String PATH = "/portal/face";

    private final CandidateDesk desk;
    private final CaptureDesk capture;
    private final FaceCaptures captures;
    private final String publicUrl;

    /**
     * @param publicUrl stands in the code that a phone reads
     */
    public OwnFacePages(CandidateDesk desk, CaptureDesk capture, String publicUrl) {
        this.desk = desk;
        this.capture = capture;
        this.captures = capture.captures();
        this.publicUrl = publicUrl;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::show))
                .get(PATH + "/own", desk.page(this::own))
                .post(PATH + "/agree", desk.page(this::agree))
                .post(PATH + "/decline", desk.page(this::decline))
                .post(PATH + "/code", desk.page(this::code))
                .put(PATH + "/picture", desk.page(this::picture));
    }

    private static Hand hand(Visit visit, Candidate candidate) {
        return new Hand(candidate, FaceWay.PORTAL, visit.address());
    }

    private Reply show(Visit visit, Candidate candidate) {
        return show(visit, candidate, "", new FormErrors());
    }

    private Reply show(Visit visit, Candidate candidate, String address, FormErrors errors) {
        FaceStanding standing = desk.inTransaction(tx -> captures.standing(tx, candidate));
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("standing", standing);
        view.put("notice", capture.notice(visit));
        view.put("path", PATH);
        view.put("checks", captures.checksFaces());
        view.put("address", address);
        view.put(
                "code",
                QrCode.of(address).map(code -> code.svg(visit.text("facecapture.code.alt"))));
        view.put("minutes", FaceCaptures.LINK_VALID.toMinutes());
        view.put("errors", errors);
        return Reply.page(
                        Page.titled(visit.text("facecapture.title"))
                                .width(Page.Width.NARROW)
                                .style("hub/facecapture.css")
                                .module("hub/facecapture.js")
                                .errors(errors.list()),
                        desk.content("facecapture/own.jte", view))
                .header("Cache-Control", "no-store");
    }

    private Reply own(Visit visit, Candidate candidate) {
        return desk.inTransaction(tx -> captures.picture(tx, candidate))
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg).header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }

    private Reply agree(Visit visit, Candidate candidate) {
        Optional<FaceRefusal> refusal = capture.agree(visit, hand(visit, candidate));
        if (refusal.isPresent()) {
            FormErrors errors = new FormErrors();
            errors.add("agreed", visit.text("issue." + refusal.get()));
            return show(visit, candidate, "", errors).status(422);
        }
        return Reply.seeOther(PATH);
    }

    private Reply decline(Visit visit, Candidate candidate) {
        capture.decline(visit, hand(visit, candidate));
        visit.flash(Flash.Kind.SUCCESS, visit.text("facecapture.declined.done"));
        return Reply.seeOther(PATH);
    }

    private Reply code(Visit visit, Candidate candidate) {
        String token = desk.inTransaction(tx -> captures.link(tx, candidate));
        String address = publicUrl + PhoneFacePages.PATH + "/" + token;
        return show(visit, candidate, address, new FormErrors());
    }

    private Reply picture(Visit visit, Candidate candidate) {
        return capture.picture(visit, hand(visit, candidate));
    }
}

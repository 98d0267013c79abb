package io.invigil.hub.review;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.SittingId;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Review one sitting after the other with the pictures large and the keyboard alone (S0, section Ⅲ:
 * 考试过程审核). Every decision leads on to the next open sitting. Thread-safe.
 */
public final class GalleryPages implements HttpService {
    private static final int PICTURE_BYTES_MAX = 8 * 1024 * 1024;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final PlanDesk desk;
    private final Reviews reviews;
    private final BlobStore blobs;
    private final Plans plans = new Plans();
    private final Attempts attempts = new Attempts();
    private final Candidates candidates = new Candidates();
    private final LostPictureStore lost = new LostPictureStore();

    public GalleryPages(PlanDesk desk, Reviews reviews, BlobStore blobs) {
        this.desk = desk;
        this.reviews = reviews;
        this.blobs = blobs;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole[] all = {
            StaffRole.SCHOOL_CLERK,
            StaffRole.BODY_STAFF,
            StaffRole.AUTHORITY_READER,
            // of class sessions
            StaffRole.TEACHER,
            StaffRole.UNIT_STAFF,
            StaffRole.COLLEGE_STAFF
        };
        String one = "/plans/{plan}/gallery/{sitting}";
        rules
                // the next open sitting, or the end
                .get("/plans/{plan}/gallery", desk.page(this::next, all))
                // pictures, incidents, decisions; pass, reject, reopen
                .get(one, desk.page(this::show, all))
                .post(one, desk.page(this::decide, all))
                .get(one + "/pictures/{sha256}", desk.page(this::picture, all));
    }

    /** What the template shows of the sitting. */
    public record View(
            ReviewCase review,
            Candidate candidate,
            Gallery gallery,
            List<ReviewDecision> history,
            long open) {}

    private Reply next(Visit visit, StaffScope scope, Plan plan) {
        long after = visit.queryNumber("after").orElse(0L);
        Optional<Long> next =
                desk.desk().inTransaction(tx -> open(tx, scope, plan)).stream()
                        .map(review -> review.id().value())
                        .min(
                                Comparator.comparing((Long id) -> id <= after)
                                        .thenComparing(Comparator.naturalOrder()));
        if (next.isPresent()) {
            return Reply.seeOther(PlanDesk.path(plan) + "/gallery/" + next.get());
        }
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("gallery.title")),
                desk.desk().content("review/finished.jte", view));
    }

    /** Handed in, undecided, of a candidate whom the reviewer may see. */
    private List<ReviewCase> open(Tx tx, StaffScope scope, Plan plan) {
        List<ReviewCase> open =
                reviews.ofPlan(tx, plan).values().stream()
                        .filter(review -> review.state() == ReviewState.PENDING)
                        .filter(review -> review.attempt().handIn().isPresent())
                        .toList();
        List<CandidateId> ids = open.stream().map(r -> r.sitting().candidate()).distinct().toList();
        Map<CandidateId, Candidate> people = candidates.findAll(tx, plan.tenant(), ids);
        return open.stream()
                .filter(
                        r ->
                                plans.seesSittings(
                                        tx,
                                        scope,
                                        plan,
                                        people.get(r.sitting().candidate()).school()))
                .toList();
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        return sitting(visit)
                .flatMap(id -> desk.desk().inTransaction(tx -> view(tx, scope, plan, id)))
                .map(view -> page(visit, plan, view))
                .orElseGet(Reply::notFound);
    }

    private Optional<View> view(Tx tx, StaffScope scope, Plan plan, SittingId id) {
        return found(tx, scope, plan, id)
                .map(
                        review ->
                                new View(
                                        review,
                                        candidate(tx, plan, review).orElseThrow().masked(),
                                        gallery(tx, plan, id, review.attempt().node()),
                                        reviews.history(tx, plan, id),
                                        open(tx, scope, plan).size()));
    }

    private Gallery gallery(Tx tx, Plan plan, SittingId id, String node) {
        Gallery all = Gallery.of(attempts.happenings(tx, plan.tenant(), id.value()));
        List<String> digests = all.pictures().stream().map(Gallery.Picture::blob).toList();
        return all.without(lost.lost(tx, plan.tenant(), node, digests));
    }

    private Optional<ReviewCase> found(Tx tx, StaffScope scope, Plan plan, SittingId id) {
        return reviews.find(tx, plan, id)
                .filter(
                        review ->
                                candidate(tx, plan, review)
                                        .filter(
                                                person ->
                                                        plans.seesSittings(
                                                                tx, scope, plan, person.school()))
                                        .isPresent());
    }

    private Optional<Candidate> candidate(Tx tx, Plan plan, ReviewCase review) {
        CandidateId id = review.sitting().candidate();
        return Optional.ofNullable(candidates.findAll(tx, plan.tenant(), List.of(id)).get(id));
    }

    private Reply page(Visit visit, Plan plan, View shown) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("view", shown);
        return Reply.page(
                PlanDesk.below(visit, plan, shown.candidate().name())
                        .under(visit.text("review.title"), PlanDesk.path(plan) + "/review")
                        .width(Page.Width.FULL)
                        .style("hub/gallery.css")
                        .module("hub/gallery.js"),
                desk.desk().content("review/gallery.jte", view));
    }

    private Reply decide(Visit visit, StaffScope scope, Plan plan) {
        Optional<SittingId> id = sitting(visit);
        String decision = visit.form().text("decision");
        String reason = visit.form().text("reason");
        Optional<ReviewOutcome> outcome =
                id.flatMap(
                        one ->
                                desk.desk()
                                        .inTransaction(
                                                tx ->
                                                        found(tx, scope, plan, one)
                                                                .map(
                                                                        review ->
                                                                                act(
                                                                                        tx, scope,
                                                                                        plan, one,
                                                                                        decision,
                                                                                        reason))));
        if (outcome.isEmpty()) {
            return Reply.notFound();
        }
        String gallery = PlanDesk.path(plan) + "/gallery";
        return switch (outcome.get()) {
            case ReviewOutcome.Done done -> {
                visit.flash(Flash.Kind.SUCCESS, visit.text("review.decided"));
                yield Reply.seeOther(gallery + "?after=" + id.get().value());
            }
            case ReviewOutcome.Refused refused -> {
                visit.flash(Flash.Kind.WARNING, visit.texts().of("review.refusal", refused.code()));
                yield Reply.seeOther(gallery + "/" + id.get().value());
            }
        };
    }

    private ReviewOutcome act(
            Tx tx, StaffScope scope, Plan plan, SittingId id, String decision, String reason) {
        return switch (decision) {
            case "pass" -> reviews.pass(tx, scope, plan, List.of(id));
            case "reject" -> reviews.reject(tx, scope, plan, id, reason);
            case "reopen" -> reviews.reopen(tx, scope, plan, id, reason);
            default -> new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_REASON_MISSING);
        };
    }

    /** Only a picture that a fact of this sitting names. */
    private Reply picture(Visit visit, StaffScope scope, Plan plan) {
        String blob = visit.path("sha256");
        Optional<SittingId> id = sitting(visit).filter(one -> DIGEST.matcher(blob).matches());
        boolean belongs =
                id.isPresent()
                        && desk.desk()
                                .inTransaction(
                                        tx ->
                                                found(tx, scope, plan, id.get()).isPresent()
                                                        && Gallery.names(
                                                                attempts.happenings(
                                                                        tx,
                                                                        plan.tenant(),
                                                                        id.get().value()),
                                                                blob));
        return belongs ? picture(blob) : Reply.notFound();
    }

    private Reply picture(String blob) {
        try {
            Optional<InputStream> open = blobs.open(Digest.ofHex(blob));
            if (open.isEmpty()) {
                return Reply.notFound();
            }
            try (InputStream in = open.get()) {
                byte[] bytes = in.readNBytes(PICTURE_BYTES_MAX);
                return Reply.bytes("image/jpeg", bytes)
                        .header("Cache-Control", "private, max-age=86400");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a picture cannot be read", unreadable);
        }
    }

    private static Optional<SittingId> sitting(Visit visit) {
        long number = visit.pathNumber("sitting");
        return number > 0 ? Optional.of(new SittingId(number)) : Optional.empty();
    }
}

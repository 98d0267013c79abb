package io.invigil.hub.facecapture;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.PhotoReader;
import io.invigil.hub.candidate.PhotoReading;
import io.invigil.hub.facecapture.FaceStanding.Decision;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.portal.CandidateDesk;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Agreeing, declining, capturing, unbinding. Every step is in the audit. Thread-safe. */
public final class FaceCaptures {
    /** Longest picture that is read, in bytes. */
    public static final int PICTURE_BYTES_MAX = FaceReader.PICTURE_BYTES_MAX;

    /** For how long a code leads a phone to the page. */
    public static final Duration LINK_VALID = Duration.ofMinutes(15);

    public static final int REASON_CHARS_MAX = 200;
    static final int EVENTS_MAX = 50;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{24}");
    private static final int TOKEN_BYTES = 18;

    private final Optional<FaceReader> reader;
    private final Entropy entropy;
    private final PhotoReader pictures = PhotoReader.ofCaptures();
    private final FaceStore store = new FaceStore();
    private final Audit audit = new Audit();

    /**
     * @param reader when face models are installed; without one pictures are taken unchecked, and
     *     that is kept with them
     */
    public FaceCaptures(Optional<FaceReader> reader, Entropy entropy) {
        this.reader = reader;
        this.entropy = entropy;
    }

    /** Who acts for the candidate, and from where. */
    record Hand(Candidate candidate, FaceWay way, String address) {
        AuditActor actor() {
            return CandidateDesk.actor(candidate, address);
        }

        TenantId tenant() {
            return candidate.tenant();
        }
    }

    boolean checksFaces() {
        return reader.isPresent();
    }

    public FaceStanding standing(Tx tx, Candidate candidate) {
        return store.find(tx, candidate.tenant(), candidate.id())
                .orElseGet(() -> FaceStanding.none(candidate.id()));
    }

    List<FaceEvent> history(Tx tx, Candidate candidate) {
        return store.events(tx, candidate.tenant(), candidate.id(), EVENTS_MAX);
    }

    Optional<byte[]> picture(Tx tx, Candidate candidate) {
        return store.picture(tx, candidate.tenant(), candidate.id());
    }

    /**
     * The candidate agrees to the notice.
     *
     * @param shown version of the notice that the page had
     * @param notice as it is now
     */
    Optional<FaceRefusal> agree(Tx tx, Hand by, String shown, FaceNotice notice) {
        FaceStanding before = standing(tx, by.candidate());
        if (before.hasPicture()) {
            return Optional.of(FaceRefusal.FACE_BOUND);
        }
        if (!shown.equals(notice.version())) {
            return Optional.of(FaceRefusal.FACE_NOTICE_CHANGED);
        }
        decide(tx, by, before, Decision.AGREED, notice);
        return Optional.empty();
    }

    /** The candidate declines, at any time: a picture that is there is removed. */
    void decline(Tx tx, Hand by, FaceNotice notice) {
        decide(tx, by, standing(tx, by.candidate()), Decision.DECLINED, notice);
    }

    private void decide(Tx tx, Hand by, FaceStanding before, Decision decision, FaceNotice notice) {
        CandidateId id = by.candidate().id();
        store.decide(tx, by.tenant(), id, decision, notice.version());
        boolean agreed = decision == Decision.AGREED;
        note(tx, by, agreed ? FaceEvent.Kind.AGREED : FaceEvent.Kind.DECLINED, notice.version());
        audit.changed(
                tx,
                by.actor(),
                "face-consent",
                id,
                Map.of("decision", before.decision(), "picture", before.sha256()),
                Map.of(
                        "decision",
                        decision,
                        "notice",
                        notice.version(),
                        "picture",
                        agreed ? before.sha256() : ""));
    }

    private void note(Tx tx, Hand by, FaceEvent.Kind kind, String detail) {
        store.note(
                tx,
                by.tenant(),
                by.candidate().id(),
                new FaceEvent(kind, tx.at(), by.candidate().number(), by.way(), detail));
    }

    /** Looks at a picture; outside of any transaction, because it takes some milliseconds. */
    FaceLook look(byte[] upload) {
        return switch (pictures.read(upload)) {
            case PhotoReading.Refused refused ->
                    new FaceLook.NoPicture(refused.code(), refused.detail());
            case PhotoReading.Normalised normalised -> look(normalised);
        };
    }

    private FaceLook look(PhotoReading.Normalised normalised) {
        if (reader.isEmpty()) {
            return new FaceLook.Fit(normalised.jpeg(), "");
        }
        FaceReading reading = reader.get().read(normalised.jpeg());
        return reading.advice().isEmpty()
                ? new FaceLook.Fit(normalised.jpeg(), reader.get().scale().model())
                : new FaceLook.Unfit(reading.advice().getFirst());
    }

    /** Whether a picture would be taken now. */
    Optional<FaceRefusal> mayCapture(Tx tx, Candidate candidate) {
        return switch (standing(tx, candidate).state()) {
            case NOT_ASKED, DECLINED -> Optional.of(FaceRefusal.FACE_NO_CONSENT);
            case CAPTURED -> Optional.of(FaceRefusal.FACE_BOUND);
            case AGREED -> Optional.empty();
        };
    }

    /** Keeps the picture; the code that led here is used up. */
    Optional<FaceRefusal> capture(Tx tx, Hand by, FaceLook.Fit picture) {
        Optional<FaceRefusal> refusal = mayCapture(tx, by.candidate());
        if (refusal.isPresent()) {
            return refusal;
        }
        CandidateId id = by.candidate().id();
        Digest sha256 = Digest.sha256(picture.jpeg());
        if (!store.capture(tx, by.tenant(), id, sha256, picture.jpeg(), picture.model())) {
            // another page was quicker
            return Optional.of(FaceRefusal.FACE_BOUND);
        }
        store.unlink(tx, by.tenant(), id);
        note(tx, by, FaceEvent.Kind.CAPTURED, sha256.hex());
        audit.created(
                tx,
                by.actor(),
                "face-capture",
                id,
                Map.of("sha256", sha256.hex(), "model", picture.model(), "way", by.way()));
        return Optional.empty();
    }

    /** The school removes a picture, so that it can be captured anew. */
    Optional<FaceRefusal> unbind(Tx tx, StaffScope scope, Candidate candidate, String reason) {
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return Optional.of(FaceRefusal.FACE_REASON_MISSING);
        }
        FaceStanding before = standing(tx, candidate);
        if (!store.unbind(tx, candidate.tenant(), candidate.id())) {
            return Optional.of(FaceRefusal.FACE_NOT_BOUND);
        }
        store.note(
                tx,
                candidate.tenant(),
                candidate.id(),
                new FaceEvent(
                        FaceEvent.Kind.UNBOUND,
                        tx.at(),
                        scope.login(),
                        FaceWay.STAFF,
                        reason.strip()));
        audit.deleted(
                tx,
                scope.actor(),
                "face-capture",
                candidate.id(),
                Map.of("sha256", before.sha256(), "reason", reason.strip()));
        return Optional.empty();
    }

    /** A new code that leads one phone to this candidate's page; the one before ends. */
    String link(Tx tx, Candidate candidate) {
        byte[] random = entropy.bytes(TOKEN_BYTES);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        store.link(tx, candidate.tenant(), candidate.id(), digest(token), tx.at().plus(LINK_VALID));
        return token;
    }

    /** Whose code it is, while it holds. */
    Optional<CandidateId> linked(Tx tx, TenantId tenant, String token) {
        return TOKEN.matcher(token).matches()
                ? store.linked(tx, tenant, digest(token), tx.at())
                : Optional.empty();
    }

    private static Digest digest(String token) {
        return Digest.sha256(token.getBytes(StandardCharsets.US_ASCII));
    }
}

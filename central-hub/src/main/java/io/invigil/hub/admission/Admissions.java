package io.invigil.hub.admission;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules: one person proposes with a reason, another decides; what both accept is taken in by
 * ingest in the same transaction, everything is in the audit. Pages let only staff of the
 * certification body in. Thread-safe.
 */
public final class Admissions {
    public static final int REASON_CHARS_MAX = 500;
    private static final String SUBJECT = "bundle-review";

    private final TenantId tenant;
    private final ParkedBundles bundles;
    private final Clock clock;
    private final ReviewStore store = new ReviewStore();
    private final Audit audit = new Audit();

    public Admissions(TenantId tenant, ParkedBundles bundles, Clock clock) {
        this.tenant = tenant;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** The last review of each bundle that has one. */
    public Map<String, BundleReview> latest(Tx tx) {
        Map<String, BundleReview> latest = new HashMap<>();
        store.newest(tx, tenant, 2 * ParkedBundles.LISTED_MAX)
                .forEach(review -> latest.putIfAbsent(review.item(), review));
        return latest;
    }

    /** Reviews of one bundle, the newest first. */
    public List<BundleReview> of(Tx tx, String item) {
        return store.of(tx, tenant, item);
    }

    /**
     * Proposes.
     *
     * @return empty when the proposal waits for another person now
     */
    public Optional<AdmissionRefusal> propose(
            Tx tx, StaffScope scope, String item, Verdict verdict, String reason) {
        if (!store.lockItem(tx, tenant, item)) {
            return Optional.of(AdmissionRefusal.ADMISSION_UNKNOWN);
        }
        Optional<String> parkedFor = bundles.reason(tx, item);
        if (parkedFor.isEmpty()) {
            return Optional.of(AdmissionRefusal.ADMISSION_UNKNOWN);
        }
        if (verdict == Verdict.ACCEPT && ParkedBundles.admission(parkedFor.get()).isEmpty()) {
            return Optional.of(AdmissionRefusal.ADMISSION_IMPOSSIBLE);
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return Optional.of(AdmissionRefusal.ADMISSION_REASON_MISSING);
        }
        for (BundleReview review : store.of(tx, tenant, item)) {
            switch (review.state()) {
                case OPEN -> {
                    return Optional.of(AdmissionRefusal.ADMISSION_OPEN);
                }
                case CONFIRMED -> {
                    return Optional.of(AdmissionRefusal.ADMISSION_DECIDED);
                }
                case DECLINED -> {}
            }
        }
        BundleReview open =
                new BundleReview(
                        0, item, verdict, reason, scope.login(), clock.instant(), Optional.empty());
        long id = store.insert(tx, tenant, open);
        audit.created(tx, scope.actor(), SUBJECT, id, open);
        return Optional.empty();
    }

    /** What became of a decision. */
    public sealed interface Outcome {
        /** Written down; an accepted bundle was given to ingest. */
        record Decided(BundleReview review) implements Outcome {}

        record Refused(AdmissionRefusal reason) implements Outcome {}
    }

    /**
     * Decides as the second person.
     *
     * @param confirm whether the proposal is agreed to
     * @param note why not; may be empty for a confirmation
     */
    public Outcome decide(Tx tx, StaffScope scope, long id, boolean confirm, String note) {
        Optional<BundleReview> found = store.find(tx, tenant, id);
        if (found.isEmpty() || !store.lockItem(tx, tenant, found.get().item())) {
            return new Outcome.Refused(AdmissionRefusal.ADMISSION_UNKNOWN);
        }
        // once more under the lock
        BundleReview open = store.find(tx, tenant, id).orElseThrow();
        if (open.state() != BundleReview.State.OPEN) {
            return new Outcome.Refused(AdmissionRefusal.ADMISSION_DECIDED);
        }
        if (open.proposedBy().equals(scope.login())) {
            return new Outcome.Refused(AdmissionRefusal.ADMISSION_SAME_PERSON);
        }
        if (note.length() > REASON_CHARS_MAX || (!confirm && note.isBlank())) {
            return new Outcome.Refused(AdmissionRefusal.ADMISSION_REASON_MISSING);
        }
        String outcome =
                confirm && open.verdict() == Verdict.ACCEPT ? admitted(tx, open.item()) : "";
        BundleReview decided =
                new BundleReview(
                        open.id(),
                        open.item(),
                        open.verdict(),
                        open.reason(),
                        open.proposedBy(),
                        open.proposedAt(),
                        Optional.of(
                                new BundleReview.Decision(
                                        confirm, note, scope.login(), clock.instant(), outcome)));
        store.decide(tx, tenant, decided);
        audit.changed(tx, scope.actor(), SUBJECT, id, open, decided);
        return new Outcome.Decided(decided);
    }

    private String admitted(Tx tx, String item) {
        ParkedBundles.Result result = bundles.admit(tx, item);
        return (result.status() + " " + result.reason()).strip();
    }
}

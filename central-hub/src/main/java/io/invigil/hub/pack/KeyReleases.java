package io.invigil.hub.pack;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plans;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageSecrets;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Release of sealed papers (XSP/1 section 8): two different people approve, the key goes to the
 * node five minutes before the start or earlier on demand, again and again until the room says that
 * it is open; or people read out the code. Thread-safe.
 */
public final class KeyReleases {
    /** A release that was not answered by an opened paper is sent again after this. */
    public static final Duration SEND_AGAIN = Duration.ofSeconds(20);

    private final Database database;
    private final TenantId tenant;
    private final RealmKeys realm;
    private final Fleet fleet;
    private final Plans plans;
    private final SecretBox secrets;
    private final Clock clock;
    private final Entropy entropy;
    private final PackageStore store = new PackageStore();
    private final ReleaseStore releases = new ReleaseStore();
    private final Audit audit = new Audit();

    public KeyReleases(Packages.Parts parts, Packages packages) {
        this.database = parts.database();
        this.tenant = parts.tenant();
        this.realm = parts.realm();
        this.fleet = parts.fleet();
        this.plans = parts.plans();
        this.secrets = packages.secrets();
        this.clock = parts.clock();
        this.entropy = parts.entropy();
    }

    /** One person's yes. */
    public record Approval(String login, Instant at) {}

    /** Who has approved, in order. */
    public List<Approval> approvals(Tx tx, String exam) {
        return releases.approvals(tx, tenant, exam);
    }

    /**
     * Approves the release of a package.
     *
     * @return empty when done
     */
    public Optional<PackRefusal> approve(Tx tx, StaffScope scope, String exam) {
        Optional<ExamPackage> found = store.find(tx, tenant, exam);
        if (found.isEmpty()) {
            return Optional.of(PackRefusal.PACK_UNKNOWN);
        }
        if (!mayRelease(tx, scope, found.get())) {
            return Optional.of(PackRefusal.PACK_FORBIDDEN);
        }
        if (!releases.approve(tx, tenant, exam, scope.login(), clock.instant())) {
            return Optional.of(PackRefusal.PACK_APPROVED_BEFORE);
        }
        audit.created(tx, scope.actor(), "key-release", exam, Map.of("approved", true));
        return Optional.empty();
    }

    /** Has the key released at once instead of five minutes before the start. */
    public Optional<PackRefusal> releaseNow(Tx tx, StaffScope scope, String exam) {
        Optional<ExamPackage> found = store.find(tx, tenant, exam);
        if (found.isEmpty()) {
            return Optional.of(PackRefusal.PACK_UNKNOWN);
        }
        if (!mayRelease(tx, scope, found.get())) {
            return Optional.of(PackRefusal.PACK_FORBIDDEN);
        }
        if (people(releases.approvals(tx, tenant, exam)) < KeyRelease.APPROVALS_MIN) {
            return Optional.of(PackRefusal.PACK_NOT_APPROVED_BY_TWO);
        }
        Instant now = clock.instant();
        store.releaseAt(tx, tenant, exam, now);
        audit.changed(
                tx,
                scope.actor(),
                "key-release",
                exam,
                Map.of("releaseAt", found.get().releaseAt()),
                Map.of("releaseAt", now));
        return Optional.empty();
    }

    /**
     * The code for the envelope or the phone; every look is written down. Empty when not allowed.
     */
    public Optional<ReleaseCode> code(Tx tx, StaffScope scope, String exam) {
        Optional<ExamPackage> found =
                store.find(tx, tenant, exam).filter(p -> mayRelease(tx, scope, p));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        releases.looked(tx, tenant, exam, scope.login(), clock.instant());
        audit.read(tx, scope.actor(), "key-release", exam, Map.of("what", "code"));
        return Optional.of(open(tx, exam).releaseCode());
    }

    /** Who has looked at a code, newest first. */
    public List<Approval> looks(Tx tx, String exam) {
        return releases.looks(tx, tenant, exam);
    }

    /**
     * Sends what is due; to be called every few seconds.
     *
     * @param send publishes a command to a node; false when it cannot now
     * @return names of the packages whose release was sent
     */
    public List<String> sendDue(BiPredicate<NodeId, byte[]> send) {
        Instant now = clock.instant();
        List<String> sent = new ArrayList<>();
        List<ExamPackage> due =
                database.inTransaction(
                        tx ->
                                store.releasable(tx, tenant, now).stream()
                                        .filter(p -> isSilentSince(p, now.minus(SEND_AGAIN)))
                                        .filter(p -> isApproved(tx, p))
                                        .toList());
        for (ExamPackage released : due) {
            Optional<byte[]> message = database.inTransaction(tx -> message(tx, released, now));
            if (message.isPresent() && send.test(released.node(), message.get())) {
                database.useTransaction(tx -> store.sent(tx, tenant, released.exam(), now));
                sent.add(released.exam());
            }
        }
        return sent;
    }

    /** The signed release, also for a stick; empty when it is not approved by two people. */
    public Optional<byte[]> envelope(Tx tx, String exam) {
        Optional<ExamPackage> found = store.find(tx, tenant, exam);
        Optional<SiteNode> node = found.flatMap(p -> fleet.node(tx, p.node()));
        if (node.isEmpty() || node.get().revoked().isPresent() || !isApproved(tx, found.get())) {
            return Optional.empty();
        }
        List<KeyRelease.Approval> approvals =
                releases.approvals(tx, tenant, exam).stream()
                        .limit(KeyRelease.APPROVALS_MAX)
                        .map(a -> new KeyRelease.Approval(a.login(), a.at()))
                        .toList();
        return Optional.of(
                KeyRelease.make(
                                realm.realm(),
                                node.get().id(),
                                exam,
                                open(tx, exam),
                                node.get().sealKey(),
                                approvals,
                                clock.instant(),
                                entropy)
                        .sign(realm.manifest()));
    }

    private Optional<byte[]> message(Tx tx, ExamPackage released, Instant now) {
        return envelope(tx, released.exam())
                .map(
                        bytes ->
                                SignedMessage.signPayload(
                                                MessageType.KEY_RELEASE, bytes, realm.receipt())
                                        .encode());
    }

    private PackageSecrets open(Tx tx, String exam) {
        return secrets.open(exam, store.secrets(tx, tenant, exam).orElseThrow());
    }

    private boolean isApproved(Tx tx, ExamPackage released) {
        return people(releases.approvals(tx, tenant, released.exam())) >= KeyRelease.APPROVALS_MIN;
    }

    private static boolean isSilentSince(ExamPackage released, Instant since) {
        return released.sentAt().filter(at -> at.isAfter(since)).isEmpty();
    }

    private static long people(List<Approval> approvals) {
        return approvals.stream().map(Approval::login).distinct().count();
    }

    private boolean mayRelease(Tx tx, StaffScope scope, ExamPackage released) {
        return plans.find(tx, tenant, released.plan())
                .filter(plan -> plans.mayHold(tx, scope, plan))
                .isPresent();
    }
}

package io.invigil.hub.emergency;

import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.file.FileKind;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.protocol.crypto.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes emergency files in, and has a second person admit them. A page holds the key of its own
 * file, so that a candidate could write one at home: nothing of it counts before the reviewer of
 * the sitting says so. Thread-safe.
 */
public final class BroughtFiles {
    public static final int REASON_CHARS_MAX = 1_000;
    static final int ITEM_CHARS_MAX = 128;
    static final int OP_CHARS_MAX = 64;
    static final int RESPONSE_CHARS_MAX = 40_000;

    private final PackageRegister packages;
    private final SlotKeys keys;
    private final Papers papers;
    private final Marking marking;
    private final BlobStore blobs;
    private final Clock clock;
    private final BroughtFileStore store = new BroughtFileStore();
    private final Attempts attempts = new Attempts();
    private final Sittings sittings = new Sittings();
    private final Audit audit = new Audit();

    public BroughtFiles(
            PackageRegister packages,
            SlotKeys keys,
            Papers papers,
            Marking marking,
            BlobStore blobs,
            Clock clock) {
        this.packages = packages;
        this.keys = keys;
        this.papers = papers;
        this.marking = marking;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Those that wait for the second person first. */
    public List<BroughtFile> ofPlan(Tx tx, StaffScope scope, Plan plan) {
        return scope.mayRunPlansOf(plan.body()) ? store.ofPlan(tx, plan) : List.of();
    }

    /** A file with its answers beside what the centre holds. */
    public record Opened(BroughtFile file, List<Compared> answers, int files) {}

    /** Opens a file that was taken in; whoever looks is recorded. */
    public Optional<Opened> open(Tx tx, StaffScope scope, Plan plan, String digest) {
        Optional<BroughtFile> found =
                scope.mayRunPlansOf(plan.body()) ? store.find(tx, plan, digest) : Optional.empty();
        return found.map(
                one -> {
                    audit.read(tx, scope.actor(), "emergency-file", digest, Map.of());
                    EmergencyFile content = content(tx, plan, one);
                    return new Opened(one, compared(tx, plan, content), content.files().size());
                });
    }

    private EmergencyFile content(Tx tx, Plan plan, BroughtFile one) {
        return packaged(tx, plan, one.scope())
                .flatMap(pack -> opened(store.content(tx, plan, one.digest()), pack))
                .orElseThrow(() -> new EmergencyFileDamaged(one.digest()));
    }

    private Optional<ExamPackage> packaged(Tx tx, Plan plan, EmergencyFile.Scope scope) {
        return packages.find(tx, scope.exam()).filter(one -> one.plan().equals(plan.id()));
    }

    private Optional<EmergencyFile> opened(byte[] file, ExamPackage pack) {
        RosterKeys slot = keys.of(pack.slot(), pack.exam());
        return EmergencyFile.open(file, claim -> List.of(EmergencyFile.key(slot, claim.scope())));
    }

    private List<Compared> compared(Tx tx, Plan plan, EmergencyFile file) {
        long sitting = file.scope().sitting();
        return Compared.of(
                file,
                attempts.history(tx, plan.tenant(), sitting),
                attempts.current(tx, plan.tenant(), sitting),
                attempts.late(tx, plan.tenant(), sitting));
    }

    /** Opens a file and keeps it for the second person. */
    public FileOutcome take(Tx tx, StaffScope scope, Plan plan, byte[] content) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return FileOutcome.NOT_ALLOWED;
        }
        Optional<EmergencyFile.Claim> claim = EmergencyFile.claim(content);
        if (claim.isEmpty()) {
            return FileOutcome.UNREADABLE;
        }
        if (!claim.get().shared()) {
            return FileOutcome.OF_ITS_NODE_ALONE;
        }
        Optional<ExamPackage> pack = packaged(tx, plan, claim.get().scope());
        if (pack.isEmpty()) {
            return FileOutcome.EXAM_UNKNOWN;
        }
        Optional<EmergencyFile> file = opened(content, pack.get());
        if (file.isEmpty()) {
            return FileOutcome.DOES_NOT_OPEN;
        }
        EmergencyFile.Scope proven = file.get().scope();
        Optional<Sitting> sitting = sitting(tx, plan, proven, pack.get());
        if (sitting.isEmpty()) {
            return FileOutcome.SITTING_OTHER;
        }
        if (!isItsPaper(tx, plan, proven, sitting.get())) {
            return FileOutcome.PAPER_OTHER;
        }
        if (!file.get().answers().stream().allMatch(BroughtFiles::fits)) {
            return FileOutcome.ANSWER_MALFORMED;
        }
        String digest = Digest.sha256(content).hex();
        boolean added =
                store.add(
                        tx,
                        plan,
                        digest,
                        proven,
                        sitting.get().id().value(),
                        content,
                        scope.login(),
                        clock.instant());
        if (!added) {
            return FileOutcome.KNOWN;
        }
        audit.created(
                tx,
                scope.actor(),
                "emergency-file",
                digest,
                Map.of("sitting", proven.sitting(), "answers", file.get().answers().size()));
        return FileOutcome.TAKEN;
    }

    private Optional<Sitting> sitting(
            Tx tx, Plan plan, EmergencyFile.Scope scope, ExamPackage pack) {
        return scope.sitting() <= 0
                ? Optional.empty()
                : sittings.find(tx, plan.tenant(), new SittingId(scope.sitting()))
                        .filter(one -> one.plan().equals(plan.id()))
                        .filter(
                                one ->
                                        one.seating()
                                                .filter(at -> at.slot().equals(pack.slot()))
                                                .isPresent());
    }

    /** What the room says was begun; where nothing was heard, a paper of the subject. */
    private boolean isItsPaper(Tx tx, Plan plan, EmergencyFile.Scope scope, Sitting sitting) {
        String begun =
                attempts.find(tx, plan.tenant(), scope.sitting()).map(Attempt::paper).orElse("");
        return begun.isEmpty()
                ? PaperId.ofName(scope.paper())
                        .flatMap(id -> papers.find(tx, plan.tenant(), id))
                        .filter(version -> version.subject().equals(sitting.subject()))
                        .isPresent()
                : begun.equals(scope.paper());
    }

    private static boolean fits(EmergencyFile.Answer one) {
        int chars =
                one.response().entrySet().stream()
                        .mapToInt(
                                each ->
                                        each.getKey().length()
                                                + each.getValue().stream()
                                                        .mapToInt(String::length)
                                                        .sum())
                        .sum();
        return !one.item().isBlank()
                && one.item().length() <= ITEM_CHARS_MAX
                && !one.op().isBlank()
                && one.op().length() <= OP_CHARS_MAX
                && chars <= RESPONSE_CHARS_MAX;
    }

    /** The second person's word, for good. */
    public FileOutcome decide(
            Tx tx,
            StaffScope scope,
            Plan plan,
            String digest,
            BroughtFile.Verdict verdict,
            String reason) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return FileOutcome.NOT_ALLOWED;
        }
        store.lock(tx, plan, digest);
        Optional<BroughtFile> found = store.find(tx, plan, digest);
        if (found.isEmpty()) {
            return FileOutcome.UNKNOWN;
        }
        BroughtFile file = found.get();
        if (file.decided().isPresent()) {
            return FileOutcome.DECIDED_BEFORE;
        }
        if (file.takenBy().equals(scope.login())) {
            return FileOutcome.SAME_PERSON;
        }
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            return FileOutcome.REASON_MISSING;
        }
        var decided =
                new BroughtFile.Decided(verdict, reason.strip(), scope.login(), clock.instant());
        int kept = verdict == BroughtFile.Verdict.ADMITTED ? admit(tx, plan, file) : 0;
        store.decide(tx, plan, digest, decided);
        audit.changed(
                tx,
                scope.actor(),
                "emergency-file",
                digest,
                Map.of("verdict", ""),
                Map.of("verdict", verdict, "reason", decided.reason(), "kept", kept));
        return FileOutcome.DONE;
    }

    /** What the centre does not hold is kept apart; the sitting's score is held until reviewed. */
    private int admit(Tx tx, Plan plan, BroughtFile file) {
        EmergencyFile content = content(tx, plan, file);
        List<EmergencyFile.Answer> news =
                compared(tx, plan, content).stream()
                        .filter(Compared::isNews)
                        .map(Compared::answer)
                        .toList();
        content.files().stream().filter(one -> FileKind.of(one).isPresent()).forEach(this::keep);
        long sitting = content.scope().sitting();
        attempts.bring(tx, plan.tenant(), sitting, file.digest(), news, clock.instant());
        attempts.find(tx, plan.tenant(), sitting)
                .ifPresent(attempt -> marking.attemptChanged(tx, plan.tenant(), attempt));
        return news.size();
    }

    private void keep(byte[] file) {
        try {
            blobs.put(
                    Digest.sha256(file),
                    new ByteArrayInputStream(file),
                    EmergencyFile.FILE_BYTES_MAX);
        } catch (IOException full) {
            throw new UncheckedIOException("a file of an answer cannot be kept", full);
        }
    }

    /** A file that opened when it was taken in does not any more. */
    static final class EmergencyFileDamaged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EmergencyFileDamaged(String digest) {
            super("the emergency file " + digest + " does not open any more");
        }
    }
}

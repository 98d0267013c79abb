package io.invigil.site.pack;

import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseAttempts;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.protocol.paper.ReleaseKey;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.site.room.Outcome;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.ExamPlan;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomCommand;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Both ways of opening (XSP/1 section 8): a release code typed in the room, and the centre's key
 * release. The rule on early openings is the room core's; a release that comes too early waits.
 * Thread-safe.
 */
public final class PaperOpening {
    private static final System.Logger LOG = System.getLogger(PaperOpening.class.getName());

    private final ActivePackages packages;
    private final PackageIntake intake;
    private final PackageFiles files;
    private final PaperShelf shelf;
    private final RoomEngine engine;
    private final SealKey sealKey;
    private final Supplier<TrustRoot> trust;
    private final TrustedTime trusted;
    private final Entropy entropy;
    private final Map<String, ReleaseAttempts> attempts = new ConcurrentHashMap<>();

    public PaperOpening(
            ActivePackages packages,
            PackageIntake intake,
            PackageFiles files,
            PaperShelf shelf,
            RoomEngine engine,
            SealKey sealKey,
            Supplier<TrustRoot> trust,
            TrustedTime trusted,
            Entropy entropy) {
        this.packages = packages;
        this.intake = intake;
        this.files = files;
        this.shelf = shelf;
        this.engine = engine;
        this.sealKey = sealKey;
        this.trust = trust;
        this.trusted = trusted;
        this.entropy = entropy;
    }

    /**
     * Opens all papers of an exam by a code.
     *
     * @param by author, {@code staff:<login>}
     * @param officials logins of staff who proved themselves for this opening
     * @param reason only needed when it is early
     */
    public synchronized OpeningOutcome byCode(
            String exam, String typed, String by, List<String> officials, String reason) {
        Optional<ExamPackage> pack = packages.exam(exam);
        if (pack.isEmpty()) {
            return new OpeningOutcome.ExamUnknown();
        }
        return switch (ReleaseCode.parse(typed)) {
            case ReleaseCode.Typed.WrongGroups wrong ->
                    new OpeningOutcome.WrongGroups(wrong.groups());
            case ReleaseCode.Typed.WrongLength wrong ->
                    new OpeningOutcome.WrongLength(wrong.digits());
            case ReleaseCode.Typed.Complete complete ->
                    tryCode(pack.get(), complete.code(), by, officials, reason);
        };
    }

    private OpeningOutcome tryCode(
            ExamPackage pack, ReleaseCode code, String by, List<String> officials, String reason) {
        ReleaseAttempts before = attempts.getOrDefault(pack.exam(), ReleaseAttempts.NONE);
        switch (before.tryAt(engine.time().now().upMillis())) {
            case ReleaseAttempts.Decision.Wait wait -> {
                return new OpeningOutcome.TooManyTries(wait.millis());
            }
            case ReleaseAttempts.Decision.Try granted -> attempts.put(pack.exam(), granted.after());
        }
        PackageOpener opener = intake.opener(pack.manifest());
        Optional<ReleaseKey> key = opener.releaseKeyFor(code).filter(opener::fits);
        if (key.isEmpty()) {
            return new OpeningOutcome.WrongCode();
        }
        return open(pack, key.get(), "release-code", by, officials, reason);
    }

    /**
     * Takes a key release from any carrier; it opens at once when it may, else it waits.
     *
     * @return whether it is a good release for a package of this node
     */
    public synchronized boolean released(byte[] envelope) {
        for (ExamPackage pack : packages.all()) {
            if (verify(pack.manifest(), envelope) instanceof KeyRelease.Outcome.Released good) {
                trusted.signed(good.release().issuedAt());
                if (!isClosed(pack)) {
                    files.keepRelease(pack.exam(), envelope);
                }
                tryWaiting();
                return true;
            }
        }
        LOG.log(System.Logger.Level.WARNING, "a key release was for no package of this node");
        return false;
    }

    /** Opens what waits and may be opened now; to be called every few seconds. */
    public synchronized void tryWaiting() {
        for (ExamPackage pack : packages.all()) {
            Optional<ExamState> exam = engine.state().exam(pack.exam());
            boolean may =
                    exam.isPresent()
                            && exam.get().phase() != RoomPhase.PREPARING
                            && exam.get().phase() != RoomPhase.CLOSED
                            && !allOpen(exam.get(), pack);
            if (may) {
                files.release(pack.exam()).ifPresent(envelope -> openWaiting(pack, envelope));
            }
        }
    }

    private void openWaiting(ExamPackage pack, byte[] envelope) {
        if (!(verify(pack.manifest(), envelope) instanceof KeyRelease.Outcome.Released good)) {
            return;
        }
        List<String> approvers =
                good.release().approvals().stream().map(KeyRelease.Approval::by).toList();
        var outcome =
                open(
                        pack,
                        good.key(),
                        "key-release",
                        "node",
                        List.of(),
                        String.join(", ", approvers));
        LOG.log(System.Logger.Level.INFO, "key release of {0}: {1}", pack.exam(), outcome);
    }

    private KeyRelease.Outcome verify(Manifest manifest, byte[] envelope) {
        return KeyRelease.verify(
                envelope, trust.get().verifyKeys(TrustRole.MANIFEST), manifest, sealKey);
    }

    private OpeningOutcome open(
            ExamPackage pack,
            ReleaseKey key,
            String how,
            String by,
            List<String> officials,
            String reason) {
        List<String> papers =
                pack.plan().places().values().stream()
                        .map(ExamPlan.Place::paper)
                        .distinct()
                        .sorted()
                        .toList();
        boolean hadKey = shelf.hasKey(pack.manifest());
        shelf.keep(pack.manifest(), key);
        long trustedMillis = trusted.now().map(Instant::toEpochMilli).orElse(0L);
        for (String paper : papers) {
            Outcome outcome =
                    engine.ask(
                            new RoomCommand.OpenPaper(
                                    by,
                                    pack.exam(),
                                    paper,
                                    how,
                                    trustedMillis,
                                    officials,
                                    reason,
                                    HexFormat.of().formatHex(entropy.bytes(16))));
            Optional<OpeningOutcome> failed = failure(outcome);
            if (failed.isPresent()) {
                if (!hadKey && failed.get() instanceof OpeningOutcome.Refused) {
                    shelf.forget(pack.manifest());
                }
                return failed.get();
            }
        }
        return new OpeningOutcome.Opened(papers);
    }

    private static Optional<OpeningOutcome> failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Kept kept -> Optional.empty();
            case Outcome.Refused refused -> Optional.of(new OpeningOutcome.Refused(refused.code()));
            case Outcome.Busy busy -> Optional.of(new OpeningOutcome.NotSaved());
            case Outcome.Halted halted -> Optional.of(new OpeningOutcome.NotSaved());
        };
    }

    private boolean isClosed(ExamPackage pack) {
        return engine.state()
                .exam(pack.exam())
                .filter(exam -> exam.phase() == RoomPhase.CLOSED)
                .isPresent();
    }

    private static boolean allOpen(ExamState exam, ExamPackage pack) {
        return pack.plan().places().values().stream()
                .filter(ExamPlan.Place::hasPaper)
                .allMatch(place -> exam.openedPapers().contains(place.paper()));
    }
}

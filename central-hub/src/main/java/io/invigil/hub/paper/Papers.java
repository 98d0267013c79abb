package io.invigil.hub.paper;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.qti.QtiLimits;
import io.invigil.hub.paper.qti.QtiPackages;
import io.invigil.hub.paper.qti.QtiResult;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Importing, assigning and reading papers. Thread-safe. */
public final class Papers {
    public static final int FILE_NAME_CHARS_MAX = 255;
    public static final int VERSIONS_LISTED_MAX = 200;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Stands in a paper until its number is taken. */
    private static final String UNNUMBERED = "P0";

    private final Clock clock;
    private final Audit audit = new Audit();
    private final PaperStore store = new PaperStore();
    private final QtiPackages packages = new QtiPackages();
    private final PlanContent content = new PlanContent();
    private final Plans plans;
    private final Numbers numbers = new Numbers();

    public Papers(Clock clock, Plans plans) {
        this.clock = clock;
        this.plans = plans;
    }

    /**
     * Imports a package for a subject: all of it or nothing.
     *
     * @param fileName as the member of staff named it, for lists only
     * @param zip the uploaded file; only read, not inside a transaction because it takes a while
     */
    public PaperDecision importPackage(
            Database database, StaffScope scope, SubjectId subject, String fileName, Path zip) {
        Optional<PaperDecision> refusal =
                database.inTransaction(tx -> mayHandle(tx, scope, subject));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (sizeOf(zip) > QtiLimits.ARCHIVE_BYTES_MAX) {
            return refused(PaperRefusal.PAPER_FILE_TOO_LARGE, "64");
        }
        Digest digest = digestOf(zip);
        return switch (packages.read(zip, UNNUMBERED)) {
            case QtiResult.Refused faulty -> new PaperDecision.Faulty(faulty.issues());
            case QtiResult.Read read ->
                    database.inTransaction(
                            tx -> add(tx, scope, subject, shortened(fileName), digest, read));
        };
    }

    private PaperDecision add(
            Tx tx,
            StaffScope scope,
            SubjectId subject,
            String fileName,
            Digest digest,
            QtiResult.Read read) {
        TenantId tenant = scope.tenant();
        if (store.isThere(tx, tenant, subject, digest.hex())) {
            return refused(PaperRefusal.PAPER_ALREADY_THERE, fileName);
        }
        PaperId id = new PaperId(numbers.take(tx, tenant, NumberSeries.PAPER, 1));
        Paper unnumbered = read.paper();
        Paper paper =
                new Paper(
                        id.name(),
                        unnumbered.titleZh(),
                        unnumbered.titleEn(),
                        unnumbered.sections(),
                        unnumbered.assets());
        AnswerKey key = new AnswerKey(id.name(), read.key().items());
        PaperVersion version =
                new PaperVersion(
                        tenant,
                        id,
                        subject,
                        paper.titleZh().isEmpty() ? fileName : paper.titleZh(),
                        read.version(),
                        fileName,
                        digest.hex(),
                        paper.items().size(),
                        paper.maximum(),
                        textMark(paper, key),
                        scope.login(),
                        Instant.ofEpochMilli(clock.millis()));
        store.add(tx, version, paper, key);
        paper.assets()
                .forEach(a -> store.addPicture(tx, version, a, read.pictures().get(a.name())));
        audit.created(
                tx,
                scope.actor(),
                "paper",
                id.value(),
                Map.of(
                        "subject", subject.value(),
                        "title", version.title(),
                        "file", fileName,
                        "sha256", digest.hex(),
                        "items", version.items()));
        return new PaperDecision.Accepted(version);
    }

    /** Marks that only a teacher can give: items' maxima less what their keys give. */
    private static BigDecimal textMark(Paper paper, AnswerKey key) {
        BigDecimal keyed =
                key.items().values().stream()
                        .map(AnswerKey.ItemKey::maximum)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return paper.maximum().subtract(keyed);
    }

    /**
     * Has a subject sat with a paper.
     *
     * @param slot one slot, or empty for all slots without a paper of their own
     */
    public PaperDecision assign(Tx tx, StaffScope scope, PaperId paper, Optional<SlotId> slot) {
        Optional<PaperVersion> found = store.find(tx, scope.tenant(), paper);
        if (found.isEmpty()) {
            return refused(PaperRefusal.PAPER_UNKNOWN);
        }
        PaperVersion version = found.get();
        Optional<PaperDecision> refusal = mayHandle(tx, scope, version.subject());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Subject subject = content.subject(tx, scope.tenant(), version.subject()).orElseThrow();
        if (subject.fullMark().compareTo(version.fullMark()) != 0) {
            return refused(
                    PaperRefusal.PAPER_FULL_MARK_DIFFERS,
                    version.fullMark().stripTrailingZeros().toPlainString(),
                    subject.fullMark().stripTrailingZeros().toPlainString());
        }
        if (slot.isPresent() && !isSlotOf(tx, subject, slot.get())) {
            return refused(PaperRefusal.PAPER_SLOT_UNKNOWN);
        }
        if (store.isUsedInClass(tx, version)) {
            return refused(PaperRefusal.PAPER_USED_IN_CLASS);
        }
        Optional<PaperVersion> before = store.assigned(tx, scope.tenant(), version.subject(), slot);
        store.assign(tx, version, slot, scope.login(), clock.millis());
        audit.changed(
                tx,
                scope.actor(),
                "paper-use",
                "subject "
                        + version.subject().value()
                        + slot.map(one -> " slot " + one.value()).orElse(""),
                Map.of("paper", before.map(one -> one.id().value()).orElse(0L)),
                Map.of("paper", paper.value()));
        return new PaperDecision.Accepted(version);
    }

    /**
     * Papers of a subject that a class may be tested with: those that no exam of the subject's own
     * plan is sat with.
     */
    public List<PaperVersion> forClasses(Tx tx, TenantId tenant, SubjectId subject) {
        return ofSubject(tx, tenant, subject).stream()
                .filter(version -> !store.isAssigned(tx, version))
                .toList();
    }

    /** Whether any slot of the subject is sat with the paper. */
    public boolean isSatWith(Tx tx, Subject subject, PaperVersion version) {
        return content.slots(tx, subject.tenant(), subject.plan()).stream()
                .flatMap(slot -> assigned(tx, subject.tenant(), subject.id(), slot.id()).stream())
                .anyMatch(one -> one.id().equals(version.id()));
    }

    /** Has the only slot of a class session sat with a paper of the class's subject. */
    public void assignToSession(
            Tx tx, StaffScope scope, PaperVersion paper, SubjectId subject, SlotId slot) {
        store.assign(tx, paper, subject, slot, scope.login(), clock.millis());
    }

    private boolean isSlotOf(Tx tx, Subject subject, SlotId slot) {
        Optional<Slot> found = content.slot(tx, subject.tenant(), slot);
        return found.isPresent() && found.get().subjects().contains(subject.id());
    }

    private Optional<PaperDecision> mayHandle(Tx tx, StaffScope scope, SubjectId subject) {
        Optional<Subject> found = content.subject(tx, scope.tenant(), subject);
        Optional<Plan> plan = found.flatMap(s -> plans.find(tx, scope.tenant(), s.plan()));
        if (plan.isEmpty()) {
            return Optional.of(refused(PaperRefusal.PAPER_SUBJECT_UNKNOWN));
        }
        if (!scope.mayRunPlansOf(plan.get().body())) {
            return Optional.of(refused(PaperRefusal.PAPER_NOT_ALLOWED));
        }
        if (plan.get().windows().of(PlanStage.EXAM).isOver(clock.instant())) {
            return Optional.of(refused(PaperRefusal.PAPER_EXAM_OVER));
        }
        return Optional.empty();
    }

    /** The paper of a subject in a slot: the slot's own, else the subject's. */
    public Optional<PaperVersion> assigned(Tx tx, TenantId tenant, SubjectId subject, SlotId slot) {
        return store.assigned(tx, tenant, subject, Optional.of(slot))
                .or(() -> store.assigned(tx, tenant, subject, Optional.empty()));
    }

    /** Which paper each slot of a subject is sat with. */
    public PaperCover cover(Tx tx, Subject subject) {
        List<Slot> slots =
                content.slots(tx, subject.tenant(), subject.plan()).stream()
                        .filter(slot -> slot.subjects().contains(subject.id()))
                        .toList();
        Map<SlotId, PaperVersion> own = new HashMap<>();
        for (Slot slot : slots) {
            store.assigned(tx, subject.tenant(), subject.id(), Optional.of(slot.id()))
                    .ifPresent(paper -> own.put(slot.id(), paper));
        }
        return new PaperCover(
                subject,
                store.assigned(tx, subject.tenant(), subject.id(), Optional.empty()),
                own,
                slots);
    }

    public Optional<PaperVersion> find(Tx tx, TenantId tenant, PaperId id) {
        return store.find(tx, tenant, id);
    }

    /** Versions of a subject, newest first. */
    public List<PaperVersion> ofSubject(Tx tx, TenantId tenant, SubjectId subject) {
        return store.ofSubject(tx, tenant, subject, VERSIONS_LISTED_MAX);
    }

    /** Paper and key. */
    public Optional<PaperContent> content(Tx tx, TenantId tenant, PaperId id) {
        return store.content(tx, tenant, id);
    }

    /** All pictures of a paper by their asset name. */
    public Map<String, byte[]> pictures(Tx tx, TenantId tenant, PaperId id) {
        return store.pictures(tx, tenant, id);
    }

    /** One picture with its media type. */
    public Optional<Picture> picture(Tx tx, TenantId tenant, PaperId id, String name) {
        return store.picture(tx, tenant, id, name);
    }

    /** A picture of a paper. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Picture(String mediaType, byte[] content) {}

    /** Whether a teacher must mark any item of the paper. */
    public static boolean needsTeacher(Paper paper) {
        return paper.items().stream().anyMatch(Papers::isWritten);
    }

    /** Whether an item holds an answer that a person marks. */
    public static boolean isWritten(Item item) {
        return item.marksByHand();
    }

    private static PaperDecision refused(PaperRefusal refusal, String... detail) {
        return new PaperDecision.Refused(refusal, List.of(detail));
    }

    private static String shortened(String fileName) {
        return fileName.length() > FILE_NAME_CHARS_MAX
                ? fileName.substring(0, FILE_NAME_CHARS_MAX)
                : fileName;
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Digest digestOf(Path file) {
        MessageDigest digest = Digest.newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Digest.of(digest.digest());
    }
}

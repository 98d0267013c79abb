package io.invigil.hub.pack;

import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.paper.PackageSecrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Publishing packages (XSP/1 section 8). Thread-safe. */
public final class Packages {
    /** Keys are released so long before the start, when two people have approved. */
    public static final Duration RELEASE_BEFORE_START = Duration.ofMinutes(5);

    private final Database database;
    private final TenantId tenant;
    private final Fleet fleet;
    private final Plans plans;
    private final PackageReading reading;
    private final PackageMaking making;
    private final SittingHolders holders;
    private final HandoverCodes handovers;
    private final SecretBox secrets;
    private final Clock clock;
    private final Entropy entropy;
    private final PackageStore store = new PackageStore();
    private final Audit audit = new Audit();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();
    private final Rooms rooms = new Rooms();

    /** What packages are made of and with. */
    public record Parts(
            Database database,
            TenantId tenant,
            RealmKeys realm,
            Fleet fleet,
            Plans plans,
            Papers papers,
            RoomStaff staff,
            RulesText rules,
            BlobStore blobs,
            Clock clock,
            Entropy entropy) {}

    /**
     * @param secretsKey 32 bytes under which package secrets are kept
     */
    public Packages(Parts parts, byte[] secretsKey) {
        this.database = parts.database();
        this.tenant = parts.tenant();
        this.fleet = parts.fleet();
        this.plans = parts.plans();
        this.reading = new PackageReading(tenant, parts.papers(), parts.staff(), parts.rules());
        this.holders =
                new SittingHolders(
                        tenant,
                        (tx, node) -> fleet.node(tx, node).flatMap(SiteNode::revoked).isPresent());
        SlotKeys shared = new SlotKeys(secretsKey);
        this.making = new PackageMaking(parts.realm(), parts.blobs(), parts.entropy(), shared::of);
        this.handovers = new HandoverCodes(tenant, shared::handover, parts.clock());
        this.secrets = new SecretBox(secretsKey, parts.entropy());
        this.clock = parts.clock();
        this.entropy = parts.entropy();
    }

    /** What nodes without a line tell by telephone. */
    HandoverCodes handovers() {
        return handovers;
    }

    SecretBox secrets() {
        return secrets;
    }

    /** Packages of a plan that were published, by start. */
    public List<ExamPackage> ofPlan(Tx tx, PlanId plan) {
        return store.ofPlan(tx, tenant, plan);
    }

    public Optional<ExamPackage> find(Tx tx, String exam) {
        return store.find(tx, tenant, exam);
    }

    /**
     * Publishes the packages of a slot for all nodes that rooms with sittings need, each by itself:
     * one that is refused does not stop the others.
     */
    public List<PackDecision> publishSlot(StaffScope scope, SlotId slot) {
        record Need(Set<NodeId> nodes, List<PackDecision> refused) {}
        Optional<Need> need =
                database.inTransaction(
                        tx -> {
                            Optional<Slot> found = content.slot(tx, tenant, slot);
                            if (found.isEmpty()) {
                                return Optional.empty();
                            }
                            Set<NodeId> nodes = new LinkedHashSet<>();
                            List<PackDecision> refused = new ArrayList<>();
                            for (Room room : roomsInUse(tx, found.get())) {
                                List<SiteNode> serving =
                                        fleet.inForceAt(tx, room.site()).stream()
                                                .filter(node -> node.serves(room.name()))
                                                .toList();
                                serving.forEach(node -> nodes.add(node.id()));
                                if (serving.isEmpty()) {
                                    refused.add(
                                            new PackDecision.Refused(
                                                    PackRefusal.PACK_ROOM_WITHOUT_NODE,
                                                    room.name()));
                                }
                            }
                            return Optional.of(new Need(nodes, refused));
                        });
        if (need.isEmpty()) {
            return List.of(new PackDecision.Refused(PackRefusal.PACK_SLOT_UNKNOWN, ""));
        }
        List<PackDecision> decisions = new ArrayList<>(need.get().refused());
        for (NodeId node : need.get().nodes()) {
            decisions.add(publish(scope, slot, node));
        }
        return List.copyOf(decisions);
    }

    private List<Room> roomsInUse(Tx tx, Slot slot) {
        List<Room> all = rooms.ofPlan(tx, tenant, slot.plan());
        Set<Long> used = new LinkedHashSet<>();
        for (Sitting sitting : sittings.ofPlan(tx, tenant, slot.plan())) {
            sitting.seating()
                    .filter(seating -> seating.slot().equals(slot.id()))
                    .ifPresent(seating -> used.add(seating.room().value()));
        }
        return all.stream().filter(room -> used.contains(room.id().value())).toList();
    }

    /** Everything read in the first transaction. */
    private record Read(
            SiteNode node,
            PackageContent content,
            Optional<ExamPackage> before,
            Optional<byte[]> manifest,
            Optional<byte[]> secrets,
            Map<String, PackageStore.PartRow> parts) {}

    /** Outcome of the first transaction. */
    private sealed interface Start {
        record Ready(Read read) implements Start {}

        record Refused(PackDecision.Refused refusal) implements Start {}
    }

    /** Publishes the package of a slot for a node: the first version or one more. */
    public PackDecision publish(StaffScope scope, SlotId slot, NodeId node) {
        String exam = ExamPackage.nameOf(slot, node);
        Start start = database.inTransaction(tx -> read(tx, scope, slot, node, exam));
        if (start instanceof Start.Refused refused) {
            return refused.refusal();
        }
        Read read = ((Start.Ready) start).read();
        Instant now = clock.instant();
        PackageSecrets kept =
                read.secrets()
                        .map(stored -> secrets.open(exam, stored))
                        .orElseGet(() -> PackageSecrets.make(entropy));
        Optional<PackageMaking.Before> before =
                read.manifest()
                        .map(
                                envelope ->
                                        new PackageMaking.Before(
                                                read.parts(),
                                                PackageMaking.termsOf(envelope),
                                                read.before().orElseThrow().version()));
        PackageMaking.Made made = making.make(exam, read.node(), read.content(), kept, before, now);
        byte[] box = read.secrets().orElseGet(() -> secrets.close(exam, kept));
        PackDecision decision =
                database.inTransaction(tx -> save(tx, scope, read, made, box, exam, now));
        if (decision instanceof PackDecision.Published) {
            // the room's first facts name the exam and must be in scope by then
            fleet.changed();
        }
        return decision;
    }

    private Start read(Tx tx, StaffScope scope, SlotId slotId, NodeId nodeId, String exam) {
        Optional<Slot> slot = content.slot(tx, tenant, slotId);
        Optional<Plan> plan = slot.flatMap(found -> plans.find(tx, tenant, found.plan()));
        if (plan.isEmpty()) {
            return refused(PackRefusal.PACK_SLOT_UNKNOWN, "");
        }
        if (!plans.mayHold(tx, scope, plan.get())) {
            return refused(PackRefusal.PACK_FORBIDDEN, "");
        }
        if (slot.get().time().isOver(clock.instant())) {
            return refused(PackRefusal.PACK_SLOT_OVER, "");
        }
        Optional<SiteNode> node = fleet.node(tx, nodeId).filter(found -> found.revoked().isEmpty());
        if (node.isEmpty()) {
            return refused(PackRefusal.PACK_NODE_NOT_IN_FORCE, nodeId.value());
        }
        List<SiteNode> others = fleet.inForceAt(tx, node.get().site());
        return switch (reading.read(tx, plan.get(), slot.get(), node.get(), others)) {
            case PackageReading.Result.Refused no -> refused(no.reason(), no.detail());
            case PackageReading.Result.Complete complete ->
                    new Start.Ready(
                            new Read(
                                    node.get(),
                                    complete.content(),
                                    store.find(tx, tenant, exam),
                                    store.manifest(tx, tenant, exam),
                                    store.secrets(tx, tenant, exam),
                                    store.parts(tx, tenant, exam)));
        };
    }

    private PackDecision save(
            Tx tx,
            StaffScope scope,
            Read read,
            PackageMaking.Made made,
            byte[] box,
            String exam,
            Instant now) {
        store.lock(tx, tenant, exam);
        Optional<ExamPackage> held = store.find(tx, tenant, exam);
        boolean overtaken =
                !held.map(ExamPackage::version).equals(read.before().map(ExamPackage::version));
        if (overtaken) {
            return new PackDecision.Refused(PackRefusal.PACK_CHANGED_MEANWHILE, exam);
        }
        Optional<Roster.Entry> elsewhere =
                holders.take(tx, read.node().id(), exam, read.content().entries(), now);
        if (elsewhere.isPresent()) {
            return new PackDecision.Refused(
                    PackRefusal.PACK_SITTING_AT_OTHER_NODE, elsewhere.get().admissionNumber());
        }
        Slot slot = read.content().slot();
        ExamPackage saved =
                new ExamPackage(
                        exam,
                        slot.plan(),
                        slot.id(),
                        read.node().site(),
                        read.node().id(),
                        slot.time().from(),
                        slot.time().to(),
                        made.manifest().version(),
                        made.manifest().digest(),
                        read.content().entries().size(),
                        now,
                        scope.login(),
                        held.map(ExamPackage::fetchedVersion).orElse(0L),
                        held.map(ExamPackage::activeVersion).orElse(0L),
                        held.map(ExamPackage::releaseAt)
                                .filter(at -> at.isBefore(slot.time().from()))
                                .orElseGet(() -> slot.time().from().minus(RELEASE_BEFORE_START)),
                        held.flatMap(ExamPackage::sentAt),
                        held.flatMap(ExamPackage::openedAt),
                        held.map(ExamPackage::openedHow).orElse(""));
        store.save(tx, tenant, saved, box, made.envelope());
        store.saveParts(tx, tenant, exam, made.parts());
        audit.created(
                tx,
                scope.actor(),
                "exam",
                exam,
                Map.of(
                        "version", saved.version(),
                        "digest", saved.digest().hex(),
                        "sittings", saved.sittings()));
        return new PackDecision.Published(saved, made.sealed(), made.kept());
    }

    /** Nodes in force at a site. */
    public List<SiteNode> nodesAt(Tx tx, SiteId site) {
        return fleet.inForceAt(tx, site);
    }

    private static Start refused(PackRefusal reason, String detail) {
        return new Start.Refused(new PackDecision.Refused(reason, detail));
    }
}

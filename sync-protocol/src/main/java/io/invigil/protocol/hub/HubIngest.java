package io.invigil.protocol.hub;

import io.invigil.protocol.bundle.Bundle;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleHeader;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleOpening;
import io.invigil.protocol.bundle.BundleParse;
import io.invigil.protocol.bundle.RejectReason;
import io.invigil.protocol.bundle.SealedBundle;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LineStatus;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.ReceiptMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about one bundle and stores it (XSP/1 section 6). Thread-safe; any instance may take any
 * bundle.
 *
 * <p>Order: form, signature and seal first, because they need no row and a forged bundle shall
 * neither make nor lock one; then one transaction: lane row lock, key validity, scope, numbers,
 * chain link, insert, cursor.
 */
public final class HubIngest {
    /** Which check two people have decided themselves; every other one holds. */
    public enum Admission {
        NORMAL,
        /** How far a revoked key holds. */
        KEY_REVIEWED,
        /** Whether the node may report this centre and these exams. */
        SCOPE_REVIEWED
    }

    private final HubSettings settings;

    public HubIngest(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes a bundle.
     *
     * @param sender the node of the topic; empty for a stick, where the header alone speaks
     * @throws HubStoreUnavailable when nothing was committed: the bundle must come again
     */
    public IngestOutcome bundle(
            byte[] bytes,
            Optional<NodeId> sender,
            Optional<Lane> topicLane,
            BundleLimits limits,
            Admission admission) {
        BundleParse parse = BundleCodec.parse(bytes, limits);
        if (parse instanceof BundleParse.Rejected rejected) {
            return reject(sender, rejected.reason(), bytes);
        }
        SealedBundle sealed = ((BundleParse.Parsed) parse).bundle();
        BundleHeader header = sealed.header();
        Optional<NodeId> addressee = sender.or(() -> Optional.of(header.node()));
        if (!header.realm().equals(settings.realm())) {
            return reject(sender, RejectReason.WRONG_REALM, bytes);
        }
        if (!addressee.get().equals(header.node())
                || topicLane.filter(lane -> lane != header.lane()).isPresent()) {
            return reject(sender, RejectReason.WRONG_TOPIC, bytes);
        }
        Optional<NodeStanding> standing = settings.directory().standing(header.node());
        if (standing.isEmpty()) {
            return reject(sender, RejectReason.UNKNOWN_NODE, bytes);
        }
        Optional<RejectReason> forged = sealed.verify(standing.get()::verifyKey);
        if (forged.isPresent()) {
            return reject(addressee, forged.get(), bytes);
        }
        return switch (BundleCodec.open(sealed, settings.opener(), limits)) {
            case BundleOpening.Rejected r -> reject(addressee, r.reason(), bytes);
            case BundleOpening.Opened opened ->
                    settings.store()
                            .inTransaction(
                                    tx -> store(tx, sealed, opened.bundle(), bytes, admission));
        };
    }

    private IngestOutcome store(
            HubTx tx, SealedBundle sealed, Bundle bundle, byte[] bytes, Admission admission) {
        BundleHeader header = bundle.header();
        NodeId node = header.node();
        Digest genesis =
                FactRecord.genesis(
                        Suite.ED25519_X25519_AES256GCM,
                        settings.realm(),
                        node,
                        header.epoch(),
                        header.lane());
        LaneCursor lane = tx.lockLane(node, header.key(), genesis);
        Optional<String> objection = objection(sealed, bundle, admission);
        if (objection.isPresent()) {
            return park(tx, bundle, bytes, lane, objection.get(), HubAlarm.PARKED);
        }
        Map<Long, Digest> stored =
                lane.holdsAny(header.seqFirst(), header.seqLast())
                        ? tx.hashes(node, header.key(), header.seqFirst(), header.seqLast())
                        : Map.of();
        List<FactRecord> fresh = new ArrayList<>();
        for (FactRecord record : bundle.records()) {
            Digest known = stored.get(record.seq());
            if (known == null) {
                fresh.add(record);
            } else if (!known.equals(record.hash())) {
                return fork(tx, bundle, bytes, lane);
            }
        }
        if (fresh.isEmpty()) {
            return done(bundle, LineStatus.DUPLICATE, lane, false, List.of());
        }
        if (lane.forked()) {
            return fork(tx, bundle, bytes, lane);
        }
        var added =
                new StoredRange(
                        header.seqFirst(), header.seqLast(), bundle.prevHash(), bundle.headHash());
        Optional<LaneCursor> next = lane.with(added);
        if (next.isEmpty()) {
            return fork(tx, bundle, bytes, lane);
        }
        if (next.get().ranges().size() > LaneAck.RANGES_MAX) {
            tx.park(
                    Refusals.rejected(
                            node.value(), RejectReason.TOO_MANY_RANGES.name(), "", bytes));
            return done(bundle, LineStatus.REJECTED, lane, false, List.of());
        }
        tx.insert(node, fresh);
        tx.saveLane(next.get());
        List<HubEffect.Alarm> alarms = new ArrayList<>();
        for (FactRecord record : fresh) {
            FactPeek.epochOpened(node, record)
                    .flatMap(row -> clone(tx, row))
                    .ifPresent(alarms::add);
        }
        boolean linked = next.get().ackSeq() > lane.ackSeq();
        return done(bundle, LineStatus.ACCEPTED, next.get(), linked, alarms);
    }

    /** Why an authentic bundle is not taken without review. */
    private Optional<String> objection(SealedBundle sealed, Bundle bundle, Admission admission) {
        Optional<NodeStanding> standing = settings.directory().standing(bundle.header().node());
        if (standing.isEmpty()) {
            return Optional.of("KEY_REVOKED");
        }
        if (admission != Admission.KEY_REVIEWED && !keysHold(standing.get(), sealed)) {
            return Optional.of("KEY_REVOKED");
        }
        return admission != Admission.SCOPE_REVIEWED && !isInScope(standing.get(), bundle)
                ? Optional.of("SCOPE")
                : Optional.empty();
    }

    private static boolean keysHold(NodeStanding standing, SealedBundle sealed) {
        BundleHeader header = sealed.header();
        return sealed.signatures().stream()
                .allMatch(
                        signature ->
                                standing.key(signature.keyId())
                                        .filter(key -> key.holds(header.key(), header.seqLast()))
                                        .isPresent());
    }

    private static boolean isInScope(NodeStanding standing, Bundle bundle) {
        String site = bundle.context().belief().site();
        return (site.isEmpty() || site.equals(standing.site()))
                && bundle.records().stream()
                        .allMatch(
                                record ->
                                        FactPeek.exam(record)
                                                .map(standing.exams()::contains)
                                                .orElse(true));
    }

    private Optional<HubEffect.Alarm> clone(HubTx tx, EpochRow row) {
        tx.saveEpoch(row);
        List<EpochRow> siblings = tx.siblings(row.node(), row.epoch(), row.parent());
        if (siblings.isEmpty()) {
            return Optional.empty();
        }
        String detail =
                "epochs "
                        + row.epoch()
                        + " and "
                        + siblings.getFirst().epoch()
                        + " continue "
                        + row.parent().map(Object::toString).orElse("nothing");
        return Optional.of(new HubEffect.Alarm(HubAlarm.CLONE, row.node().value(), detail));
    }

    /** Both copies are kept, and the lane of this epoch stops. */
    private IngestOutcome fork(HubTx tx, Bundle bundle, byte[] bytes, LaneCursor lane) {
        LaneCursor stopped = lane.stopped();
        tx.saveLane(stopped);
        return park(tx, bundle, bytes, stopped, "FORK", HubAlarm.FORK);
    }

    private IngestOutcome park(
            HubTx tx, Bundle bundle, byte[] bytes, LaneCursor lane, String reason, HubAlarm code) {
        BundleHeader header = bundle.header();
        String detail = header.key() + " " + header.seqFirst() + "-" + header.seqLast();
        boolean isNew =
                tx.park(
                        Refusals.parked(
                                header.node().value(), reason, detail, bundle.headHash(), bytes));
        List<HubEffect.Alarm> alarms =
                isNew
                        ? List.of(new HubEffect.Alarm(code, header.node().value(), detail))
                        : List.of();
        var line = new ReceiptLine(bundle.id(), LineStatus.PARKED, reason);
        return new IngestOutcome(
                Optional.of(header.node()),
                line,
                Optional.of(lane),
                bundle.context().receiptSeen(),
                false,
                alarms);
    }

    private static IngestOutcome done(
            Bundle bundle,
            LineStatus status,
            LaneCursor lane,
            boolean linked,
            List<HubEffect.Alarm> alarms) {
        String reason = status == LineStatus.REJECTED ? RejectReason.TOO_MANY_RANGES.name() : "";
        return new IngestOutcome(
                Optional.of(bundle.header().node()),
                new ReceiptLine(bundle.id(), status, reason),
                Optional.of(lane),
                bundle.context().receiptSeen(),
                linked,
                alarms);
    }

    private IngestOutcome reject(Optional<NodeId> node, RejectReason reason, byte[] bytes) {
        String claimed = node.map(NodeId::value).orElse("");
        ParkedItem item = Refusals.rejected(claimed, reason.name(), "", bytes);
        boolean isNew = settings.store().inTransaction(tx -> tx.park(item));
        List<HubEffect.Alarm> alarms =
                isNew
                        ? List.of(new HubEffect.Alarm(HubAlarm.REJECTED, claimed, reason.name()))
                        : List.of();
        return new IngestOutcome(
                node,
                new ReceiptLine(Digest.sha256(bytes), LineStatus.REJECTED, reason.name()),
                Optional.empty(),
                ReceiptMark.NONE,
                false,
                alarms);
    }
}

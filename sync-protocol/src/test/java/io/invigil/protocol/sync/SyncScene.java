package io.invigil.protocol.sync;

import io.invigil.protocol.blob.BlobManifest;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.hub.BlobFiles;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSettings;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.hub.NodeStanding;
import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.protocol.sim.sync.MemoryHubStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One hub and one node with seeded keys, and records to send. */
public final class SyncScene {
    public static final Realm REALM = new Realm("test");
    public static final NodeId NODE = new NodeId("node-1");

    public final Entropy entropy = new Random(42)::nextBytes;
    public final SigningKey nodeKey = SigningKey.generate(entropy);
    public final SigningKey hubKey = SigningKey.generate(entropy);
    public final SigningKey strangerKey = SigningKey.generate(entropy);
    public final SealKey hubSeal = SealKey.generate(entropy);
    public final EpochId epoch = EpochId.random(entropy);
    public final MemoryHubStore store = new MemoryHubStore(HubEpoch.first(entropy));
    public final Map<NodeId, NodeStanding> standings = new HashMap<>();
    public final Map<String, byte[]> staged = new HashMap<>();
    private final List<FactRecord> ledger = new ArrayList<>();
    private long position;
    private long number;

    public SyncScene() {
        standings.put(
                NODE,
                new NodeStanding(
                        "site-1",
                        Set.of("exam-1"),
                        List.of(KeyStanding.good(nodeKey.verifyKey()))));
    }

    public Digest genesis(EpochId ofEpoch, Lane lane) {
        return FactRecord.genesis(Suite.ED25519_X25519_AES256GCM, REALM, NODE, ofEpoch, lane);
    }

    /** Consecutive records of a fresh lane. */
    public List<FactRecord> records(EpochId ofEpoch, Lane lane, int count) {
        return records(ofEpoch, lane, count, i -> "{\"t\":\"x\",\"n\":" + i + "}");
    }

    public List<FactRecord> records(
            EpochId ofEpoch, Lane lane, int count, java.util.function.IntFunction<String> json) {
        List<FactRecord> records = new ArrayList<>();
        Digest prev = genesis(ofEpoch, lane);
        for (int i = 1; i <= count; i++) {
            position++;
            byte[] text = json.apply(i).getBytes(StandardCharsets.UTF_8);
            var record =
                    FactRecord.chained(ofEpoch, lane, i, position, entropy.bytes(16), text, prev);
            records.add(record);
            prev = record.hash();
        }
        return records;
    }

    /** What {@link #read} gives: the records of one lane. */
    public void ledger(List<FactRecord> records) {
        ledger.addAll(records);
    }

    public List<FactRecord> read(long fromSeq) {
        return ledger.stream().filter(record -> record.seq() >= fromSeq).toList();
    }

    public BundleContext context(String site) {
        return new BundleContext(
                new NodeBelief(site, "test", "", List.of(), false, 1),
                new ClockEvidence(-5, 1, "boot"),
                ReceiptMark.NONE);
    }

    public byte[] bundle(List<FactRecord> records) {
        return bundle(records, context("site-1"), BundleLimits.MQTT, nodeKey);
    }

    public byte[] bundle(
            List<FactRecord> records,
            BundleContext context,
            BundleLimits limits,
            SigningKey... signers) {
        return BundleCodec.encode(
                        REALM,
                        NODE,
                        records,
                        context,
                        BundleSeal.Hpke.to(hubSeal.publicKey(), entropy),
                        limits,
                        signers)
                .orElseThrow();
    }

    public BundleSeal.Opener opener() {
        return BundleSeal.Hpke.with(List.of(hubSeal));
    }

    public Optional<VerifyKey> hubKeys(Digest id) {
        return id.equals(hubKey.verifyKey().keyId())
                ? Optional.of(hubKey.verifyKey())
                : Optional.empty();
    }

    public HubSync hub() {
        return hub(store);
    }

    public HubSync hub(HubStore over) {
        return new HubSync(settings(over));
    }

    public HubSettings settings(HubStore over) {
        return new HubSettings(
                REALM,
                "hub",
                hubKey,
                this::hubKeys,
                opener(),
                List.of(hubSeal),
                node -> Optional.ofNullable(standings.get(node)),
                over,
                new Files(),
                entropy);
    }

    public HubInput received(io.invigil.protocol.carrier.Topics.UpKind kind, byte[] bytes) {
        number++;
        return new HubInput.Received(number, NODE, kind, bytes);
    }

    /** Receipts among effects. */
    public static List<Receipt> receipts(List<HubEffect> effects) {
        return sent(effects, MessageType.RECEIPT).stream()
                .map(m -> m.read(Receipt.class).orElseThrow())
                .toList();
    }

    public static List<SignedMessage> sent(List<HubEffect> effects, MessageType type) {
        return effects.stream()
                .filter(HubEffect.Send.class::isInstance)
                .map(e -> SignedMessage.decode(((HubEffect.Send) e).bytes()).orElseThrow())
                .filter(m -> m.type() == type)
                .toList();
    }

    /** Digest over everything stored of a lane, whatever the order it came in. */
    public Digest stateHash(LaneKey key) {
        var out = new StringBuilder();
        store.records(NODE, key).forEach((seq, row) -> out.append(seq).append(row.hash()));
        store.lane(NODE, key).ifPresent(c -> out.append(c.ackSeq()).append(c.ackHash()));
        return Digest.sha256(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private final class Files implements BlobFiles {
        @Override
        public void stage(NodeId node, BlobManifest manifest, int index, byte[] chunk) {
            byte[] file =
                    staged.computeIfAbsent(
                            manifest.sha256().hex(), any -> new byte[(int) manifest.length()]);
            System.arraycopy(chunk, 0, file, (int) manifest.offset(index), chunk.length);
        }

        @Override
        public boolean complete(NodeId node, BlobManifest manifest) {
            byte[] file = staged.get(manifest.sha256().hex());
            return file != null && Digest.sha256(file).equals(manifest.sha256());
        }

        @Override
        public boolean holds(NodeId node, BlobManifest manifest) {
            return staged.containsKey(manifest.sha256().hex());
        }
    }
}

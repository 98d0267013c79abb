package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.base64;
import static io.invigil.protocol.vectors.FixtureFiles.hex;
import static io.invigil.protocol.vectors.VectorMaker.map;

import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleContext;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.ClockEvidence;
import io.invigil.protocol.receipt.HubEpoch;
import io.invigil.protocol.receipt.LaneAck;
import io.invigil.protocol.receipt.LineStatus;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.NodeBelief;
import io.invigil.protocol.receipt.Receipt;
import io.invigil.protocol.receipt.ReceiptLine;
import io.invigil.protocol.receipt.ReceiptMark;
import io.invigil.protocol.receipt.SignedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes one bundle and the receipt that answers it. Deflate may choose other bytes on another
 * machine, so this file is read and not compared.
 */
final class WireVectorMaker {
    private final Entropy entropy = new Random(303)::nextBytes;
    private final Realm realm = new Realm("demo");
    private final NodeId node = new NodeId("room-107");
    private final EpochId epoch = EpochId.random(entropy);
    private final SigningKey nodeKey = SigningKey.generate(entropy);
    private final SigningKey receiptKey = SigningKey.generate(entropy);
    private final SealKey hubSealKey = SealKey.generate(entropy);

    Map<String, Object> bundleAndReceipt() {
        List<FactRecord> records = records();
        var context =
                new BundleContext(
                        new NodeBelief("site-1", "invigil 0.1.0", "", List.of(), false, 1L << 30),
                        new ClockEvidence(1_795_000_000_000L, 60_000, "boot-1"),
                        ReceiptMark.NONE);
        byte[] bundle =
                BundleCodec.encode(
                                realm,
                                node,
                                records,
                                context,
                                BundleSeal.Hpke.to(hubSealKey.publicKey(), entropy),
                                BundleLimits.MQTT,
                                nodeKey)
                        .orElseThrow();
        Receipt receipt = receipt(bundle, records);
        return map(
                "nodePublicKey",
                nodeKey.verifyKey().hex(),
                "receiptPublicKey",
                receiptKey.verifyKey().hex(),
                "hubSealKey",
                hex(hubSealKey.bytes()),
                "bundle",
                base64(bundle),
                "bundleId",
                Digest.sha256(bundle).hex(),
                "epoch",
                epoch.hex(),
                "records",
                records.stream()
                        .map(
                                r ->
                                        map(
                                                "seq",
                                                r.seq(),
                                                "json",
                                                new String(r.json(), StandardCharsets.UTF_8),
                                                "hash",
                                                r.hash().hex()))
                        .toList(),
                "receipt",
                base64(SignedMessage.sign(MessageType.RECEIPT, receipt, receiptKey).encode()));
    }

    private Receipt receipt(byte[] bundle, List<FactRecord> records) {
        return new Receipt(
                "hub-1",
                HubEpoch.first(entropy),
                node,
                1,
                Digest.ZERO,
                1_795_000_001_000L,
                List.of(new LaneAck(epoch, Lane.RES, 3, records.getLast().hash(), 3, List.of())),
                List.of(new ReceiptLine(Digest.sha256(bundle), LineStatus.ACCEPTED, "")),
                List.of());
    }

    private List<FactRecord> records() {
        var prev = FactRecord.genesis(Suite.ED25519_X25519_AES256GCM, realm, node, epoch, Lane.RES);
        List<FactRecord> records = new ArrayList<>();
        for (int seq = 1; seq <= 3; seq++) {
            byte[] json =
                    ("{\"t\":\"answer-saved\",\"sitting\":" + seq + "}")
                            .getBytes(StandardCharsets.UTF_8);
            FactRecord record =
                    FactRecord.chained(
                            epoch, Lane.RES, seq, seq + 5L, entropy.bytes(16), json, prev);
            records.add(record);
            prev = record.hash();
        }
        return records;
    }
}

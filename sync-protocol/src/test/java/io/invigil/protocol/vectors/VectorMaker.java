package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.base64;
import static io.invigil.protocol.vectors.FixtureFiles.hex;

import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.exam.code.CheckInCode;
import io.invigil.exam.code.TicketCode;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.SamplePaper;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.KeyDerivation;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.paper.SealedPaper;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.SampleTrust;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the test vectors from fixed seeds. Byte strings are hex, long ones base64. */
final class VectorMaker {
    private static final String TYPE = "application/vnd.xsp.example.v1";

    private final Entropy entropy = new Random(300)::nextBytes;

    /** File name to content, in a fixed order. */
    Map<String, Object> all() {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("keys.json", keys());
        files.put("hpke.json", hpke());
        files.put("record-chain.json", recordChain());
        files.put("sealed-paper.json", sealedPaper());
        files.put("package.json", packageAndRelease());
        files.put("trust-root.json", trustRoot());
        files.put("claim-code.json", claimCode());
        files.put("codes.json", codes());
        files.put("scoring.json", scoring());
        return files;
    }

    private Map<String, Object> keys() {
        SigningKey signing = SigningKey.generate(entropy);
        SealKey seal = SealKey.generate(entropy);
        byte[] payload = utf8("{\"t\":\"示例\"}");
        byte[] key = entropy.bytes(Aead.KEY_BYTES);
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] salt = entropy.bytes(16);
        return map(
                "ed25519",
                map(
                        "seed", hex(signing.seed()),
                        "publicKey", signing.verifyKey().hex(),
                        "keyId", signing.verifyKey().keyId().hex(),
                        "payloadType", TYPE,
                        "payload", hex(payload),
                        "signature", hex(signing.sign(TYPE, payload))),
                "x25519",
                map(
                        "privateKey", hex(seal.bytes()),
                        "publicKey", seal.publicKey().hex(),
                        "keyId", seal.publicKey().keyId().hex()),
                "aes256gcm",
                map(
                        "key", hex(key),
                        "nonce", hex(nonce),
                        "aad", hex(utf8("aad")),
                        "plaintext", hex(payload),
                        "sealed", hex(Aead.encrypt(key, nonce, utf8("aad"), payload))),
                "hkdfSha256",
                map(
                        "keyMaterial", hex(key),
                        "salt", hex(salt),
                        "info", "xsp1 example",
                        "derived", hex(KeyDerivation.hkdf(key, salt, "xsp1 example", 32))),
                "argon2id",
                map(
                        "secret",
                        "012345678901234567890123",
                        "salt",
                        hex(salt),
                        "memoryKib",
                        65_536,
                        "passes",
                        3,
                        "lanes",
                        1,
                        "derived",
                        hex(
                                KeyDerivation.argon2id(
                                        utf8("012345678901234567890123"),
                                        salt,
                                        65_536,
                                        3,
                                        1,
                                        32))));
    }

    private Map<String, Object> hpke() {
        SealKey seal = SealKey.generate(entropy);
        byte[] plaintext = utf8("考场通 seals this");
        Sealed sealed = seal.publicKey().seal("xsp1 example", utf8("header"), plaintext, entropy);
        return map(
                "suite", "DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, base mode",
                "privateKey", hex(seal.bytes()),
                "info", "xsp1 example",
                "aad", hex(utf8("header")),
                "enc", hex(sealed.enc()),
                "ciphertext", hex(sealed.ciphertext()),
                "plaintext", hex(plaintext));
    }

    private Map<String, Object> recordChain() {
        Realm realm = new Realm("demo");
        NodeId node = new NodeId("room-107");
        EpochId epoch = EpochId.random(entropy);
        var prev = FactRecord.genesis(Suite.ED25519_X25519_AES256GCM, realm, node, epoch, Lane.RES);
        String genesis = prev.hex();
        List<Object> records = new ArrayList<>();
        for (int seq = 1; seq <= 3; seq++) {
            byte[] json = utf8("{\"t\":\"answer-saved\",\"sitting\":" + seq + ",\"v\":\"甲\"}");
            FactRecord record =
                    FactRecord.chained(
                            epoch, Lane.RES, seq, 10L * seq, entropy.bytes(16), json, prev);
            records.add(
                    map(
                            "seq", record.seq(),
                            "position", record.position(),
                            "salt", hex(record.salt()),
                            "json", hex(json),
                            "hash", record.hash().hex()));
            prev = record.hash();
        }
        return map(
                "suite",
                Suite.ED25519_X25519_AES256GCM,
                "realm",
                realm.value(),
                "node",
                node.value(),
                "epoch",
                epoch.hex(),
                "lane",
                "res",
                "genesis",
                genesis,
                "records",
                records);
    }

    private Map<String, Object> sealedPaper() {
        byte[] key = entropy.bytes(Aead.KEY_BYTES);
        String id = "00112233445566778899aabbccddeeff";
        byte[] repeated = new byte[SealedPaper.SEGMENT_BYTES + 5];
        java.util.Arrays.fill(repeated, (byte) 'x');
        byte[] small = utf8("试卷 P1");
        return map(
                "contentKey",
                hex(key),
                "packageId",
                id,
                "name",
                "P1",
                "oneSegment",
                map(
                        "plaintext", hex(small),
                        "sealed", hex(SealedPaper.seal(key, id, "P1", small))),
                "twoSegments",
                map(
                        "plaintext",
                        "65541 bytes 0x78",
                        "sealed",
                        base64(SealedPaper.seal(key, id, "P1", repeated))));
    }

    private Map<String, Object> packageAndRelease() {
        var sample = new SamplePackage(301);
        Map<String, Object> parts = new LinkedHashMap<>();
        sample.manifest
                .parts()
                .forEach(p -> parts.put(p.name(), base64(sample.bytes.get(p.name()))));
        return map(
                "realm",
                sample.manifest.realm(),
                "node",
                sample.manifest.node(),
                "manifestPublicKey",
                sample.manifestKey.verifyKey().hex(),
                "nodeSealKey",
                hex(sample.nodeSealKey.bytes()),
                "manifest",
                base64(sample.envelope()),
                "manifestDigest",
                sample.manifest.digest().hex(),
                "parts",
                parts,
                "releaseCode",
                sample.secrets.releaseCode().text(),
                "releaseKey",
                hex(sample.secrets.releaseKey().bytes()),
                "keyRelease",
                base64(sample.keyRelease()),
                "opened",
                map(
                        "roster", "{\"roster\":\"张三\"}",
                        "rehearsal", "rehearsal",
                        "P1",
                                new String(
                                        PaperCodec.encode(SamplePaper.paper()),
                                        StandardCharsets.UTF_8)));
    }

    private Map<String, Object> trustRoot() {
        var trust = new SampleTrust(302, 4);
        return map(
                "held",
                base64(trust.envelopes.getFirst()),
                "claimCodeOfHeld",
                ClaimCode.make(trust.rootKeys.getFirst().verifyKey(), trust.entropy).text(),
                "successors",
                trust.envelopes.subList(1, 4).stream().map(FixtureFiles::base64).toList(),
                "newestVersion",
                4,
                "newestRootKey",
                trust.rootKeys.getLast().verifyKey().hex());
    }

    private Map<String, Object> claimCode() {
        SigningKey root = SigningKey.generate(entropy);
        ClaimCode claim = ClaimCode.make(root.verifyKey(), entropy);
        return map(
                "rootPublicKey", root.verifyKey().hex(),
                "text", claim.text(),
                "typed", " " + claim.text().toLowerCase(java.util.Locale.ROOT).replace("-", " "),
                "claimId", claim.claimId(),
                "proofKey", hex(claim.proofKey()));
    }

    private Map<String, Object> codes() {
        SigningKey issuer = SigningKey.generate(entropy);
        byte[] key = entropy.bytes(32);
        var facts =
                new CertificateFacts(
                        "1X2026-000017",
                        "𠮷㛃·阿依古丽",
                        "370*****6532",
                        "网络安全运维",
                        "初级",
                        "某某评价有限公司",
                        LocalDate.of(2026, 11, 20));
        long millis = 1_795_000_000_000L;
        return map(
                "ticket",
                map(
                        "planNumber", "K202005220515",
                        "admissionNumber", "26110107-07",
                        "text", new TicketCode("K202005220515", "26110107-07").text()),
                "checkIn",
                map(
                        "key",
                        hex(key),
                        "exam",
                        "K2026-S1-room-107",
                        "room",
                        "107室",
                        "millis",
                        millis,
                        "code",
                        new CheckInCode(key, "K2026-S1-room-107", "107室").at(millis)),
                "certificate",
                map(
                        "issuerPublicKey", issuer.verifyKey().hex(),
                        "facts", Json.mapper().valueToTree(facts),
                        "text", CertificateCode.sign(facts, issuer)));
    }

    private Map<String, Object> scoring() {
        var answers =
                map(
                        "Q1", map("RESPONSE", List.of("B")),
                        "Q2", map("RESPONSE", List.of("C", "D")),
                        "Q3", map("RESPONSE", List.of("false")),
                        "Q4", map("RESPONSE", List.of("5e-1")),
                        "Q5", map("RESPONSE", List.of(" FIREWALL ")));
        return map(
                "paper",
                Json.readTree(PaperCodec.encode(SamplePaper.paper())).orElseThrow(),
                "key",
                Json.readTree(PaperCodec.encodeKey(SamplePaper.key())).orElseThrow(),
                "answers",
                answers,
                "score",
                "5.50",
                "maximum",
                "9.00");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}

package io.invigil.protocol.trust;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A realm's trust roots from a seed: version n has root key n. */
public final class SampleTrust {
    public static final Realm REALM = new Realm("demo");
    public static final Instant FOUNDED = Instant.parse("2026-11-01T00:00:00Z");
    public static final byte[] CA = {0x30, 3, 2, 1, 1};

    public final Entropy entropy;
    public final SigningKey manifestKey;
    public final SealKey sealKey;
    public final List<SigningKey> rootKeys = new ArrayList<>();
    public final List<TrustRoot> roots = new ArrayList<>();
    public final List<byte[]> envelopes = new ArrayList<>();

    public SampleTrust(long seed, int versions) {
        this.entropy = new Random(seed)::nextBytes;
        this.manifestKey = SigningKey.generate(entropy);
        this.sealKey = SealKey.generate(entropy);
        var keys =
                Map.of(
                        TrustRole.RECEIPT,
                        List.of(SigningKey.generate(entropy).verifyKey().hex()),
                        TrustRole.SEAL,
                        List.of(sealKey.publicKey().hex()),
                        TrustRole.RECOVERY,
                        List.of(SealKey.generate(entropy).publicKey().hex()),
                        TrustRole.MANIFEST,
                        List.of(manifestKey.verifyKey().hex()),
                        TrustRole.CERTIFICATE,
                        List.of(SigningKey.generate(entropy).verifyKey().hex()));
        for (int version = 1; version <= versions; version++) {
            SigningKey own = SigningKey.generate(entropy);
            SigningKey previous = version == 1 ? own : rootKeys.getLast();
            TrustRoot root =
                    TrustRoot.issue(
                            REALM,
                            version,
                            FOUNDED.plus(Duration.ofDays(version)),
                            own.verifyKey(),
                            keys,
                            List.of(CA));
            rootKeys.add(own);
            roots.add(root);
            envelopes.add(root.sign(previous, own));
        }
    }

    public ClaimCode claim() {
        return ClaimCode.make(rootKeys.getLast().verifyKey(), entropy);
    }
}

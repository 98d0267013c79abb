package io.invigil.protocol.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.TrustVerdict.Reason;
import io.invigil.protocol.trust.TrustVerdict.Refused;
import io.invigil.protocol.trust.TrustVerdict.Trusted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustWalkTest {
    private final SampleTrust trust = new SampleTrust(56, 5);

    // XSP-343
    @Test
    void aFreshNodeTakesTheRootThatItsClaimCodeNames() {
        assertThat(TrustWalk.first(trust.claim(), trust.envelopes.getLast()))
                .isEqualTo(new Trusted(trust.roots.getLast(), true));
        assertRefused(
                TrustWalk.first(trust.claim(), trust.envelopes.getFirst()),
                Reason.ROOT_NOT_OF_CLAIM);
        assertRefused(
                TrustWalk.first(trust.claim(), new SampleTrust(57, 1).envelopes.getFirst()),
                Reason.ROOT_NOT_OF_CLAIM);
    }

    // XSP-341
    @Test
    void fault56aNodeThatSkippedThreeVersionsWalksThem() {
        assertThat(TrustWalk.walk(trust.roots.getFirst(), trust.envelopes))
                .isEqualTo(new Trusted(trust.roots.getLast(), true));
        assertThat(TrustWalk.walk(trust.roots.getFirst(), trust.envelopes.subList(1, 5)))
                .isEqualTo(new Trusted(trust.roots.getLast(), true));
        assertThat(TrustWalk.walk(trust.roots.getLast(), trust.envelopes))
                .isEqualTo(new Trusted(trust.roots.getLast(), false));
    }

    // XSP-341
    @Test
    void fault56aMissingVersionIsRefused() {
        List<byte[]> gap = new ArrayList<>(trust.envelopes);
        gap.remove(2);

        assertRefused(TrustWalk.walk(trust.roots.getFirst(), gap), Reason.ROOT_VERSION_SKIPPED);
    }

    // XSP-340
    @Test
    void aVersionWithoutTheSignatureOfTheKeyBeforeIsRefused() {
        TrustRoot second = trust.roots.get(1);
        SigningKey own = trust.rootKeys.get(1);

        assertRefused(
                TrustWalk.walk(trust.roots.getFirst(), List.of(second.sign(own, own))),
                Reason.ROOT_BAD_SIGNATURE);
        assertRefused(
                TrustWalk.walk(
                        trust.roots.getFirst(), List.of(second.sign(trust.rootKeys.get(3), own))),
                Reason.ROOT_BAD_SIGNATURE);
        byte[] onlyBefore =
                SignedEnvelope.sign(
                                TrustRoot.TYPE,
                                Json.write(second),
                                List.of(trust.rootKeys.getFirst()))
                        .encode();
        assertRefused(
                TrustWalk.walk(trust.roots.getFirst(), List.of(onlyBefore)),
                Reason.ROOT_BAD_SIGNATURE);
    }

    // XSP-342
    @Test
    void twoRootsWithOneVersionAlarm() {
        var twin = new SampleTrust(99, 1);

        assertRefused(
                TrustWalk.walk(trust.roots.getFirst(), twin.envelopes), Reason.ROOT_VERSION_REUSED);
    }

    @Test
    void anotherRealmTypeShapeOrLengthIsRefused() {
        SigningKey key = trust.rootKeys.getFirst();
        String json =
                new String(Json.write(trust.roots.get(1)), java.nio.charset.StandardCharsets.UTF_8);

        assertRefused(
                walk(signed(TrustRoot.TYPE, json.replace("\"demo\"", "\"other\""), key)),
                Reason.ROOT_OTHER_REALM);
        assertRefused(
                walk(signed(TrustRoot.TYPE, json.replace("ed25519-x25519", "sm2-sm2"), key)),
                Reason.ROOT_OTHER_SUITE);
        assertRefused(walk(signed("x/y", json, key)), Reason.ROOT_OTHER_TYPE);
        assertRefused(walk(signed(TrustRoot.TYPE, "{}", key)), Reason.ROOT_MALFORMED);
        assertRefused(walk(new byte[] {'{'}), Reason.ROOT_NOT_AN_ENVELOPE);
        assertRefused(
                TrustWalk.walk(
                        trust.roots.getFirst(),
                        Collections.nCopies(TrustWalk.STEPS_MAX + 1, trust.envelopes.getFirst())),
                Reason.ROOT_CHAIN_TOO_LONG);
    }

    // XSP-371
    @Test
    void everyFlippedByteIsRefused() {
        byte[] envelope = trust.envelopes.get(1);
        for (int i = 0; i < envelope.length; i++) {
            for (int mask : new int[] {1 << i % 8, 0x20}) {
                byte[] changed = envelope.clone();
                changed[i] ^= (byte) mask;
                assertThat(walk(changed)).as("byte " + i).isInstanceOf(Refused.class);
            }
        }
    }

    @Test
    void everyFlippedByteOfTheFirstRootIsRefused() {
        var fresh = new SampleTrust(58, 1);
        ClaimCode claim = fresh.claim();
        byte[] envelope = fresh.envelopes.getFirst();
        for (int i = 0; i < envelope.length; i++) {
            byte[] changed = envelope.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(TrustWalk.first(claim, changed)).as("byte " + i).isInstanceOf(Refused.class);
        }
    }

    // XSP-344
    @Test
    void aRoleWithoutKeyOrWithTooManyIsNoTrustRoot() {
        TrustRoot root = trust.roots.getFirst();
        for (int count : new int[] {0, TrustRoot.KEYS_PER_ROLE_MAX + 1}) {
            var keys = new HashMap<>(root.keys());
            keys.put(
                    TrustRole.RECEIPT,
                    Collections.nCopies(count, root.keys().get(TrustRole.RECEIPT).getFirst()));
            assertThatThrownBy(
                            () ->
                                    TrustRoot.issue(
                                            SampleTrust.REALM,
                                            1,
                                            SampleTrust.FOUNDED,
                                            root.rootVerifyKey(),
                                            keys,
                                            List.of(SampleTrust.CA)))
                    .hasMessageContaining("1 to 8 keys");
        }
    }

    private TrustVerdict walk(byte[] envelope) {
        return TrustWalk.walk(trust.roots.getFirst(), List.of(envelope));
    }

    private static byte[] signed(String type, String json, SigningKey key) {
        return SignedEnvelope.sign(
                        type, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), List.of(key))
                .encode();
    }

    private static void assertRefused(TrustVerdict verdict, Reason reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}

package io.invigil.protocol.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.paper.KeyRelease.Approval;
import io.invigil.protocol.paper.KeyRelease.Outcome;
import io.invigil.protocol.paper.KeyRelease.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyReleaseTest {
    private static final Approval ONE = new Approval("chief-a", Instant.EPOCH);
    private static final Approval TWO = new Approval("chief-b", Instant.EPOCH);

    private static final SamplePackage SAMPLE = new SamplePackage(60);

    private final SamplePackage sample = SAMPLE;

    // XSP-371
    @Test
    void everyFlippedByteIsRefused() {
        byte[] envelope = sample.keyRelease();
        for (int i = 0; i < envelope.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = envelope.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(verify(changed)).as("byte " + i).isInstanceOf(Outcome.Refused.class);
            }
        }
    }

    // XSP-328
    @Test
    void fault60aReleaseThatOnePersonApprovedIsRefusedByTheNode() {
        KeyRelease good = made(sample, List.of(ONE, TWO));
        var alone =
                new KeyRelease(
                        1,
                        good.realm(),
                        good.node(),
                        good.exam(),
                        good.packageId(),
                        good.sealedReleaseKey(),
                        List.of(ONE, ONE),
                        good.issuedAt());

        assertRefused(alone.sign(sample.manifestKey), Reason.RELEASE_NOT_APPROVED_BY_TWO);
    }

    // XSP-329
    @Test
    void refusesAReleaseOfAnotherPackageOrNodeOrKey() {
        var other = new SamplePackage(61);
        KeyRelease good = made(sample, List.of(ONE, TWO));

        assertRefused(
                made(other, List.of(ONE, TWO)).sign(sample.manifestKey),
                Reason.RELEASE_OTHER_PACKAGE);
        assertRefused(
                new KeyRelease(
                                1,
                                good.realm(),
                                "room-108",
                                good.exam(),
                                good.packageId(),
                                good.sealedReleaseKey(),
                                good.approvals(),
                                good.issuedAt())
                        .sign(sample.manifestKey),
                Reason.RELEASE_OTHER_NODE);
        assertThat(
                        KeyRelease.verify(
                                good.sign(sample.manifestKey),
                                List.of(sample.manifestKey.verifyKey()),
                                sample.manifest,
                                SealKey.generate(sample.entropy)))
                .isEqualTo(new Outcome.Refused(Reason.RELEASE_NOT_SEALED_TO_THIS_NODE));
    }

    // XSP-329
    @Test
    void refusesAKeyThatDoesNotOpenThePapers() {
        var binding =
                new PackageBinding(
                        SamplePackage.REALM,
                        SamplePackage.NODE,
                        SamplePackage.EXAM,
                        sample.secrets.packageId());
        byte[] sealed =
                sample.nodeSealKey
                        .publicKey()
                        .seal(
                                PackageBinding.RELEASE_INFO,
                                binding.aad("xsp1 key release"),
                                new byte[ReleaseKey.BYTES],
                                sample.entropy)
                        .joined();
        KeyRelease good = made(sample, List.of(ONE, TWO));

        assertRefused(
                new KeyRelease(
                                1,
                                good.realm(),
                                good.node(),
                                good.exam(),
                                good.packageId(),
                                PackageBinding.base64(sealed),
                                good.approvals(),
                                good.issuedAt())
                        .sign(sample.manifestKey),
                Reason.RELEASE_KEY_DOES_NOT_FIT);
    }

    @Test
    void refusesOtherSignersTypesAndShapes() {
        KeyRelease good = made(sample, List.of(ONE, TWO));

        assertRefused(good.sign(SigningKey.generate(sample.entropy)), Reason.RELEASE_BAD_SIGNATURE);
        assertRefused(
                SignedEnvelope.sign("x/y", Json.write(good), List.of(sample.manifestKey)).encode(),
                Reason.RELEASE_BAD_SIGNATURE);
        assertRefused(
                SignedEnvelope.sign(
                                KeyRelease.TYPE,
                                SamplePackage.utf8("{}"),
                                List.of(sample.manifestKey))
                        .encode(),
                Reason.RELEASE_MALFORMED);
        assertRefused(sample.envelope(), Reason.RELEASE_BAD_SIGNATURE);
        assertRefused(new byte[KeyRelease.BYTES_MAX + 1], Reason.RELEASE_NOT_AN_ENVELOPE);
    }

    private static KeyRelease made(SamplePackage of, List<Approval> approvals) {
        return KeyRelease.make(
                SamplePackage.REALM,
                SamplePackage.NODE,
                SamplePackage.EXAM,
                of.secrets,
                of.nodeSealKey.publicKey(),
                approvals,
                Instant.EPOCH,
                of.entropy);
    }

    private Outcome verify(byte[] envelope) {
        return KeyRelease.verify(
                envelope,
                List.of(sample.manifestKey.verifyKey()),
                sample.manifest,
                sample.nodeSealKey);
    }

    private void assertRefused(byte[] envelope, Reason reason) {
        assertThat(verify(envelope)).isEqualTo(new Outcome.Refused(reason));
    }
}

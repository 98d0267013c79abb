package io.invigil.protocol.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.ManifestVerdict.Accepted;
import io.invigil.protocol.manifest.ManifestVerdict.Reason;
import io.invigil.protocol.manifest.ManifestVerdict.Refused;
import io.invigil.protocol.manifest.ManifestVerifier.Highest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestVerifierTest {
    private static final Instant NOW = SamplePackage.ISSUED.plus(Duration.ofHours(12));
    private static final SamplePackage SAMPLE = new SamplePackage(53);

    private final SamplePackage sample = SAMPLE;

    // XSP-302
    @Test
    void theDigestIsOverThePayloadAsReceivedWithFieldsOfALaterVersion() {
        String json =
                new String(Json.write(sample.manifest), java.nio.charset.StandardCharsets.UTF_8);
        byte[] later = SamplePackage.utf8(json.replaceFirst("\\{", "{\"later\":1,"));

        assertThat(verify(signed(Manifest.TYPE, later), Optional.empty(), NOW))
                .isEqualTo(new Accepted(sample.manifest, Digest.sha256(later), false, false));
    }

    @Test
    void acceptsTheFirstManifest() {
        assertThat(verify(sample.envelope(), Optional.empty(), NOW))
                .isEqualTo(new Accepted(sample.manifest, sample.manifest.digest(), false, false));
    }

    @Test
    void theSameManifestAgainChangesNothing() {
        assertThat(verify(sample.envelope(), held(0), NOW))
                .isEqualTo(new Accepted(sample.manifest, sample.manifest.digest(), false, true));
    }

    @Test
    void aHigherVersionFollows() {
        assertThat(verify(sample.envelope(), held(-1), NOW))
                .isInstanceOfSatisfying(
                        Accepted.class, accepted -> assertThat(accepted.repeated()).isFalse());
    }

    // XSP-311
    @Test
    void fault53anOldManifestReplayedIsRefusedAndAlarms() {
        assertRefused(sample.envelope(), held(1), Reason.MANIFEST_VERSION_LOWER);
        assertThat(Reason.MANIFEST_VERSION_LOWER.alarming()).isTrue();
    }

    // XSP-312
    @Test
    void anEqualVersionWithOtherContentIsRefusedAndAlarms() {
        var other =
                Optional.of(
                        new Highest(SamplePackage.EXAM, sample.manifest.version(), Digest.ZERO));

        assertRefused(sample.envelope(), other, Reason.MANIFEST_VERSION_REUSED);
        assertThat(Reason.MANIFEST_VERSION_REUSED.alarming()).isTrue();
    }

    // XSP-313
    @Test
    void fault54anOldRosterBesideANewPaperIsFoundByTheManifest() {
        var other =
                new SamplePackage(
                        54, SamplePackage.NODE, SamplePackage.EXAM, 7, "{\"roster\":\"李四\"}");

        assertThat(PackageParts.check(sample.manifest, sample::byDigest)).isEmpty();
        for (Part part : sample.manifest.parts()) {
            if (part.kind() == PartKind.POLICY) {
                continue; // the same policy in clear is the same part
            }
            byte[] swapped = other.bytes.get(part.name());
            assertThat(PackageParts.check(part, Optional.of(swapped))).as(part.name()).isPresent();
        }
        assertThat(
                        PackageParts.check(
                                sample.manifest,
                                digest ->
                                        digest.equals(sample.manifest.roster().digest())
                                                ? Optional.of(other.bytes.get("roster"))
                                                : sample.byDigest(digest)))
                .containsExactly(
                        new PackageParts.PartIssue(
                                "roster", PackageParts.Reason.PART_OTHER_CONTENT));
    }

    @Test
    void aMissingOrShortPartIsNamed() {
        Part roster = sample.manifest.roster();

        assertThat(PackageParts.check(roster, Optional.empty()))
                .contains(new PackageParts.PartIssue("roster", PackageParts.Reason.PART_MISSING));
        assertThat(PackageParts.check(roster, Optional.of(new byte[3])))
                .contains(
                        new PackageParts.PartIssue("roster", PackageParts.Reason.PART_OTHER_SIZE));
    }

    // XSP-314
    @Test
    void fault55aStaleManifestWarnsAndIsAccepted() {
        Instant weekLater = SamplePackage.ISSUED.plus(Duration.ofDays(7));

        assertThat(((Accepted) verify(sample.envelope(), Optional.empty(), weekLater)).stale())
                .isFalse();
        assertThat(
                        ((Accepted)
                                        verify(
                                                sample.envelope(),
                                                Optional.empty(),
                                                weekLater.plusMillis(1)))
                                .stale())
                .isTrue();
    }

    // XSP-310
    @Test
    void refusesWhatIsForAnotherNodeRealmOrExam() {
        byte[] otherNode =
                new SamplePackage(53, new NodeId("room-108"), SamplePackage.EXAM, 7, "{}")
                        .envelope();
        assertRefused(otherNode, Optional.empty(), Reason.MANIFEST_OTHER_NODE);

        var otherRealm =
                new ManifestVerifier(
                        new Realm("other"),
                        SamplePackage.NODE,
                        List.of(sample.manifestKey.verifyKey()));
        assertThat(otherRealm.verify(sample.envelope(), exam -> Optional.empty(), NOW))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(Reason.MANIFEST_OTHER_REALM));

        assertRefused(
                sample.envelope(),
                Optional.of(new Highest("other", 1, Digest.ZERO)),
                Reason.MANIFEST_OTHER_EXAM);
    }

    // XSP-301 and XSP-303
    @Test
    void refusesOtherKeysTypesSuitesAndShapes() {
        SigningKey stranger = SigningKey.generate(sample.entropy);
        byte[] payload = Json.write(sample.manifest);
        String json = new String(payload, java.nio.charset.StandardCharsets.UTF_8);

        assertRefused(
                sample.manifest.sign(stranger), Optional.empty(), Reason.MANIFEST_UNKNOWN_KEY);
        assertRefused(
                signed("application/x", payload), Optional.empty(), Reason.MANIFEST_OTHER_TYPE);
        assertRefused(
                signed(
                        Manifest.TYPE,
                        SamplePackage.utf8(
                                json.replace("ed25519-x25519-aes256gcm", "sm2-sm3-sm4"))),
                Optional.empty(),
                Reason.MANIFEST_OTHER_SUITE);
        assertRefused(
                signed(Manifest.TYPE, SamplePackage.utf8(json.replace("\"v\":1,", "\"v\":2,"))),
                Optional.empty(),
                Reason.MANIFEST_MALFORMED);
        assertRefused(
                signed(Manifest.TYPE, SamplePackage.utf8("[]")),
                Optional.empty(),
                Reason.MANIFEST_MALFORMED);
        assertRefused(new byte[0], Optional.empty(), Reason.MANIFEST_NOT_AN_ENVELOPE);
        assertRefused(
                new byte[Manifest.BYTES_MAX + 1], Optional.empty(), Reason.MANIFEST_TOO_LARGE);
    }

    // XSP-301
    @Test
    void anInvalidSignatureBesideAValidOneSpoilsTheEnvelope() {
        SigningKey second = SigningKey.generate(sample.entropy);
        byte[] both =
                SignedEnvelope.sign(
                                Manifest.TYPE,
                                Json.write(sample.manifest),
                                List.of(sample.manifestKey, second))
                        .encode();
        var verifier =
                new ManifestVerifier(
                        SamplePackage.REALM,
                        SamplePackage.NODE,
                        List.of(sample.manifestKey.verifyKey(), second.verifyKey()));

        assertThat(verifier.verify(both, exam -> Optional.empty(), NOW))
                .isInstanceOf(Accepted.class);
        both[both.length - 10] ^= 1;
        assertThat(verifier.verify(both, exam -> Optional.empty(), NOW))
                .isInstanceOf(Refused.class);
    }

    // XSP-316
    @Test
    void aManifestBindsOneRosterOnePolicyAndAKeyForEachSealedPaper() {
        List<Part> parts = sample.manifest.parts();
        for (PartKind kind : List.of(PartKind.ROSTER, PartKind.POLICY, PartKind.PAPER)) {
            assertThatThrownBy(
                            () -> with(parts.stream().filter(part -> part.kind() != kind).toList()))
                    .as("" + kind)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(with(parts)).isEqualTo(sample.manifest);
    }

    @Test
    void aManifestHasAMostNumberOfParts() {
        List<Part> parts = new ArrayList<>(sample.manifest.parts());
        for (int i = parts.size(); i < Manifest.PARTS_MAX; i++) {
            parts.add(Part.of("photo:x" + i, PartKind.PHOTO, new byte[] {1}));
        }
        assertThat(with(parts).parts()).hasSize(Manifest.PARTS_MAX);
        assertThat(verify(with(parts).sign(sample.manifestKey), Optional.empty(), NOW))
                .isInstanceOf(Accepted.class);
        parts.add(Part.of("photo:y", PartKind.PHOTO, new byte[] {1}));
        assertThatThrownBy(() -> with(parts)).hasMessageContaining("parts");
    }

    @Test
    void signsNothingThatAReceiverCouldNotRead() {
        byte[] most = new byte[SignedEnvelope.PAYLOAD_BYTES_MAX];

        assertThat(SignedEnvelope.decode(signed("x/y", most), Manifest.BYTES_MAX)).isPresent();
        assertThatThrownBy(() -> signed("x/y", new byte[most.length + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Manifest with(List<Part> parts) {
        return Manifest.issue(
                SamplePackage.REALM,
                SamplePackage.NODE,
                SamplePackage.EXAM,
                sample.manifest.version(),
                SamplePackage.ISSUED,
                sample.hubSealKey.publicKey(),
                sample.recoveryKey.publicKey(),
                parts,
                sample.manifest.release());
    }

    // XSP-300 and XSP-371
    @Test
    void everyFlippedByteIsRefused() {
        byte[] envelope = sample.envelope();
        for (int i = 0; i < envelope.length; i++) {
            byte[] changed = envelope.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(verify(changed, Optional.empty(), NOW))
                    .as("byte " + i)
                    .isInstanceOf(Refused.class);
        }
    }

    // XSP-315
    @Test
    void theNextVersionRisesAlsoWhenTheHubsClockOrDatabaseWentBack() {
        Instant now = Instant.ofEpochMilli(1_000);

        assertThat(Manifest.nextVersion(Optional.empty(), now)).isEqualTo(1_000);
        assertThat(Manifest.nextVersion(Optional.of(5_000L), now)).isEqualTo(5_001);
        assertThat(Manifest.nextVersion(Optional.of(10L), now)).isEqualTo(1_000);
    }

    private Optional<Highest> held(long versionsAbove) {
        return Optional.of(
                new Highest(
                        SamplePackage.EXAM,
                        sample.manifest.version() + versionsAbove,
                        sample.manifest.digest()));
    }

    private byte[] signed(String type, byte[] payload) {
        return SignedEnvelope.sign(type, payload, List.of(sample.manifestKey)).encode();
    }

    private ManifestVerdict verify(byte[] envelope, Optional<Highest> highest, Instant now) {
        return sample.verifier().verify(envelope, exam -> highest, now);
    }

    private void assertRefused(byte[] envelope, Optional<Highest> highest, Reason reason) {
        assertThat(verify(envelope, highest, NOW))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}

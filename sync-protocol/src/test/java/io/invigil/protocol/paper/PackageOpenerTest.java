package io.invigil.protocol.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.SamplePaper;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.manifest.SamplePackage;
import io.invigil.protocol.manifest.SealedPart;
import io.invigil.protocol.paper.PackageOpener.Outcome;
import io.invigil.protocol.paper.PackageOpener.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackageOpenerTest {
    private static final SamplePackage SAMPLE = new SamplePackage(41);

    private final SamplePackage sample = SAMPLE;
    private final PackageOpener opener = sample.opener();

    // XSP-330
    @Test
    void opensRosterPhotoPolicyAndRehearsalWithoutRelease() {
        assertThat(opened("roster")).isEqualTo(SamplePackage.utf8("{\"roster\":\"张三\"}"));
        assertThat(opened("photo:1001")).isEqualTo(SamplePackage.utf8("not really a photo"));
        assertThat(opened("policy")).isEqualTo(SamplePackage.utf8("{\"policy\":1}"));
        assertThat(opened("rehearsal")).isEqualTo(SamplePackage.utf8("rehearsal"));
    }

    // XSP-322
    @Test
    void aPaperNeedsTheReleaseKey() {
        assertThat(opener.open("P1", sample.bytes.get("P1")))
                .isEqualTo(new Outcome.Refused(Reason.OPEN_NEEDS_RELEASE, "P1"));
        for (ReleaseKey wrong : List.of(ReleaseKey.REHEARSAL, ReleaseKey.random(sample.entropy))) {
            assertThat(opener.open("P1", sample.bytes.get("P1"), Optional.of(wrong)))
                    .isEqualTo(new Outcome.Refused(Reason.OPEN_WRONG_RELEASE_KEY, "P1"));
            assertThat(opener.fits(wrong)).isFalse();
        }
    }

    // XSP-324
    @Test
    void theReleaseCodeOpensPaperKeyAndPicture() {
        var typed = ReleaseCode.parse(sample.secrets.releaseCode().text());
        ReleaseCode code = ((ReleaseCode.Typed.Complete) typed).code();
        ReleaseKey key = opener.releaseKeyFor(code).orElseThrow();

        assertThat(key).isEqualTo(sample.secrets.releaseKey());
        assertThat(opener.fits(key)).isTrue();
        byte[] paper = opened("P1", key);
        assertThat(PaperCodec.decode(paper)).contains(SamplePaper.paper());
        assertThat(PaperCodec.decodeKey(opened("P1.key", key))).contains(SamplePaper.key());
        assertThat(opened("P1/topology.png", key)).isEqualTo(SamplePaper.PICTURE);
    }

    // XSP-324
    @Test
    void fault58aWrongReleaseCodeOpensNothing() {
        ReleaseCode other = ReleaseCode.random(sample.entropy);

        assertThat(opener.releaseKeyFor(other)).isEmpty();
    }

    @Test
    void theSignedKeyReleaseGivesTheSameKey() {
        var outcome =
                KeyRelease.verify(
                        sample.keyRelease(),
                        List.of(sample.manifestKey.verifyKey()),
                        sample.manifest,
                        sample.nodeSealKey);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        KeyRelease.Outcome.Released.class,
                        released -> {
                            assertThat(released.key()).isEqualTo(sample.secrets.releaseKey());
                            assertThat(released.release().approvals()).hasSize(2);
                        });
    }

    // XSP-322 and XSP-317
    @Test
    void anotherNodesKeyOpensNothing() {
        var stranger = new PackageOpener(sample.manifest, SealKey.generate(sample.entropy));

        assertThat(stranger.nodeKeyOpens()).isFalse();
        for (String name : List.of("roster", "photo:1001", "rehearsal", "P1")) {
            assertThat(
                            stranger.open(
                                    name,
                                    sample.bytes.get(name),
                                    Optional.of(sample.secrets.releaseKey())))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isEqualTo(Reason.OPEN_NOT_FOR_THIS_NODE));
        }
    }

    // XSP-317
    @Test
    void onePhotoCannotStandForAnother() {
        assertThat(opener.open("photo:1001", sample.bytes.get("roster")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo(Reason.OPEN_PART_CHANGED));
    }

    // XSP-328
    @Test
    void aReleaseNeedsTwoDifferentPeople() {
        var one = new KeyRelease.Approval("chief-a", Instant.EPOCH);

        assertThatThrownBy(
                        () ->
                                KeyRelease.make(
                                        SamplePackage.REALM,
                                        SamplePackage.NODE,
                                        SamplePackage.EXAM,
                                        sample.secrets,
                                        sample.nodeSealKey.publicKey(),
                                        List.of(one, one),
                                        Instant.EPOCH,
                                        sample.entropy))
                .hasMessageContaining("two people");
    }

    // XSP-317
    @Test
    void aPartSealedToANodeIsBoundToNodeExamKindAndName() {
        byte[] sealed = sample.bytes.get("photo:1001");

        assertThat(part(SamplePackage.NODE, SamplePackage.EXAM, PartKind.PHOTO, "photo:1001"))
                .contains(SamplePackage.utf8("not really a photo"));
        assertThat(part(new NodeId("room-108"), SamplePackage.EXAM, PartKind.PHOTO, "photo:1001"))
                .isEmpty();
        assertThat(part(SamplePackage.NODE, "other", PartKind.PHOTO, "photo:1001")).isEmpty();
        assertThat(part(SamplePackage.NODE, SamplePackage.EXAM, PartKind.ROSTER, "photo:1001"))
                .isEmpty();
        assertThat(part(SamplePackage.NODE, SamplePackage.EXAM, PartKind.PHOTO, "photo:1002"))
                .isEmpty();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(
                            SealedPart.open(
                                    sample.nodeSealKey,
                                    SamplePackage.REALM,
                                    SamplePackage.NODE,
                                    SamplePackage.EXAM,
                                    PartKind.PHOTO,
                                    "photo:1001",
                                    changed))
                    .as("byte " + i)
                    .isEmpty();
        }
    }

    private Optional<byte[]> part(NodeId node, String exam, PartKind kind, String name) {
        return SealedPart.open(
                sample.nodeSealKey,
                SamplePackage.REALM,
                node,
                exam,
                kind,
                name,
                sample.bytes.get("photo:1001"));
    }

    // XSP-332
    @Test
    void secretsSurviveStorageAndAreNeverPrinted() {
        PackageSecrets again = PackageSecrets.decode(sample.secrets.encode()).orElseThrow();

        assertThat(again.releaseKey()).isEqualTo(sample.secrets.releaseKey());
        assertThat(again.releaseCode()).isEqualTo(sample.secrets.releaseCode());
        assertThat(again.packageId()).isEqualTo(sample.secrets.packageId());
        assertThat("" + again + again.releaseKey() + again.releaseCode())
                .isEqualTo(
                        "PackageSecrets["
                                + again.packageId()
                                + "]ReleaseKey[hidden]ReleaseCode[hidden]");
    }

    @Test
    void aNewVersionMayKeepItsSealedPapers() {
        var sealer =
                new PackageSealer(
                        sample.secrets,
                        SamplePackage.REALM,
                        SamplePackage.NODE,
                        SamplePackage.EXAM,
                        sample.nodeSealKey.publicKey(),
                        sample.entropy);
        sealer.keep(sample.manifest.release(), "P1");

        assertThat(sealer.terms(SamplePackage.START).contentKeys())
                .containsOnly(
                        java.util.Map.entry(
                                "P1", sample.manifest.release().contentKeys().get("P1")));
        assertThatThrownBy(() -> sealer.keep(sample.manifest.release(), "P2"))
                .hasMessageContaining("P2");
    }

    private byte[] opened(String name) {
        return ((Outcome.Opened) opener.open(name, sample.bytes.get(name))).content();
    }

    private byte[] opened(String name, ReleaseKey key) {
        return ((Outcome.Opened) opener.open(name, sample.bytes.get(name), Optional.of(key)))
                .content();
    }
}

package io.invigil.hub.facecapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.PhotoIssue;
import io.invigil.hub.facecapture.FaceCaptures.Hand;
import io.invigil.hub.facecapture.FaceStanding.State;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 10; source 000 section 7; source 001 sections 4 and 5 (解绑人脸，重新录入). */
class FaceCapturesTest {
    private static final FaceNotice NOTICE = FaceFixture.NOTICE;

    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        private final FaceCaptures captures =
                new FaceCaptures(Optional.empty(), new SeededEntropy(17));
        private HubWorld world;
        private Candidate candidate;
        private Hand hand;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FaceCaptures.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            CandidateId id = world.candidates(world.clerk, 0, 1).getFirst();
            candidate = in(tx -> new Candidates().find(tx, world.tenant, id)).orElseThrow();
            hand = new Hand(candidate, FaceWay.PORTAL, "10.0.0.1");
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private Optional<FaceRefusal> agree() {
            return in(tx -> captures.agree(tx, hand, NOTICE.version(), NOTICE));
        }

        private FaceLook.Fit picture() {
            return (FaceLook.Fit) captures.look(FaceFixture.drawn("jpeg", 640, 480));
        }

        private Optional<FaceRefusal> capture() {
            return in(tx -> captures.capture(tx, hand, picture()));
        }

        private Optional<byte[]> kept() {
            return in(tx -> captures.picture(tx, candidate));
        }

        private FaceStanding standing() {
            return in(tx -> captures.standing(tx, candidate));
        }

        private List<FaceEvent> history() {
            return in(tx -> captures.history(tx, candidate));
        }

        @Test
        void nothingIsKeptBeforeTheCandidateAgreed() {
            assertThat(standing().state()).isEqualTo(State.NOT_ASKED);
            assertThat(capture()).contains(FaceRefusal.FACE_NO_CONSENT);
            assertThat(kept()).isEmpty();
        }

        @Test
        void whoAgreedWhenAndToWhichTextIsRecorded() {
            assertThat(agree()).isEmpty();
            assertThat(standing().version()).isEqualTo(NOTICE.version());
            assertThat(standing().decidedAt()).isEqualTo(history().getFirst().at());
            FaceEvent agreed = history().getFirst();
            assertThat(agreed.kind()).isEqualTo(FaceEvent.Kind.AGREED);
            assertThat(agreed.who()).isEqualTo(candidate.number());
            assertThat(agreed.detail()).isEqualTo(NOTICE.version());
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains("CHANGED face-consent " + candidate.id());
        }

        @Test
        void aNoticeThatChangedSinceThePageWasOpenedIsReadAgain() {
            Optional<FaceRefusal> refusal =
                    in(tx -> captures.agree(tx, hand, "zh-CN older", NOTICE));
            assertThat(refusal).contains(FaceRefusal.FACE_NOTICE_CHANGED);
            assertThat(standing().state()).isEqualTo(State.NOT_ASKED);
        }

        @Test
        void onePictureIsKeptUntilTheSchoolUnbindsItWithAReason() {
            agree();
            assertThat(capture()).isEmpty();
            assertThat(standing().state()).isEqualTo(State.CAPTURED);
            assertThat(standing().checkedByMachine()).as("no models here").isFalse();
            assertThat(capture()).contains(FaceRefusal.FACE_BOUND);
            assertThat(agree()).contains(FaceRefusal.FACE_BOUND);
            assertThat(unbind(" ")).contains(FaceRefusal.FACE_REASON_MISSING);
            assertThat(unbind("糊".repeat(FaceCaptures.REASON_CHARS_MAX + 1)))
                    .contains(FaceRefusal.FACE_REASON_MISSING);
            assertThat(unbind("糊".repeat(FaceCaptures.REASON_CHARS_MAX))).isEmpty();
            assertThat(standing().state()).as("the consent holds").isEqualTo(State.AGREED);
            assertThat(kept()).isEmpty();
            assertThat(unbind("again")).contains(FaceRefusal.FACE_NOT_BOUND);
            assertThat(capture()).as("captured anew").isEmpty();
            assertThat(history().stream().map(FaceEvent::kind))
                    .containsExactly(
                            FaceEvent.Kind.CAPTURED,
                            FaceEvent.Kind.UNBOUND,
                            FaceEvent.Kind.CAPTURED,
                            FaceEvent.Kind.AGREED);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .containsSubsequence(
                            "CREATED face-capture " + candidate.id(),
                            "DELETED face-capture " + candidate.id(),
                            "CREATED face-capture " + candidate.id());
        }

        private Optional<FaceRefusal> unbind(String reason) {
            return in(tx -> captures.unbind(tx, world.clerk, candidate, reason));
        }

        @Test
        void whoDeclinesIsCheckedByEyeAndAPictureThatWasThereIsDeleted() {
            agree();
            capture();
            database().useTransaction(tx -> captures.decline(tx, hand, NOTICE));
            assertThat(standing().state()).isEqualTo(State.DECLINED);
            assertThat(kept()).isEmpty();
            FaceReferences references = new FaceReferences();
            List<CandidateId> asked = List.of(candidate.id());
            Set<CandidateId> declined = in(tx -> references.declined(tx, world.tenant, asked));
            Set<CandidateId> captured = in(tx -> references.captured(tx, world.tenant, asked));
            assertThat(declined).containsExactly(candidate.id());
            assertThat(captured).isEmpty();
            assertThat(capture()).contains(FaceRefusal.FACE_NO_CONSENT);
            assertThat(history().getFirst().kind()).isEqualTo(FaceEvent.Kind.DECLINED);
            assertThat(agree()).as("a mind may change").isEmpty();
            assertThat(standing().state()).isEqualTo(State.AGREED);
        }

        @Test
        void aCodeHoldsAQuarterOfAnHourForOnePictureAndEndsTheOneBefore() {
            agree();
            String first = in(tx -> captures.link(tx, candidate));
            assertThat(linked(first)).contains(candidate.id());
            String second = in(tx -> captures.link(tx, candidate));
            assertThat(linked(first)).isEmpty();
            assertThat(linked(second)).contains(candidate.id());
            assertThat(linked("")).isEmpty();
            assertThat(linked(second + "A")).isEmpty();
            capture();
            assertThat(linked(second)).as("used up").isEmpty();
        }

        private Optional<CandidateId> linked(String token) {
            return in(tx -> captures.linked(tx, world.tenant, token));
        }

        @Test
        void aPictureIsDrawnAnewInAPortraitsRatioWithoutItsMetadata() throws IOException {
            byte[] upload = withComment(FaceFixture.drawn("jpeg", 1280, 960), "GPS 36.6, 117.0");
            byte[] kept = ((FaceLook.Fit) captures.look(upload)).jpeg();
            assertThat(new String(upload, StandardCharsets.ISO_8859_1)).contains("GPS");
            assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("GPS");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(kept));
            assertThat(image.getWidth()).isEqualTo(590);
            assertThat(image.getHeight()).isEqualTo(826);
        }

        /** With an APP1 segment after the start, as cameras write EXIF. */
        private static byte[] withComment(byte[] jpeg, String text) {
            byte[] content = ("Exif\0\0" + text).getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(jpeg, 0, 2);
            out.write(0xFF);
            out.write(0xE1);
            out.write((content.length + 2) >> 8);
            out.write(content.length + 2);
            out.writeBytes(content);
            out.write(jpeg, 2, jpeg.length - 2);
            return out.toByteArray();
        }

        @Test
        void whatIsNoPictureOrTooSmallIsRefusedByName() {
            assertThat(captures.look("GIF89a".getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(new FaceLook.NoPicture(PhotoIssue.PHOTO_NOT_PICTURE, ""));
            assertThat(captures.look(FaceFixture.drawn("png", 294, 412)))
                    .isEqualTo(new FaceLook.NoPicture(PhotoIssue.PHOTO_TOO_SMALL, "294×412"));
            assertThat(captures.look(FaceFixture.drawn("png", 295, 413)))
                    .isInstanceOf(FaceLook.Fit.class);
        }
    }
}

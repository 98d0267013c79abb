package io.invigil.hub.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.MessageKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.SnapshotCause;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.SittingId;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Domain section 12 and S0 section Ⅲ (综合测试审核参与角色): any level may reject, a higher one may overrule;
 * pictures and notes of a sitting come from its facts.
 */
class GalleryTest {
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
        private static final String BLOB = "ab".repeat(32);
        private static final String EVIDENCE = "cd".repeat(32);
        private static final String FACE = "fa".repeat(32);

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Reviews.class));
        }

        @Test
        void theSchoolRejectsTheBodyOverrulesTheAuthorityOverrulesTheBody() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 1.0);
            SittingId sitting = new SittingId(person.theorySitting());
            StaffScope authority = authority(exam);
            assertThat(reject(exam, exam.world.school, sitting))
                    .isEqualTo(new ReviewOutcome.Done(1));
            assertThat(pass(exam, exam.world.staff, sitting)).isEqualTo(new ReviewOutcome.Done(1));
            assertThat(reject(exam, exam.world.school, sitting)).isEqualTo(higher());
            assertThat(reject(exam, authority, sitting)).isEqualTo(new ReviewOutcome.Done(1));
            assertThat(pass(exam, exam.world.staff, sitting)).isEqualTo(higher());
            assertThat(state(exam, sitting)).isEqualTo(ReviewState.REJECTED);
            List<ReviewDecision> history =
                    exam.tx(tx -> exam.reviews.history(tx, exam.plan(tx), sitting));
            assertThat(history)
                    .extracting(ReviewDecision::level)
                    .containsExactly(ReviewLevel.SCHOOL, ReviewLevel.BODY, ReviewLevel.AUTHORITY);
        }

        @Test
        void anotherSchoolsSittingIsNotThere() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            Person person = exam.world.person("王小二", "");
            exam.sit(person.theorySitting(), exam.theory, 1.0);
            Organisation other =
                    exam.tx(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    exam.world.tenant,
                                                    OrganisationKind.SCHOOL,
                                                    "OTHER",
                                                    "别的学校",
                                                    ""));
            StaffScope stranger =
                    new StaffScope(exam.world.tenant, "x", other, StaffRole.SCHOOL_CLERK);
            assertThat(reject(exam, stranger, new SittingId(person.theorySitting())))
                    .isEqualTo(
                            new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_SITTING_UNKNOWN));
        }

        @Test
        void picturesAndNotesOfASittingComeFromItsFacts() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            long sitting = exam.world.person("王小二", "").theorySitting();
            exam.apply(
                    new RoomScript(exam.world.tenant, "node-9")
                            .start(sitting, exam.theory.name())
                            .add(
                                    new ProctorFact.SnapshotTaken(
                                            sitting, SnapshotCause.START, BLOB, 9_000))
                            .add(
                                    new ProctorFact.Told(
                                            "m-1",
                                            "E",
                                            Optional.of(sitting),
                                            MessageKind.WARNING,
                                            "请看自己的屏幕"))
                            .add(new ProctorFact.CameraTold(sitting, CameraState.LOST))
                            .add(
                                    new IdentityFact.FaceCompared(
                                            sitting,
                                            IdentityMoment.DURING_THE_TEST,
                                            FaceVerdict.MISMATCH,
                                            0.2,
                                            "model",
                                            Optional.empty(),
                                            Optional.empty(),
                                            FACE))
                            .add(
                                    new RoomFact.IncidentReported(
                                            "i-1",
                                            "E",
                                            Optional.of(sitting),
                                            "IMPERSONATION",
                                            "换人",
                                            Optional.of("6-1"),
                                            Optional.of(EVIDENCE)))
                            .handIn(sitting));
            var happenings =
                    exam.tx(
                            tx ->
                                    new io.invigil.hub.attempt.Attempts()
                                            .happenings(tx, exam.world.tenant, sitting));
            Gallery gallery = Gallery.of(happenings);
            assertThat(gallery.pictures())
                    .extracting(Gallery.Picture::kind)
                    .containsExactly("START", "FACE_MISMATCH", "EVIDENCE");
            assertThat(gallery.notes())
                    .extracting(Gallery.Note::kind)
                    .containsExactly("WARNING", "CAMERA_LOST");
            assertThat(Gallery.names(happenings, BLOB)).isTrue();
            assertThat(Gallery.names(happenings, FACE)).isTrue();
            assertThat(Gallery.names(happenings, EVIDENCE)).isTrue();
            assertThat(Gallery.names(happenings, "00".repeat(32))).isFalse();
        }

        /** Fault row 70: the manifest says so, scores are unaffected, the report has a gap. */
        @Test
        void aPictureThatIsGoneForEverIsAGapInTheReport() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            long sitting = exam.world.person("王小二", "").theorySitting();
            RoomScript room =
                    new RoomScript(exam.world.tenant, "node-9")
                            .start(sitting, exam.theory.name())
                            .add(
                                    new ProctorFact.SnapshotTaken(
                                            sitting, SnapshotCause.START, BLOB, 9_000))
                            .add(
                                    new ProctorFact.SnapshotTaken(
                                            sitting, SnapshotCause.RANDOM, EVIDENCE, 9_000))
                            .add(new RoomFact.BlobLost("E", BLOB))
                            .handIn(sitting);
            exam.apply(room);
            room.applyTo(database(), new LostPictures()).applyTo(database(), new LostPictures());
            Gallery gallery =
                    exam.tx(
                            tx -> {
                                var happenings =
                                        new io.invigil.hub.attempt.Attempts()
                                                .happenings(tx, exam.world.tenant, sitting);
                                return Gallery.of(happenings)
                                        .without(
                                                new LostPictureStore()
                                                        .lost(
                                                                tx,
                                                                exam.world.tenant,
                                                                "node-9",
                                                                List.of(BLOB, EVIDENCE)));
                            });
            assertThat(gallery.gaps()).isEqualTo(1);
            assertThat(gallery.pictures())
                    .extracting(Gallery.Picture::lost)
                    .containsExactly(true, false);
            assertThat(pass(exam, exam.world.staff, new SittingId(sitting)))
                    .isEqualTo(new ReviewOutcome.Done(1));
        }

        private StaffScope authority(ScoredExam exam) {
            Organisation office =
                    exam.tx(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    exam.world.tenant,
                                                    OrganisationKind.AUTHORITY,
                                                    "KSY",
                                                    "考试院",
                                                    ""));
            return new StaffScope(
                    exam.world.tenant, "authority1", office, StaffRole.AUTHORITY_READER);
        }

        private static ReviewOutcome higher() {
            return new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_HIGHER_LEVEL);
        }

        private static ReviewOutcome reject(ScoredExam exam, StaffScope scope, SittingId id) {
            return exam.tx(tx -> exam.reviews.reject(tx, scope, exam.plan(tx), id, "替考"));
        }

        private static ReviewOutcome pass(ScoredExam exam, StaffScope scope, SittingId id) {
            return exam.tx(tx -> exam.reviews.pass(tx, scope, exam.plan(tx), List.of(id)));
        }

        private static ReviewState state(ScoredExam exam, SittingId id) {
            return exam.tx(tx -> exam.reviews.find(tx, exam.plan(tx), id)).orElseThrow().state();
        }
    }
}

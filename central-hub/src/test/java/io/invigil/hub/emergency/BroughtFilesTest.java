package io.invigil.hub.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.room.ApartReason;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.emergency.BroughtFile.Verdict;
import io.invigil.hub.emergency.Compared.Kind;
import io.invigil.hub.marking.LateAnswers;
import io.invigil.hub.marking.ScoreAlarm;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.SittingId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Issue 3, part 4: an emergency answer file when all else fails. XSP/1 section 8: its key follows
 * from the slot's, which the hub can derive; section 11: what it brings counts only after review.
 */
class BroughtFilesTest {
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
        private static final byte[] HUB_KEY = new byte[32];

        @TempDir Path directory;
        private final SlotKeys keys = new SlotKeys(HUB_KEY);
        private ScoredExam exam;
        private ServedRoom room;
        private BlobStore blobs;
        private BroughtFiles files;
        private long sitting;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", BroughtFiles.class));
        }

        @BeforeEach
        void aSittingOfWhichTheRoomSentAPart() throws IOException {
            exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, true);
            room = new ServedRoom(exam.world);
            sitting = exam.world.person("王小二", "").theorySitting();
            exam.apply(
                    new RoomScript(exam.world.tenant, ServedRoom.NODE)
                            .start(sitting, exam.theory.name())
                            .answer(sitting, "T-J01", "A")
                            .answer(sitting, "T-J02", "A")
                            .handIn(sitting));
            blobs = new DirectoryBlobs(directory);
            files =
                    new BroughtFiles(
                            new PackageRegister(exam.world.tenant),
                            keys,
                            exam.papers,
                            exam.marking,
                            blobs,
                            exam.clock);
        }

        private EmergencyFile.Scope scope() {
            return new EmergencyFile.Scope(room.exam, sitting, exam.theory.name());
        }

        private byte[] file(EmergencyFile.Scope scope, String op, String value) {
            return new SavedFile(scope).answer("T-J02", op, value).under(keys, exam.world.slot);
        }

        private byte[] usual() {
            return new SavedFile(scope())
                    .answer("T-J01", "op-1", "A")
                    .answer("T-J02", "op-2", "B")
                    .answer("T-J03", "op-3", "A")
                    .under(keys, exam.world.slot);
        }

        private FileOutcome take(StaffScope who, byte[] content) {
            return exam.tx(tx -> files.take(tx, who, exam.plan(tx), content));
        }

        private FileOutcome decide(StaffScope who, String digest, Verdict verdict, String reason) {
            return exam.tx(tx -> files.decide(tx, who, exam.plan(tx), digest, verdict, reason));
        }

        private List<LateAnswers.Case> late() {
            return exam.tx(tx -> exam.marking.late(tx, exam.world.tenant, new SittingId(sitting)));
        }

        private static String digest(byte[] file) {
            return Digest.sha256(file).hex();
        }

        @Test
        void aFileIsOpenedAtTheCentreAndHeldAgainstWhatTheLedgerBrought() {
            byte[] content = usual();
            assertThat(take(exam.world.staff, content)).isEqualTo(FileOutcome.TAKEN);
            assertThat(take(exam.world.second, content)).isEqualTo(FileOutcome.KNOWN);
            BroughtFiles.Opened opened =
                    exam.tx(tx -> files.open(tx, exam.world.second, exam.plan(tx), digest(content)))
                            .orElseThrow();
            assertThat(opened.answers())
                    .extracting(Compared::kind)
                    .containsExactly(Kind.EQUAL, Kind.DIFFERENT, Kind.MISSING);
            assertThat(opened.answers().get(1).held()).isEqualTo("A");
            assertThat(opened.answers().get(1).text()).isEqualTo("B");
            assertThat(opened.file().whose().name()).isEqualTo("王小二");
            assertThat(opened.files()).isEqualTo(1);
            assertThat(late()).as("nothing is kept before the second person").isEmpty();
        }

        @Test
        void whatIsAdmittedWaitsForTheReviewerAndHoldsTheScore() throws IOException {
            byte[] content = usual();
            take(exam.world.staff, content);
            String file = digest(content);
            assertThat(decide(exam.world.staff, file, Verdict.ADMITTED, "同意"))
                    .isEqualTo(FileOutcome.SAME_PERSON);
            assertThat(decide(exam.world.second, file, Verdict.ADMITTED, " "))
                    .isEqualTo(FileOutcome.REASON_MISSING);
            assertThat(decide(exam.world.second, file, Verdict.ADMITTED, "服务器硬盘损坏"))
                    .isEqualTo(FileOutcome.DONE);
            assertThat(decide(exam.world.second, file, Verdict.REFUSED, "改主意"))
                    .isEqualTo(FileOutcome.DECIDED_BEFORE);
            assertThat(late())
                    .extracting(one -> one.answer().item(), one -> one.answer().why())
                    .containsExactly(
                            tuple("T-J02", ApartReason.EMERGENCY_FILE),
                            tuple("T-J03", ApartReason.EMERGENCY_FILE));
            List<ScoreAlarm> alarms =
                    exam.tx(
                            tx ->
                                    exam.marking.alarms(
                                            tx, exam.world.tenant, new SittingId(sitting)));
            assertThat(alarms)
                    .filteredOn(one -> one.kind() == ScoreAlarm.Kind.LATE_UNDECIDED)
                    .extracting(ScoreAlarm::detail)
                    .containsExactlyInAnyOrder("op-2", "op-3");
            assertThat(blobs.length(Digest.sha256(SavedFile.PDF)))
                    .hasValue((long) SavedFile.PDF.length);
            assertThat(AuditTrail.of(database(), exam.world.tenant))
                    .contains("CREATED emergency-file " + file, "CHANGED emergency-file " + file);
        }

        @Test
        void whatIsNotAdmittedLeavesNothingForTheReviewer() {
            byte[] content = usual();
            take(exam.world.staff, content);
            assertThat(decide(exam.world.second, digest(content), Verdict.REFUSED, "来源不明"))
                    .isEqualTo(FileOutcome.DONE);
            assertThat(late()).isEmpty();
        }

        @Test
        void aFileThatWasChangedOrIsOfAnotherSlotSittingPaperOrNodeAloneIsRefusedByName() {
            byte[] changed = usual();
            changed[changed.length - 1] ^= 1;
            assertThat(take(exam.world.staff, changed)).isEqualTo(FileOutcome.DOES_NOT_OPEN);
            var answer = new SavedFile(scope()).answer("T-J02", "op-2", "B");
            assertThat(take(exam.world.staff, answer.under(keys, new SlotId(9_999))))
                    .isEqualTo(FileOutcome.DOES_NOT_OPEN);
            assertThat(take(exam.world.staff, new byte[] {1, 2, 3}))
                    .isEqualTo(FileOutcome.UNREADABLE);
            byte[] alone = answer.ofItsNodeAlone().under(keys, exam.world.slot);
            assertThat(take(exam.world.staff, alone)).isEqualTo(FileOutcome.OF_ITS_NODE_ALONE);
            var elsewhere = new EmergencyFile.Scope("S9-node-9", sitting, exam.theory.name());
            assertThat(take(exam.world.staff, file(elsewhere, "op-2", "B")))
                    .isEqualTo(FileOutcome.EXAM_UNKNOWN);
            var other = new EmergencyFile.Scope(room.exam, 9_999, exam.theory.name());
            assertThat(take(exam.world.staff, file(other, "op-2", "B")))
                    .isEqualTo(FileOutcome.SITTING_OTHER);
            var paper = new EmergencyFile.Scope(room.exam, sitting, exam.practice.name());
            assertThat(take(exam.world.staff, file(paper, "op-2", "B")))
                    .isEqualTo(FileOutcome.PAPER_OTHER);
            String longOp = "o".repeat(BroughtFiles.OP_CHARS_MAX + 1);
            assertThat(take(exam.world.staff, file(scope(), longOp, "B")))
                    .isEqualTo(FileOutcome.ANSWER_MALFORMED);
            String large = "x".repeat(BroughtFiles.RESPONSE_CHARS_MAX);
            assertThat(take(exam.world.staff, file(scope(), "op-2", large)))
                    .isEqualTo(FileOutcome.ANSWER_MALFORMED);
        }

        @Test
        void anotherBodyAndASchoolNeitherSeeNorTakeNorDecide() {
            byte[] content = usual();
            take(exam.world.staff, content);
            for (StaffScope who : List.of(exam.world.otherBody, exam.world.school)) {
                assertThat(take(who, content)).isEqualTo(FileOutcome.NOT_ALLOWED);
                assertThat(decide(who, digest(content), Verdict.ADMITTED, "好"))
                        .isEqualTo(FileOutcome.NOT_ALLOWED);
                assertThat(exam.<List<BroughtFile>>tx(tx -> files.ofPlan(tx, who, exam.plan(tx))))
                        .isEmpty();
            }
        }
    }
}

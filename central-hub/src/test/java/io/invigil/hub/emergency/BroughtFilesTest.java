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
import io.invigil.protocol.json.Json;
import io.invigil.testkit.StoreContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
        private static final byte[] PDF = "%PDF-1.4 a plan".getBytes(StandardCharsets.US_ASCII);
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

        private static Map<String, Object> answer(String item, String op, String value) {
            return Map.of(
                    "item",
                    item,
                    "op",
                    op,
                    "base",
                    0,
                    "response",
                    Map.of("RESPONSE", List.of(value)));
        }

        /** As a candidate's page saves it. */
        private byte[] file(
                EmergencyFile.Scope scope, SlotId slot, List<Map<String, Object>> answers) {
            return file(true, scope, slot, answers);
        }

        private byte[] file(
                boolean shared,
                EmergencyFile.Scope scope,
                SlotId slot,
                List<Map<String, Object>> answers) {
            var plain = new ByteArrayOutputStream();
            plain.writeBytes(
                    Json.write(
                            Map.of(
                                    "answers",
                                    answers,
                                    "files",
                                    List.of(
                                            Map.of(
                                                    "sha256",
                                                    Digest.sha256(PDF).hex(),
                                                    "bytes",
                                                    PDF.length)))));
            plain.write('\n');
            plain.writeBytes(PDF);
            var out = new ByteArrayOutputStream();
            out.writeBytes("XSE2\n".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(
                    Json.write(
                            Map.of(
                                    "shared", shared,
                                    "exam", scope.exam(),
                                    "sitting", scope.sitting(),
                                    "paper", scope.paper())));
            out.write('\n');
            byte[] iv = new byte[12];
            out.writeBytes(iv);
            byte[] key = EmergencyFile.key(keys.of(slot, scope.exam()), scope);
            out.writeBytes(sealed(key, iv, scope, plain.toByteArray()));
            return out.toByteArray();
        }

        private static byte[] sealed(
                byte[] key, byte[] iv, EmergencyFile.Scope scope, byte[] plain) {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        new SecretKeySpec(key, "AES"),
                        new GCMParameterSpec(128, iv));
                cipher.updateAAD(("file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
                return cipher.doFinal(plain);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }

        private byte[] usual() {
            return file(
                    scope(),
                    exam.world.slot,
                    List.of(
                            answer("T-J01", "op-1", "A"),
                            answer("T-J02", "op-2", "B"),
                            answer("T-J03", "op-3", "A")));
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
            assertThat(blobs.length(Digest.sha256(PDF))).hasValue((long) PDF.length);
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
            var answers = List.of(answer("T-J02", "op-2", "B"));
            byte[] changed = usual();
            changed[changed.length - 1] ^= 1;
            assertThat(take(exam.world.staff, changed)).isEqualTo(FileOutcome.DOES_NOT_OPEN);
            assertThat(take(exam.world.staff, file(scope(), new SlotId(9_999), answers)))
                    .isEqualTo(FileOutcome.DOES_NOT_OPEN);
            assertThat(take(exam.world.staff, new byte[] {1, 2, 3}))
                    .isEqualTo(FileOutcome.UNREADABLE);
            assertThat(take(exam.world.staff, file(false, scope(), exam.world.slot, answers)))
                    .isEqualTo(FileOutcome.OF_ITS_NODE_ALONE);
            var elsewhere = new EmergencyFile.Scope("S9-node-9", sitting, exam.theory.name());
            assertThat(take(exam.world.staff, file(elsewhere, exam.world.slot, answers)))
                    .isEqualTo(FileOutcome.EXAM_UNKNOWN);
            var other = new EmergencyFile.Scope(room.exam, 9_999, exam.theory.name());
            assertThat(take(exam.world.staff, file(other, exam.world.slot, answers)))
                    .isEqualTo(FileOutcome.SITTING_OTHER);
            var paper = new EmergencyFile.Scope(room.exam, sitting, exam.practice.name());
            assertThat(take(exam.world.staff, file(paper, exam.world.slot, answers)))
                    .isEqualTo(FileOutcome.PAPER_OTHER);
            var long65 = List.of(answer("T-J02", "o".repeat(BroughtFiles.OP_CHARS_MAX + 1), "B"));
            assertThat(take(exam.world.staff, file(scope(), exam.world.slot, long65)))
                    .isEqualTo(FileOutcome.ANSWER_MALFORMED);
            var large = new ArrayList<Map<String, Object>>();
            large.add(answer("T-J02", "op", "x".repeat(BroughtFiles.RESPONSE_CHARS_MAX)));
            assertThat(take(exam.world.staff, file(scope(), exam.world.slot, large)))
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

package io.invigil.hub.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.AnswersDigest;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.Lane;
import io.invigil.testkit.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttemptProjectionTest {
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
        private static long tenants = 9_000;
        private final AttemptProjection projection = new AttemptProjection(List.of());
        private final Attempts attempts = new Attempts();
        private TenantId tenant;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Attempts.class));
        }

        @BeforeEach
        void ownTenant() {
            tenant = new TenantId(++tenants);
        }

        private RoomScript wholeSitting() {
            return new RoomScript(tenant, "node-1")
                    .start(5, "P1")
                    .answer(5, "Q1", "A")
                    .answer(5, "Q2", "x")
                    .answer(5, "Q1", "B")
                    .add(new RoomFact.TimeGranted(5, 300_000, "换机"))
                    .incident(Optional.of(5L))
                    .answer(5, "Q1", "C", "A")
                    .handIn(5)
                    .provisional(5, "3", "10");
        }

        private Attempt find(long sitting) {
            Optional<Attempt> found =
                    database().inTransaction(tx -> attempts.find(tx, tenant, sitting));
            return found.orElseThrow();
        }

        private Map<String, AnswerRevision> current(long sitting) {
            return database().inTransaction(tx -> attempts.current(tx, tenant, sitting));
        }

        @Test
        void derivesASittingFromItsFacts() {
            wholeSitting().applyTo(database(), projection);
            Attempt attempt = find(5);
            assertThat(attempt.progress()).isEqualTo(Attempt.Progress.TAKEN);
            assertThat(attempt.attendance()).isEqualTo(Attempt.Attendance.CHECKED_IN);
            assertThat(attempt.checkInWay()).isEqualTo("PHONE_CODE");
            assertThat(attempt.paper()).isEqualTo("P1");
            assertThat(attempt.granted()).hasMinutes(5);
            assertThat(attempt.incidents()).isEqualTo(1);
            assertThat(attempt.provisional().orElseThrow().score()).isEqualByComparingTo("3");
            assertThat(current(5).get("Q1").response())
                    .isEqualTo(Map.of("RESPONSE", List.of("C", "A")));
            assertThat(current(5).get("Q1").revision()).isEqualTo(3);
            assertThat(AnswersDigest.of(Attempts.responses(current(5))).hex())
                    .isEqualTo(attempt.handIn().orElseThrow().answersDigest());
        }

        /** Issue 3 part 6: after a readmission only the next hand-in is a result. */
        @Test
        void aReadmittedSittingIsInProgressUntilItIsHandedInAgain() {
            RoomScript script =
                    wholeSitting()
                            .add(new ProctorFact.Readmitted(5, "误操作"))
                            .add(new ProctorFact.OutageCompensated(5, 120_000, 110_000, "实测中断"));
            script.applyTo(database(), projection);
            assertThat(find(5).progress()).isEqualTo(Attempt.Progress.IN_PROGRESS);
            assertThat(find(5).provisional()).isEmpty();
            assertThat(find(5).granted()).hasMinutes(7);
            script.answer(5, "Q2", "y").handIn(5).applyTo(database(), projection);
            assertThat(find(5).progress()).isEqualTo(Attempt.Progress.TAKEN);
        }

        @Test
        void givesTheSameWhateverTheOrderAndHoweverOften() {
            wholeSitting().applyTo(database(), projection);
            Attempt expected = find(5);
            long seed = Long.getLong("seed", 20261120L);
            for (int round = 0; round < 5; round++) {
                tenant = new TenantId(++tenants);
                List<IngestedFact> shuffled = new ArrayList<>(wholeSitting().facts());
                shuffled.addAll(wholeSitting().facts());
                Collections.shuffle(shuffled, new Random(seed + round));
                for (IngestedFact fact : shuffled) {
                    database().useTransaction(tx -> projection.apply(tx, fact));
                }
                assertThat(find(5)).as("seed %d round %d", seed, round).isEqualTo(expected);
                List<AnswerRevision> history =
                        database().inTransaction(tx -> attempts.history(tx, tenant, 5));
                assertThat(history).hasSize(4);
            }
        }

        /** S0, section 7; domain, section 10: what the room did not resolve is for the review. */
        @Test
        void aFaceThatDifferedInTheTestCountsAsAnIncidentUntilAProctorResolvesIt() {
            RoomScript room =
                    new RoomScript(tenant, "node-1")
                            .start(5, "P1")
                            .add(compared(FaceVerdict.MISMATCH))
                            .add(compared(FaceVerdict.ACCEPT));
            room.applyTo(database(), projection);
            assertThat(find(5).incidents()).isEqualTo(1);
            room.add(decided(true)).applyTo(database(), projection);
            assertThat(find(5).incidents()).isZero();
            room.add(decided(false)).applyTo(database(), projection);
            assertThat(find(5).incidents()).as("refused by a person").isEqualTo(1);
        }

        @Test
        void aFaceThatWasNotSeenIsMadeGoodByALaterAcceptedOne() {
            RoomScript room =
                    new RoomScript(tenant, "node-1")
                            .start(5, "P1")
                            .add(
                                    new IdentityFact.RecheckNotCompared(
                                            5, 1, IdentityQuestion.NO_CAMERA, Optional.empty()));
            room.applyTo(database(), projection);
            assertThat(find(5).incidents()).isEqualTo(1);
            room.add(compared(FaceVerdict.ACCEPT)).applyTo(database(), projection);
            assertThat(find(5).incidents()).isZero();
        }

        private static IdentityFact compared(FaceVerdict verdict) {
            return new IdentityFact.FaceCompared(
                    5,
                    IdentityMoment.DURING_THE_TEST,
                    verdict,
                    0.3,
                    "model",
                    Optional.empty(),
                    Optional.empty(),
                    "ab".repeat(32));
        }

        private static IdentityFact decided(boolean accepted) {
            return new IdentityFact.IdentityDecided(
                    5, accepted, "looked", Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Test
        void keepsTheBytesOfAnAnswer() {
            String response = "{ \"RESPONSE\" : [ \"\\u4e2d\" , \"a/b\" ] , \"R2\":[]}";
            String json =
                    """
                    {"x":{"response":1},"t":"answer-saved","sitting":5,"item":"Q1","op":"o",\
                    "revision":1,"response":%s,"at":1,"up":1,"boot":"b","by":"node"}\
                    """
                            .formatted(response);
            new RoomScript(tenant, "node-1")
                    .raw(Lane.RES, json.getBytes(UTF_8))
                    .applyTo(database(), projection);
            assertThat(current(5).get("Q1").text()).isEqualTo(response);
            assertThat(current(5).get("Q1").response())
                    .containsExactly(
                            Map.entry("RESPONSE", List.of("中", "a/b")), Map.entry("R2", List.of()));
        }

        @Test
        void seesTwoContentsOfOneRevision() {
            RoomScript one =
                    new RoomScript(tenant, "node-1").answer(5, "Q1", "A").answer(5, "Q2", "x");
            RoomScript clone =
                    new RoomScript(tenant, "node-2").answer(5, "Q1", "B").answer(5, "Q2", "x");
            one.applyTo(database(), projection);
            clone.applyTo(database(), projection);
            List<String> forked =
                    database().inTransaction(tx -> attempts.forkedItems(tx, tenant, 5));
            assertThat(forked).containsExactly("Q1");
        }

        @Test
        void knowsAbsenceAndItsCorrection() {
            RoomScript room =
                    new RoomScript(tenant, "node-1")
                            .add(new RoomFact.MarkedAbsent(5, "未到"))
                            .add(new RoomFact.CheckedIn(6, CheckInWay.DESK_NUMBER))
                            .add(new RoomFact.CheckInUndone(6, "认错人"))
                            .add(new RoomFact.MarkedAbsent(7, "未到"))
                            .start(7, "P1");
            room.applyTo(database(), projection);
            assertThat(find(5).absent()).isTrue();
            assertThat(find(6).absent()).isFalse();
            assertThat(find(6).attendance()).isEqualTo(Attempt.Attendance.EXPECTED);
            assertThat(find(7).absent()).isFalse();
            assertThat(find(7).progress()).isEqualTo(Attempt.Progress.IN_PROGRESS);
        }

        @Test
        void countsARoomsIncidentForSittingsOfItsTime() {
            new RoomScript(tenant, "node-1")
                    .start(5, "P1")
                    .incident(Optional.empty())
                    .handIn(5)
                    .applyTo(database(), projection);
            new RoomScript(tenant, "node-2")
                    .start(6, "P1")
                    .handIn(6)
                    .applyTo(database(), projection);
            List<Attempts.Happening> room =
                    database().inTransaction(tx -> attempts.roomIncidents(tx, tenant));
            assertThat(room).hasSize(1);
            assertThat(Attempts.concerns(room.getFirst(), find(5))).isTrue();
            assertThat(Attempts.concerns(room.getFirst(), find(6))).isFalse();
        }
    }
}

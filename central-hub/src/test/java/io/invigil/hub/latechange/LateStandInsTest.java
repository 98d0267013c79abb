package io.invigil.hub.latechange;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.arrangement.LateSeats;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.LateEntries;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.staffing.Assignment.Duty;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.hub.staffing.Proctor;
import io.invigil.hub.staffing.ProctorId;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.Qualification;
import io.invigil.hub.staffing.StaffingDecision;
import io.invigil.hub.staffing.StandIns;
import io.invigil.hub.violation.BannedPeople;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Issue 3, part 6: a stand-in proctor is assigned after the fact; domain, section 8: certified. */
class LateStandInsTest {
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
        private static final Qualification.Need NEED = new Qualification.Need("10001", "初级");

        private final TestClock clock = TestClock.examMorning();
        private final Proctors proctors = new Proctors(clock);
        private final Assignments assignments = new Assignments(clock, proctors);
        private final LateChanges changes =
                new LateChanges(
                        clock,
                        new Correction(
                                new LateEntries(clock, new BannedPeople()),
                                new LateSeats(new SeededEntropy(8)),
                                new StandIns(proctors, assignments)));
        private ScoringWorld world;
        private ServedRoom room;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", LateChanges.class));
        }

        @BeforeEach
        void aRoomRecordsAStandIn() {
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            room = new ServedRoom(world);
            world.person("王小二", "");
            new RoomScript(world.tenant, ServedRoom.NODE)
                    .add(
                            new ProctorFact.LateChange(
                                    "x",
                                    room.exam,
                                    Optional.empty(),
                                    LateChangeKind.STAND_IN_PROCTOR,
                                    "赵敏",
                                    "监考突发疾病"))
                    .applyTo(database(), new LateChangeProjection());
        }

        private Plan plan(Tx tx) {
            return world.plans.find(tx, world.tenant, world.plan).orElseThrow();
        }

        private ChangeOutcome accept(StaffScope scope, Corrected corrected) {
            return world.inTx(
                    tx ->
                            changes.decide(
                                    tx,
                                    scope,
                                    plan(tx),
                                    ServedRoom.NODE,
                                    "x",
                                    RoomChange.Verdict.ACCEPTED,
                                    "核对过",
                                    corrected));
        }

        private static Corrected standIn(
                Proctor person, Optional<ProctorId> replaces, boolean uncertified) {
            return new Corrected(
                    "",
                    person.number(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new RoomId(1)),
                    0,
                    replaces,
                    uncertified);
        }

        private static void refused(ChangeOutcome outcome, String code) {
            assertThat(outcome.decision()).isEqualTo(ChangeDecision.CHANGE_REFUSED);
            assertThat(outcome.issue().orElseThrow().code()).isEqualTo(code);
        }

        private Proctor proctor(String name, String mobile, boolean certified) {
            return world.inTx(
                    tx -> {
                        var made =
                                (StaffingDecision.Saved)
                                        proctors.add(tx, world.school, name, mobile);
                        Proctor one =
                                proctors.findVisible(tx, world.school, made.proctor())
                                        .orElseThrow();
                        proctors.apply(tx, world.school, one, NEED);
                        if (certified) {
                            proctors.certify(tx, world.staff, one, NEED);
                        }
                        return one;
                    });
        }

        private Staffed staffed() {
            return world.inTx(tx -> assignments.rooms(tx, world.staff, plan(tx)).getFirst());
        }

        @Test
        void theAccountOfTwoOfficialsStandsBesideTheChange() {
            new RoomScript(world.tenant, ServedRoom.NODE)
                    .add(
                            new ProctorFact.StandInOpened(
                                    "x", room.exam, "jk157822", "13号机房", "$argon2id$", "wang"))
                    .applyTo(database(), new LateChangeProjection());
            RoomChange found =
                    world.inTx(tx -> changes.ofPlan(tx, world.staff, plan(tx))).getFirst();
            assertThat(found.account()).isEqualTo("jk157822");
            assertThat(found.witness()).isEqualTo("wang");
        }

        @Test
        void aStandInTakesThePlaceOfWhoDidNotComeAlsoAfterTheBeginning() {
            Proctor missing = proctor("李虹", "13800000010", true);
            Proctor there = proctor("王伟", "13800000011", true);
            Proctor standIn = proctor("赵敏", "13800000012", true);
            clock.set(Instant.parse("2026-11-16T02:00:00Z"));
            Staffed before = staffed();
            Map<Duty, List<ProctorId>> wanted =
                    Map.of(Duty.PROCTOR, List.of(missing.id(), there.id()));
            world.inTx(tx -> assignments.assign(tx, world.staff, plan(tx), before, wanted));
            clock.set(Instant.parse("2026-11-20T05:00:00Z"));
            refused(
                    accept(world.staff, standIn(standIn, Optional.empty(), false)),
                    "ASSIGN_TOO_MANY");
            refused(
                    accept(world.staff, standIn(there, Optional.of(missing.id()), false)),
                    "ASSIGN_TWICE");
            refused(
                    accept(world.staff, standIn(standIn, Optional.of(standIn.id()), false)),
                    "ASSIGN_UNKNOWN");
            assertThat(
                            accept(world.staff, standIn(standIn, Optional.of(missing.id()), false))
                                    .decision())
                    .isEqualTo(ChangeDecision.DONE);
            assertThat(staffed().of(Duty.PROCTOR)).containsExactlyInAnyOrder(there, standIn);
        }

        @Test
        void aStandInWithoutCertificationIsNamedAndTakenOnlyWhenTheBodySaysSo() {
            Proctor standIn = proctor("赵敏", "13800000012", false);
            ChangeOutcome no = accept(world.staff, standIn(standIn, Optional.empty(), false));
            refused(no, "ASSIGN_NOT_CERTIFIED");
            assertThat(no.issue().orElseThrow().detail()).contains("赵敏");
            assertThat(accept(world.otherBody, standIn(standIn, Optional.empty(), true)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_NOT_ALLOWED);
            assertThat(accept(world.staff, standIn(standIn, Optional.empty(), true)).decision())
                    .isEqualTo(ChangeDecision.DONE);
            assertThat(staffed().of(Duty.PROCTOR)).containsExactly(standIn);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains("CHANGED assignment " + world.slot + "/1");
        }
    }
}

package io.invigil.hub.latechange;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.LateChangeDetails;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.arrangement.LateSeats;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.NumberSeries;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.LateEntries;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.StandIns;
import io.invigil.hub.violation.BannedPeople;
import io.invigil.hub.violation.Bans;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Issue 3, part 6: what accepting an extra candidate or another room corrects. */
class LateCorrectionsTest {
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
        private final TestClock clock = TestClock.examMorning();
        private final Proctors proctors = new Proctors(clock);
        private final LateChanges changes =
                new LateChanges(
                        clock,
                        new Correction(
                                new LateEntries(clock, new BannedPeople()),
                                new LateSeats(new SeededEntropy(8)),
                                new StandIns(proctors, new Assignments(clock, proctors))));
        private ScoringWorld world;
        private ServedRoom room;
        private ScoringWorld.Person listed;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", LateChanges.class));
        }

        @BeforeEach
        void twoRoomsAndSomebodyOnTheList() {
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            room = new ServedRoom(world);
            listed = world.person("王小二", "");
            world.inTx(
                    tx -> {
                        sql(
                                tx,
                                """
                                insert into room (tenant, id, plan, site, name, types, seats,
                                    seat_columns, address)
                                values (:t, 2, :plan, 1, '14号机房', 'COMPUTER', 20, 5, '')
                                """);
                        for (int id : List.of(1, 2)) {
                            sql(
                                    tx,
                                    "insert into room_level (tenant, room, plan_level) values"
                                            + " (:t, "
                                            + id
                                            + ", "
                                            + world.level.value()
                                            + ")");
                        }
                        // the world numbers its own people from 1
                        new Numbers().take(tx, world.tenant, NumberSeries.REGISTRATION, 1000);
                        new Numbers().take(tx, world.tenant, NumberSeries.SITTING, 1000);
                        return true;
                    });
        }

        private void sql(Tx tx, String text) {
            var update = tx.update(text).bind("t", world.tenant.value());
            if (text.contains(":plan")) {
                update.bind("plan", world.plan.value());
            }
            update.execute();
        }

        /** A candidate of the school who is registered for nothing. */
        private void stranger(String number, String name, String major) {
            world.inTx(
                    tx ->
                            tx.update(
                                            """
                                            insert into candidate (tenant, id, school, number, name,
                                                pinyin, id_number, gender, mobile, major,
                                                programme_level, enrolment_year, candidate_type,
                                                photo, photo_source)
                                            values (:t, 900, :school, :number, :name, '',
                                                '37060220050101999X', 'MALE', '', :major, '', 0,
                                                '院校考生', '', '')
                                            """)
                                    .bind("t", world.tenant.value())
                                    .bind("school", world.school.organisation().id().value())
                                    .bind("number", number)
                                    .bind("name", name)
                                    .bind("major", major)
                                    .execute());
        }

        private Plan plan(Tx tx) {
            return world.plans.find(tx, world.tenant, world.plan).orElseThrow();
        }

        private RoomScript record(LateChangeKind kind, Optional<Long> sitting) {
            return new RoomScript(world.tenant, ServedRoom.NODE)
                    .add(
                            new ProctorFact.LateChange(
                                    "x",
                                    room.exam,
                                    sitting,
                                    kind,
                                    "现场情况",
                                    "已核对",
                                    new LateChangeDetails("C900", "13号机房", 41, "4001", "")))
                    .applyTo(database(), new LateChangeProjection());
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

        private static Corrected extra(String person, SubjectId subject, long room, int seat) {
            return new Corrected(
                    "",
                    person,
                    Optional.of(subject),
                    Optional.empty(),
                    Optional.of(new RoomId(room)),
                    seat,
                    Optional.empty(),
                    false);
        }

        private static Corrected room(Optional<Long> from, long to, int seat) {
            return new Corrected(
                    "",
                    "",
                    Optional.empty(),
                    from.map(RoomId::new),
                    Optional.of(new RoomId(to)),
                    seat,
                    Optional.empty(),
                    false);
        }

        private static void refused(ChangeOutcome outcome, String code) {
            assertThat(outcome.decision()).isEqualTo(ChangeDecision.CHANGE_REFUSED);
            assertThat(outcome.issue().orElseThrow().code()).isEqualTo(code);
        }

        private List<Sitting> sittings(long candidate) {
            return world.inTx(
                    tx -> new Sittings().ofCandidate(tx, world.tenant, new CandidateId(candidate)));
        }

        private Seating seat(long sitting) {
            return world.inTx(tx -> new Sittings().find(tx, world.tenant, new SittingId(sitting)))
                    .flatMap(Sitting::seating)
                    .orElseThrow();
        }

        @Test
        void whatTheRoomSaidBeyondWordsStandsInTheList() {
            record(LateChangeKind.EXTRA_CANDIDATE, Optional.empty());
            RoomChange found =
                    world.inTx(tx -> changes.ofPlan(tx, world.staff, plan(tx))).getFirst();
            assertThat(found.details())
                    .isEqualTo(new LateChangeDetails("C900", "13号机房", 41, "4001", ""));
        }

        @Test
        void anExtraCandidateIsRegisteredSeatedAndPresent() {
            stranger("C900", "李四", "");
            RoomScript script = record(LateChangeKind.EXTRA_CANDIDATE, Optional.empty());
            assertThat(accept(world.staff, extra("C900", world.theory, 1, 41)).decision())
                    .isEqualTo(ChangeDecision.DONE);
            List<Sitting> entered = sittings(900);
            assertThat(entered)
                    .extracting(Sitting::subject)
                    .as("a plan by certificate: all subjects of the level")
                    .containsExactlyInAnyOrder(world.theory, world.practice);
            Sitting sat =
                    entered.stream()
                            .filter(one -> one.subject().equals(world.theory))
                            .findFirst()
                            .orElseThrow();
            Seating seat = sat.seating().orElseThrow();
            assertThat(seat.room()).isEqualTo(new RoomId(1));
            assertThat(seat.seat()).isEqualTo(41);
            assertThat(seat.slot()).isEqualTo(world.slot);
            assertThat(seat.pin()).matches("\\d{6}");
            assertThat(seat.admissionNumber()).isNotEmpty();
            Attempt attempt = attempt(sat.id().value());
            assertThat(attempt.attendance()).isEqualTo(Attempt.Attendance.CHECKED_IN);
            assertThat(attempt.node()).isEqualTo(ServedRoom.NODE);
            // the fact comes again: it is no second event
            script.applyTo(database(), new AttemptProjection(List.of()));
            assertThat(attempt(sat.id().value())).isEqualTo(attempt);
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains(
                            "CREATED registration " + sat.registration(),
                            "CREATED sitting " + sat.id(),
                            "CHANGED arrangement " + world.plan,
                            "CREATED late-change " + ServedRoom.NODE + "/x");
        }

        private Attempt attempt(long sitting) {
            return world.inTx(tx -> new Attempts().find(tx, world.tenant, sitting)).orElseThrow();
        }

        @Test
        void whoIsBannedUnknownOrNotEligibleIsRefusedByNameAndNothingIsWritten() {
            stranger("C900", "李四", "会计");
            record(LateChangeKind.EXTRA_CANDIDATE, Optional.empty());
            assertThat(accept(world.staff, extra("C901", world.theory, 1, 41)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_CANDIDATE_UNKNOWN);
            assertThat(accept(world.staff, extra("", world.theory, 1, 41)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_INCOMPLETE);
            world.inTx(
                    tx -> {
                        sql(tx, "update plan_level set majors = '汽车' where tenant = :t");
                        return true;
                    });
            refused(
                    accept(world.staff, extra("C900", world.theory, 1, 41)),
                    "REG_MAJOR_NOT_ELIGIBLE");
            ban("37060220050101999X");
            ChangeOutcome banned = accept(world.staff, extra("C900", world.theory, 1, 41));
            refused(banned, "REG_CANDIDATE_BANNED");
            assertThat(banned.issue().orElseThrow().detail()).contains("李四", "2026-11-20");
            assertThat(sittings(900)).isEmpty();
        }

        private void ban(String idNumber) {
            LocalDate day = LocalDate.of(2026, 11, 20);
            var authority =
                    new StaffScope(
                            world.tenant,
                            "authority",
                            world.staff.organisation(),
                            StaffRole.AUTHORITY_READER);
            var draft =
                    new Bans.Draft(
                            idNumber,
                            Optional.empty(),
                            Optional.of(day),
                            Optional.of(day),
                            ScoringWorld.ZONE,
                            "替考");
            List<FieldIssue> issues = world.inTx(tx -> new Bans(clock).add(tx, authority, draft));
            assertThat(issues).isEmpty();
        }

        @Test
        void aSeatThatIsTakenOrMissingAndASeatHeldElsewhereAreRefusedAndNothingIsWritten() {
            stranger("C900", "李四", "");
            record(LateChangeKind.EXTRA_CANDIDATE, Optional.empty());
            int taken = seat(listed.theorySitting()).seat();
            refused(accept(world.staff, extra("C900", world.theory, 1, taken)), "ARR_SEAT_TAKEN");
            refused(accept(world.staff, extra("C900", world.theory, 1, 61)), "ARR_SEAT_UNKNOWN");
            assertThat(accept(world.staff, extra("C900", world.theory, 3, 1)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_ROOM_UNKNOWN);
            String admission = listed.admission();
            assertThat(accept(world.staff, extra(admission, world.theory, 1, 41)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_SEATED_ALREADY);
            assertThat(sittings(900)).isEmpty();
        }

        @Test
        void oneCandidateInAnotherRoomIsArrangedThereAndWhoSatThereGetsTheSeatLeft() {
            ScoringWorld.Person other = world.person("李四", "");
            record(LateChangeKind.ROOM_SWAP, Optional.of(listed.theorySitting()));
            refused(accept(world.staff, room(Optional.empty(), 2, 21)), "ARR_SEAT_UNKNOWN");
            assertThat(accept(world.staff, room(Optional.empty(), 2, 7)).decision())
                    .isEqualTo(ChangeDecision.DONE);
            assertThat(seat(listed.theorySitting()).room()).isEqualTo(new RoomId(2));
            assertThat(seat(listed.theorySitting()).seat()).isEqualTo(7);
            assertThat(seat(other.theorySitting()).room()).isEqualTo(new RoomId(1));
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains("CHANGED arrangement " + world.plan);
        }

        @Test
        void aWholeRoomMovesWithItsSeatsAndNotIntoOneThatIsTooSmall() {
            record(LateChangeKind.ROOM_SWAP, Optional.empty());
            // the world seats practice from 31 on: the other room has 20 seats
            refused(accept(world.staff, room(Optional.of(1L), 2, 0)), "ARR_SEAT_UNKNOWN");
            assertThat(accept(world.staff, room(Optional.of(2L), 2, 0)).decision())
                    .isEqualTo(ChangeDecision.CHANGE_DOES_NOT_FIT);
            world.inTx(
                    tx -> {
                        sql(tx, "update room set seats = 60 where tenant = :t and id = 2");
                        return true;
                    });
            assertThat(accept(world.staff, room(Optional.of(1L), 2, 0)).decision())
                    .isEqualTo(ChangeDecision.DONE);
            assertThat(seat(listed.theorySitting()).room()).isEqualTo(new RoomId(2));
            assertThat(seat(listed.practiceSitting()).room()).isEqualTo(new RoomId(2));
            assertThat(seat(listed.practiceSitting()).seat()).isEqualTo(31);
        }
    }
}

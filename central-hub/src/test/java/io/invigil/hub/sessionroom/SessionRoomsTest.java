package io.invigil.hub.sessionroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.marking.MarkDecision;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.PackRefusal;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewOutcome;
import io.invigil.hub.score.SittingOutcome;
import io.invigil.hub.session.AttendanceMark;
import io.invigil.hub.session.Attendances;
import io.invigil.hub.session.Presence;
import io.invigil.hub.session.Sessions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Domain section 9 and 12; S0 sections 7 to 9, verbatim: 勾选综合测试；签到按面授考勤予以记录；综合测试一门课程仅一次考试机会；
 * 任课老师只能阅分配课程、班级下学生的试卷；只有审核通过的学生综合测试成绩才有效.
 */
class SessionRoomsTest {
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

    abstract static class Contract extends SessionRoomContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        private static List<String> codes(HoldDecision decision) {
            return ((HoldDecision.Refused) decision)
                    .issues().stream().map(FieldIssue::code).toList();
        }

        private ExamPackage published(HoldDecision decision) {
            assertThat(decision).isInstanceOf(HoldDecision.Published.class);
            return ((HoldDecision.Published) decision).published();
        }

        @Test
        void theClassIsTheRosterAndNobodyArranges() {
            Sessions.Placed test = session(true);
            ExamPackage first = published(hold(w.teacher, test));
            assertThat(first.sittings()).isEqualTo(3);
            assertThat(first.startsAt()).isEqualTo(start);
            Plan plan = plan(held(test));
            assertThat(plan.policy().openBook()).as("闭卷").isFalse();
            assertThat(plan.policy().attempts().allowed()).isEqualTo(1);
            assertThat(plan.policy().attendance().handInLeaves()).isTrue();
            assertThat(plan.policy().checkInOpensMinutesBefore()).isEqualTo(15);
            HeldSession held = held(test);
            List<Integer> seats =
                    w.tx(tx -> rooms.sittings(tx, held)).values().stream()
                            .map(one -> one.seating().orElseThrow().seat())
                            .sorted()
                            .toList();
            assertThat(seats).containsExactly(1, 2, 3);
        }

        @Test
        void whoJoinsOrLeavesTheClassIsOnOrOffTheNextVersionAndOthersKeepSeatAndNumber() {
            Sessions.Placed test = session(true);
            long version = published(hold(w.teacher, test)).version();
            HeldSession held = held(test);
            Map<CandidateId, Sitting> before = w.tx(tx -> rooms.sittings(tx, held));
            w.saved(tx -> w.classes.removeStudent(tx, w.world.clerk, w.one(tx), w.students.get(1)));
            w.world.clock.advance(Duration.ofMinutes(1));
            ExamPackage second = published(hold(w.world.clerk, test));
            assertThat(second.version()).isGreaterThan(version);
            assertThat(second.sittings()).isEqualTo(2);
            Map<CandidateId, Sitting> after = w.tx(tx -> rooms.sittings(tx, held));
            assertThat(after).doesNotContainKey(w.students.get(1));
            Sitting kept = after.get(w.students.get(2));
            assertThat(kept).isEqualTo(before.get(w.students.get(2)));
        }

        @Test
        void onlyTeachersOfTheCourseAndClerksOfTheSchoolGiveItAndEveryFieldIsChecked() {
            Sessions.Placed test = session(true);
            for (StaffScope no : List.of(w.unit, w.world.otherClerk, w.world.body)) {
                assertThat(codes(hold(no, test)))
                        .containsExactly(SessionRoomRefusal.SESSION_ROOM_NOT_ALLOWED.name());
            }
            SessionRooms.Draft wrong = new SessionRooms.Draft("nowhere", "", 2, 0, 181, "?");
            assertThat(codes(rooms.hold(w.teacher, test, wrong)))
                    .containsExactlyInAnyOrder(
                            "SESSION_ROOM_NODE_UNKNOWN",
                            "SESSION_ROOM_SEATS",
                            "SESSION_ROOM_PAPER",
                            "SESSION_ROOM_MINUTES",
                            "SESSION_ROOM_RESULTS");
            w.world.clock.set(start.plus(Duration.ofHours(3)));
            assertThat(codes(hold(w.teacher, test))).contains("SESSION_ROOM_OVER");
        }

        @Test
        void aPaperOfAnExamIsNotUsedForAClassNorTheOtherWayRound() {
            Sessions.Placed test = session(true);
            published(hold(w.teacher, test));
            PaperDecision taken =
                    w.tx(tx -> papers.assign(tx, w.world.body, paper, Optional.empty()));
            assertThat(((PaperDecision.Refused) taken).refusal().name())
                    .isEqualTo("PAPER_USED_IN_CLASS");
        }

        @Test
        void aTeacherAndAClerkReleaseThePaperAndNobodyAlone() {
            Sessions.Placed test = session(true);
            String exam = published(hold(w.teacher, test)).exam();
            assertThat(approve(w.teacher, exam)).isEmpty();
            assertThat(release(w.teacher, exam)).contains(PackRefusal.PACK_NOT_APPROVED_BY_TWO);
            for (StaffScope no :
                    List.of(w.otherTeacher, w.unit, w.world.otherClerk, w.world.body)) {
                assertThat(approve(no, exam)).contains(PackRefusal.PACK_FORBIDDEN);
            }
            assertThat(approve(w.world.clerk, exam)).isEmpty();
            assertThat(release(w.teacher, exam)).isEmpty();
        }

        @Test
        void checkInCountsAsAttendanceAndHandingInAsLeaving() {
            Sessions.Placed test = session(true);
            published(hold(w.teacher, test));
            long sitting = sitting(held(test), 0);
            RoomScript room = room().start(sitting, paper.name());
            apply(room);
            assertThat(presence(test, 0).arrived()).isPresent();
            assertThat(presence(test, 0).present()).isFalse();
            apply(room.handIn(sitting));
            assertThat(presence(test, 0).present()).isTrue();
            assertThat(presence(test, 0).left().orElseThrow().way())
                    .isEqualTo(Presence.Way.HAND_IN);
            apply(room.add(new ProctorFact.Readmitted(sitting, "误交")));
            assertThat(presence(test, 0).present()).as("back at the test").isFalse();
            assertThat(codes(hold(w.teacher, test))).contains("SESSION_ROOM_BEGUN");
        }

        @Test
        void aPlainSessionNeedsNoPaperAndARoomsFactsAreItsAttendanceUntilAPersonCorrectsThem() {
            Sessions.Placed plain = session(false);
            assertThat(published(hold(w.teacher, plain)).sittings()).isEqualTo(3);
            assertThat(held(plain).paper()).isEmpty();
            long sitting = sitting(held(plain), 0);
            RoomScript room =
                    room().add(new RoomFact.CheckedIn(sitting, CheckInWay.DESK_NUMBER))
                            .add(new ProctorFact.CheckedOut(sitting, "", CheckInWay.PHONE_CODE));
            apply(room);
            assertThat(presence(plain, 0).present()).isTrue();
            w.world.clock.set(start.plus(Duration.ofHours(3)));
            assertThat(mark().hoursPresent()).isEqualTo(3);
            w.saved(
                    tx ->
                            attendances.correct(
                                    tx,
                                    w.teacher,
                                    plain,
                                    w.students.getFirst(),
                                    Attendances.Correction.ABSENT,
                                    "代签"));
            apply(room);
            assertThat(presence(plain, 0).present()).as("the person's word stands").isFalse();
            w.saved(tx -> sessions.zeroHours(tx, w.teacher, plain));
            assertThat(mark().mark()).as("0 hours count for nobody").isEmpty();
        }

        @Test
        void theTeacherMarksAndReviewsTheOwnClassAndOnlyAPassedTestScores() {
            Sessions.Placed test = session(true);
            published(hold(w.teacher, test));
            HeldSession held = held(test);
            SittingId sitting = new SittingId(sitting(held, 0));
            RoomScript room = room().start(sitting.value(), paper.name());
            answer(room, sitting.value());
            apply(room.handIn(sitting.value()));
            String essay =
                    w.tx(tx -> marking.written(tx, w.world.tenant, sitting)).getFirst().item().id();
            assertThat(give(w.otherTeacher, sitting, essay))
                    .isEqualTo(new MarkDecision.Refused(MarkDecision.Code.MARK_NOT_ALLOWED));
            assertThat(give(w.teacher, sitting, essay)).isEqualTo(new MarkDecision.Done());
            assertThat(AuditTrail.of(database(), w.world.tenant))
                    .contains("CHANGED mark " + sitting.value() + "/" + essay);
            assertThat(grade(test, 0).outcome()).isEqualTo(SittingOutcome.PENDING_REVIEW);
            assertThat(pass(w.otherTeacher, held, sitting))
                    .isEqualTo(new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_NOT_ALLOWED));
            assertThat(pass(w.teacher, held, sitting)).isEqualTo(new ReviewOutcome.Done(1));
            assertThat(grade(test, 0).outcome()).isEqualTo(SittingOutcome.SCORED);
            assertThat(grade(test, 0).total()).isEqualByComparingTo("98");
        }

        @Test
        void aHigherLevelOverrulesTheTeacherAndNotTheOtherWayRound() {
            Sessions.Placed test = session(true);
            published(hold(w.teacher, test));
            HeldSession held = held(test);
            SittingId sitting = new SittingId(sitting(held, 0));
            apply(room().start(sitting.value(), paper.name()).handIn(sitting.value()));
            assertThat(pass(w.teacher, held, sitting)).isEqualTo(new ReviewOutcome.Done(1));
            assertThat(pass(w.otherCollege, held, sitting))
                    .isEqualTo(new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_NOT_ALLOWED));
            StaffScope below = w.teacher;
            for (StaffScope level :
                    List.of(w.world.clerk, w.college, w.world.body, w.world.authority)) {
                assertThat(reject(level, held, sitting))
                        .as(level.role().code())
                        .isEqualTo(new ReviewOutcome.Done(1));
                assertThat(pass(below, held, sitting))
                        .isEqualTo(
                                new ReviewOutcome.Refused(ReviewOutcome.Code.REVIEW_HIGHER_LEVEL));
                assertThat(grade(test, 0).outcome()).isEqualTo(SittingOutcome.REJECTED);
                assertThat(pass(level, held, sitting)).isEqualTo(new ReviewOutcome.Done(1));
                below = level;
            }
            assertThat(grade(test, 0).outcome()).isEqualTo(SittingOutcome.SCORED);
        }

        @Test
        void theSessionsPlanIsSeenByItsPeopleAloneAndIsNoOrdinaryPlan() {
            Sessions.Placed test = session(true);
            published(hold(w.teacher, test));
            Plan plan = plan(held(test));
            for (StaffScope yes :
                    List.of(
                            w.teacher,
                            w.unit,
                            w.college,
                            w.world.clerk,
                            w.world.body,
                            w.world.authority)) {
                assertThat(visible(yes, plan.id())).isPresent();
                assertThat(listed(yes)).doesNotContain(plan);
            }
            for (StaffScope no :
                    List.of(
                            w.otherTeacher,
                            w.otherUnit,
                            w.otherCollege,
                            w.world.otherClerk,
                            w.world.province)) {
                assertThat(visible(no, plan.id())).isEmpty();
            }
        }

        private AttendanceMark mark() {
            return w.tx(tx -> sessions.marks(tx, w.place(tx), attendances)).stream()
                    .filter(one -> one.student().id().equals(w.students.getFirst()))
                    .findFirst()
                    .orElseThrow();
        }

        private Optional<PackRefusal> approve(StaffScope scope, String exam) {
            return w.tx(tx -> releases.approve(tx, scope, exam));
        }

        private Optional<PackRefusal> release(StaffScope scope, String exam) {
            return w.tx(tx -> releases.releaseNow(tx, scope, exam));
        }

        private Optional<Plan> visible(StaffScope scope, PlanId plan) {
            return w.tx(tx -> new Plans().findVisible(tx, scope, plan));
        }

        private List<Plan> listed(StaffScope scope) {
            return w.tx(tx -> new Plans().visible(tx, scope));
        }

        private MarkDecision give(StaffScope scope, SittingId sitting, String item) {
            return w.tx(tx -> marking.give(tx, scope, sitting, item, BigDecimal.TEN));
        }

        private ReviewOutcome pass(StaffScope scope, HeldSession held, SittingId sitting) {
            Plan plan = plan(held);
            return w.tx(tx -> reviews.pass(tx, scope, plan, List.of(sitting)));
        }

        private ReviewOutcome reject(StaffScope scope, HeldSession held, SittingId sitting) {
            Plan plan = plan(held);
            return w.tx(tx -> reviews.reject(tx, scope, plan, sitting, "代考"));
        }
    }
}

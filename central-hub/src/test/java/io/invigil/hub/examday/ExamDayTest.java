package io.invigil.hub.examday;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Window;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 12: live states 未考 / 考试中 / 已考 on the hub, by the rooms' own facts. */
class ExamDayTest {
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
        private static final Instant NOW = Instant.parse("2026-11-20T01:10:00Z");
        private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
        private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

        private final ExamDayProjection projection = new ExamDayProjection();

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Boards.class));
        }

        @Test
        void aRoomShowsWhoHasNotTakenWhoSitsAndWhoHasTaken() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            ServedRoom room = new ServedRoom(exam.world);
            var sits = exam.world.person("王小二", "");
            var absent = exam.world.person("李四", "");
            RoomScript script =
                    node(exam)
                            .add(phase(room, RoomPhase.CHECK_IN, RoomPhase.RUNNING))
                            .start(sits.theorySitting(), exam.theory.name())
                            .add(new RoomFact.MarkedAbsent(absent.theorySitting(), ""))
                            .start(sits.practiceSitting(), exam.practice.name())
                            .handIn(sits.practiceSitting());
            exam.apply(script);
            script.applyTo(database(), projection);
            BoardRow row = only(exam, exam.world.staff);
            assertThat(row.room().counts()).isEqualTo(new RoomDay.Counts(4, 2, 1, 1, 1));
            assertThat(row.room().counts().notTaken()).isEqualTo(2);
            assertThat(row.state()).isEqualTo("RUNNING");
        }

        @Test
        void whoSitsTheSecondAttemptSitsAndIsOnePerson() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            new ServedRoom(exam.world);
            long first = exam.world.person("王小二", "").theorySitting();
            long second = new AttemptKey(first, 1).next().value();
            RoomScript script =
                    node(exam)
                            .start(first, exam.theory.name())
                            .handIn(first)
                            .add(new RoomFact.SittingStarted(second, exam.theory.name(), 7, 9_000))
                            .incident(Optional.of(second));
            exam.apply(script);
            script.applyTo(database(), projection);
            RoomDay day = only(exam, exam.world.staff).room();
            assertThat(day.counts().seated()).isEqualTo(2);
            assertThat(day.counts().inProgress()).isEqualTo(1);
            assertThat(day.counts().taken()).isZero();
        }

        @Test
        void whatArrivesTwiceOrInAnotherOrderGivesTheSameBoard() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            ServedRoom room = new ServedRoom(exam.world);
            exam.world.person("王小二", "");
            RoomScript script =
                    node(exam)
                            .add(phase(room, RoomPhase.READY, RoomPhase.CHECK_IN))
                            .add(opened(room, "c-1", CaseKind.LOGIN))
                            .add(passedOn(room, "c-1", CaseKind.Owner.TECHNICIAN))
                            .add(opened(room, "c-2", CaseKind.CANNOT_SUBMIT))
                            .add(settled(room, "c-2"))
                            .add(passedOn(room, "c-1", CaseKind.Owner.CENTRE))
                            .add(phase(room, RoomPhase.CHECK_IN, RoomPhase.RUNNING))
                            .incident(Optional.empty());
            for (IngestedFact fact : script.facts().reversed()) {
                database().useTransaction(tx -> projection.apply(tx, fact));
            }
            script.applyTo(database(), projection);
            BoardRow row = only(exam, exam.world.staff);
            assertThat(row.state()).isEqualTo("RUNNING");
            assertThat(row.room().cases()).extracting(RoomDay.Case::id).containsExactly("c-1");
            assertThat(row.troubles().getFirst().kind()).isEqualTo(Trouble.Kind.CALLED);
            assertThat(row.troubles().getFirst().words()).isEqualTo("密码错误");
        }

        @Test
        void whatANodeSaysOfAnothersExamDoesNotCount() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            ServedRoom room = new ServedRoom(exam.world);
            exam.world.person("王小二", "");
            new RoomScript(exam.world.tenant, "node-2")
                    .add(phase(room, RoomPhase.RUNNING, RoomPhase.CLOSED))
                    .add(opened(room, "c-1", CaseKind.ABNORMAL_EXIT))
                    .applyTo(database(), projection);
            BoardRow row = only(exam, exam.world.staff);
            assertThat(row.state()).isEqualTo("SILENT");
            assertThat(row.room().cases()).isEmpty();
        }

        @Test
        void aSchoolSeesItsOwnSitesABodyItsPlansAndTheAuthorityAll() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            new ServedRoom(exam.world);
            exam.world.person("王小二", "");
            assertThat(board(exam, exam.world.school).rows()).hasSize(1);
            assertThat(board(exam, exam.world.otherBody).rows()).isEmpty();
            assertThat(board(exam, other(exam, OrganisationKind.SCHOOL)).rows()).isEmpty();
            assertThat(board(exam, other(exam, OrganisationKind.AUTHORITY)).rows()).hasSize(1);
        }

        @Test
        void aRoomOfAnotherDayIsNotShown() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            exam.world.person("王小二", "");
            Board next =
                    exam.tx(
                            tx ->
                                    new Boards()
                                            .of(
                                                    tx,
                                                    exam.world.staff,
                                                    filter(DAY.plusDays(1)),
                                                    NOW));
            assertThat(next.rows()).isEmpty();
        }

        private static StaffScope other(ScoredExam exam, OrganisationKind kind) {
            Organisation made =
                    exam.tx(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    exam.world.tenant,
                                                    kind,
                                                    "OTHER" + kind,
                                                    "另一单位" + kind,
                                                    ""));
            StaffRole role =
                    kind == OrganisationKind.SCHOOL
                            ? StaffRole.SCHOOL_CLERK
                            : StaffRole.AUTHORITY_READER;
            return new StaffScope(exam.world.tenant, "other1", made, role);
        }

        private static RoomScript node(ScoredExam exam) {
            return new RoomScript(exam.world.tenant, ServedRoom.NODE);
        }

        private static RoomFact phase(ServedRoom room, RoomPhase from, RoomPhase to) {
            return new RoomFact.PhaseChanged(room.exam, from, to);
        }

        private static RoomFact opened(ServedRoom room, String id, CaseKind kind) {
            return new ProctorFact.CaseOpened(
                    id, room.exam, Optional.empty(), kind, kind.owner(), 300_000, "密码错误");
        }

        private static RoomFact passedOn(ServedRoom room, String id, CaseKind.Owner owner) {
            return new ProctorFact.CasePassedOn(id, room.exam, Optional.empty(), owner, "请处理");
        }

        private static RoomFact settled(ServedRoom room, String id) {
            return new ProctorFact.CaseSettled(
                    id, room.exam, Optional.empty(), CaseKind.Outcome.SOLVED, "好了");
        }

        private static Boards.Filter filter(LocalDate day) {
            return new Boards.Filter(
                    Window.ofDays(day, day, ZONE), Optional.empty(), Optional.empty());
        }

        private static Board board(ScoredExam exam, StaffScope scope) {
            return exam.tx(tx -> new Boards().of(tx, scope, filter(DAY), NOW));
        }

        private static BoardRow only(ScoredExam exam, StaffScope scope) {
            List<BoardRow> rows = board(exam, scope).rows();
            assertThat(rows).hasSize(1);
            return rows.getFirst();
        }
    }
}

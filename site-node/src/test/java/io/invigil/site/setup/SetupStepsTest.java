package io.invigil.site.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Finding;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.rehearsal.RehearsalResult;
import io.invigil.site.setup.SetupSteps.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The set-up as a task list (issue 3, part 8): states come from the node, in one order. */
class SetupStepsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Finding found(Check check, Symptom symptom) {
        return new Finding(check, Measured.of(symptom), NOON);
    }

    private static RehearsalResult rehearsed(boolean passed) {
        return new RehearsalResult(
                "REHEARSAL-1",
                NOON,
                30,
                60,
                "test",
                List.of(
                        new RehearsalResult.Line(
                                RehearsalResult.Figure.LOST, passed ? "0" : "1", "= 0", passed)),
                "");
    }

    private static Map<SetupTask, State> states(
            List<Finding> findings, Optional<RehearsalResult> last, SetupMarks.Marks marks) {
        Map<SetupTask, State> states = new TreeMap<>();
        SetupSteps.of(findings, last, true, marks).forEach(s -> states.put(s.task(), s.state()));
        return states;
    }

    private static final List<Finding> STORED =
            List.of(
                    found(Check.SECOND_DEVICE, Symptom.SECOND_DEVICE_SEPARATE),
                    found(Check.WRITES, Symptom.WRITES_QUICK),
                    found(Check.SPACE, Symptom.SPACE_AMPLE));

    @Test
    void aFreshRoomBeginsWithItsStorageAndEndsWithTheSheet() {
        assertThat(states(List.of(), Optional.empty(), SetupMarks.Marks.NONE))
                .containsEntry(SetupTask.ENROL, State.DONE)
                .containsEntry(SetupTask.STORAGE, State.NEXT)
                .containsEntry(SetupTask.TIME, State.OPEN)
                .containsEntry(SetupTask.LAB_KIT, State.OPEN)
                .containsEntry(SetupTask.REHEARSAL, State.OPEN)
                .containsEntry(SetupTask.CHECK_SHEET, State.BLOCKED)
                .containsOnlyKeys(SetupTask.values());
    }

    @Test
    void whileAnExamIsUnderWayTheRehearsalIsBlocked() {
        assertThat(SetupSteps.of(List.of(), Optional.empty(), false, SetupMarks.Marks.NONE))
                .contains(new SetupSteps.Step(SetupTask.REHEARSAL, State.BLOCKED));
    }

    @Test
    void aWarningIsNotDone() {
        List<Finding> warned =
                List.of(
                        STORED.get(1),
                        STORED.get(2),
                        found(Check.SECOND_DEVICE, Symptom.SECOND_DEVICE_SAME_DISK));
        assertThat(states(warned, Optional.empty(), SetupMarks.Marks.NONE))
                .containsEntry(SetupTask.STORAGE, State.NEXT);
        assertThat(states(STORED, Optional.empty(), SetupMarks.Marks.NONE))
                .containsEntry(SetupTask.STORAGE, State.DONE)
                .containsEntry(SetupTask.TIME, State.NEXT)
                .containsEntry(SetupTask.REHEARSAL, State.OPEN);
    }

    @Test
    void aRehearsalThatFailedIsNotDoneAndHoldsTheSheetBack() {
        assertThat(states(STORED, Optional.of(rehearsed(false)), SetupMarks.Marks.NONE))
                .containsEntry(SetupTask.REHEARSAL, State.OPEN)
                .containsEntry(SetupTask.CHECK_SHEET, State.BLOCKED);
    }

    @Test
    void aSheetFromBeforeTheRehearsalDoesNotCount() {
        for (long seconds : List.of(-1L, 1L)) {
            SetupMarks.Marks marks =
                    new SetupMarks.Marks(Optional.empty(), Optional.of(NOON.plusSeconds(seconds)));
            assertThat(states(STORED, Optional.of(rehearsed(true)), marks))
                    .containsEntry(SetupTask.REHEARSAL, State.DONE)
                    .containsEntry(SetupTask.CHECK_SHEET, seconds > 0 ? State.DONE : State.OPEN);
        }
    }
}

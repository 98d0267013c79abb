package io.invigil.site.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.FaceVerdict;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.IdentityMoment;
import io.invigil.exam.room.IdentityQuestion;
import io.invigil.exam.room.PageSignal;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.site.attendance.SeatMap.SeatState;
import io.invigil.site.room.core.RoomCore;
import io.invigil.site.room.core.RoomState;
import io.invigil.site.room.core.SittingState;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * The tint of a seat: one rule for every indicator, the worst wins, and each has words (issue 3,
 * part 6; domain, section 12).
 */
class SeatIndicatorTest {
    private SeatState state = SeatState.WORKING;
    private boolean running = true;
    private Optional<Long> silent = Optional.of(100L);
    private Optional<Integer> battery = Optional.empty();
    private boolean help;
    private boolean otherCase;
    private boolean timeToGiveBack;
    private boolean cameraFails;
    private int warnings;
    private int incidents;
    private long apart;
    private RoomState room = RoomState.EMPTY;

    private List<SeatIndicator> shown() {
        SittingState sitting = room.sitting(1);
        return SeatIndicator.of(
                new SeatIndicator.Signs(
                        state,
                        running,
                        silent,
                        battery,
                        help,
                        otherCase,
                        timeToGiveBack,
                        cameraFails,
                        warnings,
                        incidents,
                        apart,
                        sitting.watch(),
                        sitting.attendance().identity()));
    }

    private void happened(RoomFact fact) {
        room =
                new RoomCore()
                        .apply(room, new StampedFact(new FactStamp(1, 1, "boot", "node"), fact));
    }

    private static IdentityFact compared(IdentityMoment moment, FaceVerdict verdict) {
        return new IdentityFact.FaceCompared(
                1,
                moment,
                verdict,
                0.3,
                "model",
                Optional.empty(),
                Optional.empty(),
                "ab".repeat(32));
    }

    private static RoomFact left(int number, long millis, boolean ownCause) {
        return new RoomFact.PageSignalled(1, "s-" + number, PageSignal.LEFT, millis, ownCause);
    }

    @Test
    void aSeatThatWorksHasNone() {
        assertThat(shown()).isEmpty();
    }

    @Test
    void aCallForHelpIsBeforeEverythingElse() {
        help = true;
        silent = Optional.empty();
        battery = Optional.of(1);
        assertThat(shown()).startsWith(SeatIndicator.HELP).contains(SeatIndicator.PAGE_CUT);
    }

    @Test
    void aPageIsSlowAfterFiveSecondsSilentAfterTenAndCutAfterFifteen() {
        silent = Optional.of(5_000L);
        assertThat(shown()).isEmpty();
        silent = Optional.of(5_001L);
        assertThat(shown()).containsExactly(SeatIndicator.PAGE_SLOW);
        silent = Optional.of(10_001L);
        assertThat(shown()).containsExactly(SeatIndicator.PAGE_SILENT);
        silent = Optional.of(15_001L);
        assertThat(shown()).containsExactly(SeatIndicator.PAGE_CUT);
        silent = Optional.empty();
        assertThat(shown()).as("never since the start").containsExactly(SeatIndicator.PAGE_CUT);
        state = SeatState.PAUSED;
        assertThat(shown()).as("nothing is expected of it").isEmpty();
    }

    @Test
    void aFaceThatDiffersInTheTestIsBadAndStaysSoAfterTheHandIn() {
        happened(compared(IdentityMoment.DURING_THE_TEST, FaceVerdict.MISMATCH));
        assertThat(shown()).containsExactly(SeatIndicator.IDENTITY_DIFFERS);
        state = SeatState.HANDED_IN;
        assertThat(shown()).containsExactly(SeatIndicator.IDENTITY_DIFFERS);
    }

    @Test
    void anOpenQuestionOfIdentityAsksToLook() {
        state = SeatState.CHECKED_IN;
        running = false;
        happened(new IdentityFact.IdentityAsked(1, IdentityQuestion.NO_MODELS));
        assertThat(shown()).containsExactly(SeatIndicator.IDENTITY_OPEN);
        happened(
                new IdentityFact.IdentityDecided(
                        1, false, "another", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(shown()).containsExactly(SeatIndicator.IDENTITY_REFUSED);
    }

    @Test
    void aFaceCheckWithoutAPictureAsksToLook() {
        happened(
                new IdentityFact.RecheckNotCompared(
                        1, 1, IdentityQuestion.NO_CAMERA, Optional.empty()));
        assertThat(shown()).containsExactly(SeatIndicator.IDENTITY_OPEN);
    }

    @Test
    void aCameraThatGivesNoPictureAsksToLookWhileOneWorks() {
        cameraFails = true;
        assertThat(shown()).containsExactly(SeatIndicator.CAMERA);
        state = SeatState.HANDED_IN;
        assertThat(shown()).isEmpty();
    }

    @Test
    void aMachineOnItsLastPowerIsTold() {
        battery = Optional.of(21);
        assertThat(shown()).isEmpty();
        battery = Optional.of(20);
        assertThat(shown()).containsExactly(SeatIndicator.BATTERY_LOW);
        battery = Optional.of(8);
        assertThat(shown()).containsExactly(SeatIndicator.BATTERY_EMPTY);
    }

    @Test
    void anOpenCaseAsksToLook() {
        otherCase = true;
        assertThat(shown()).containsExactly(SeatIndicator.CASE);
    }

    @Test
    void timeThatCanBeGivenBackAsksToLook() {
        timeToGiveBack = true;
        assertThat(shown()).containsExactly(SeatIndicator.TIME_LOST);
    }

    @Test
    void answersKeptApartAskForADecision() {
        apart = 1;
        state = SeatState.HANDED_IN;
        assertThat(shown()).containsExactly(SeatIndicator.APART);
    }

    @Test
    void leavingThePageIsNotedAndLeavingItOftenOrLongAsksToLook() {
        happened(left(1, 900, false));
        assertThat(shown()).as("what the room caused is nobody's").isEmpty();
        happened(left(2, 900, true));
        assertThat(shown()).containsExactly(SeatIndicator.LEFT);
        happened(left(3, 900, true));
        happened(left(4, 900, true));
        assertThat(shown()).containsExactly(SeatIndicator.LEFT_OFTEN);
        room = RoomState.EMPTY;
        happened(left(5, 60_000, true));
        assertThat(shown()).containsExactly(SeatIndicator.LEFT_OFTEN);
    }

    @Test
    void warningsAndIncidentsAreNoted() {
        warnings = 1;
        incidents = 1;
        assertThat(shown()).containsExactly(SeatIndicator.WARNED, SeatIndicator.INCIDENT);
    }

    @Test
    void whoIsNotHereOrHasNotStartedIsNotedOnceTheExamRuns() {
        state = SeatState.EXPECTED;
        assertThat(shown()).containsExactly(SeatIndicator.LATE);
        state = SeatState.CHECKED_IN;
        assertThat(shown()).containsExactly(SeatIndicator.NOT_STARTED);
        running = false;
        assertThat(shown()).isEmpty();
        state = SeatState.EXPECTED;
        assertThat(shown()).isEmpty();
    }

    @Test
    void theWorstComesFirstAndEveryLevelIsLouderThanTheNext() {
        List<SeatIndicator.Level> levels =
                List.of(SeatIndicator.values()).stream().map(SeatIndicator::level).toList();
        assertThat(levels)
                .isSortedAccordingTo(java.util.Comparator.<SeatIndicator.Level>reverseOrder());
    }

    @Test
    void everyIndicatorHasWordsInBothLanguages() throws IOException {
        for (String language : List.of("zh_CN", "en")) {
            Properties words = new Properties();
            String bundle = "/messages/proctoring_" + language + ".properties";
            try (var in =
                    new InputStreamReader(
                            SeatIndicator.class.getResourceAsStream(bundle),
                            StandardCharsets.UTF_8)) {
                words.load(in);
            }
            for (SeatIndicator indicator : SeatIndicator.values()) {
                assertThat(words.getProperty("proctoring.js.trouble." + indicator))
                        .as("%s in %s", indicator, language)
                        .isNotBlank();
            }
        }
    }
}

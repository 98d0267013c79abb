package io.invigil.site.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.room.EngineFixture;
import io.invigil.testkit.SeededEntropy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filling disk is an incident of the exams under way; answers are kept on (fault row 16). */
class SpaceWatchTest {
    @TempDir Path directory;
    private final List<String> alarms = new ArrayList<>();

    private static SpaceState at(SpaceLevel level, int freePercent) {
        return new SpaceState(level, freePercent, SpaceState.Cause.SPACE, 0);
    }

    @Test
    void fault16EveryExamUnderWayHasAnIncidentAndAnswersAreKept() throws Exception {
        SpaceWatch watch =
                new SpaceWatch(
                        (code, detail) -> alarms.add(code),
                        state -> "disk " + state.level(),
                        new SeededEntropy(5));
        try (EngineFixture room = new EngineFixture(directory, 1)) {
            watch.changed(at(SpaceLevel.LOW, 15), at(SpaceLevel.SCARCE, 9));
            watch.room(room.engine());
            watch.changed(at(SpaceLevel.LOW, 15), at(SpaceLevel.SCARCE, 9));
            room.run();
            room.sit(1);
            watch.changed(at(SpaceLevel.AMPLE, 30), at(SpaceLevel.LOW, 19));
            watch.changed(at(SpaceLevel.LOW, 15), at(SpaceLevel.SCARCE, 9));
            watch.changed(at(SpaceLevel.SCARCE, 5), at(SpaceLevel.ANSWERS_ONLY, 4));
            room.save(1, "q1", 1, "A").get();
            watch.changed(at(SpaceLevel.ANSWERS_ONLY, 4), at(SpaceLevel.AMPLE, 40));
            room.save(1, "q1", 2, "B").get();
            assertThat(incidents(room.ledger()))
                    .containsExactly("disk SCARCE", "disk ANSWERS_ONLY", "disk AMPLE");
            assertThat(room.engine().state().sitting(1).answers()).containsKey("q1");
        }
        assertThat(alarms)
                .containsExactly(
                        "DISK_SCARCE",
                        "DISK_SCARCE",
                        "DISK_LOW",
                        "DISK_SCARCE",
                        "DISK_ANSWERS_ONLY",
                        "DISK_AMPLE");
    }

    private static List<String> incidents(Ledger ledger) {
        List<String> statements = new ArrayList<>();
        ledger.read(ledger.epoch(), Lane.ATT, 1, 1_000, 1 << 20).stream()
                .flatMap(record -> StampedFact.parse(record.json()).stream())
                .map(StampedFact::fact)
                .filter(RoomFact.IncidentReported.class::isInstance)
                .map(RoomFact.IncidentReported.class::cast)
                .forEach(incident -> statements.add(incident.statement()));
        return statements;
    }
}

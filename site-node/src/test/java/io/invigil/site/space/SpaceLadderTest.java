package io.invigil.site.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ladder of the full disk (XSP/1 section 7; fault rows 16 and 18). */
class SpaceLadderTest {
    private static final long BALLAST = 3 * FilledDisk.MIB;

    @TempDir Path directory;
    private final List<String> told = new ArrayList<>();

    private FilledDisk disk;

    @BeforeEach
    void makeDisk() {
        disk = new FilledDisk(directory.resolve("ballast"), BALLAST);
        free(997);
    }

    private SpaceLadder ladder() {
        return new SpaceLadder(
                disk,
                directory.resolve("ballast"),
                BALLAST,
                (before, now) -> told.add(before.level() + ">" + now.level() + " " + now.cause()));
    }

    private void free(long mebibytes) {
        disk.free(mebibytes);
    }

    @ParameterizedTest
    @CsvSource({
        "200, AMPLE, true, true",
        "199, LOW, true, true",
        "100, LOW, true, true",
        "99, SCARCE, false, true",
        "50, SCARCE, false, true",
        "49, ANSWERS_ONLY, false, false",
        "0, ANSWERS_ONLY, false, false"
    })
    void eachLevelBeginsAtItsShare(
            long mebibytes, SpaceLevel expected, boolean inFull, boolean snapshots) {
        free(mebibytes);
        SpaceLadder ladder = ladder();
        ladder.check();
        assertThat(ladder.level()).isEqualTo(expected);
        assertThat(ladder.level().snapshotsInFull()).isEqualTo(inFull);
        assertThat(ladder.level().snapshots()).isEqualTo(snapshots);
    }

    @Test
    void fault16TheBallastIsGivenUpForTheAnswersAndComesBackWithTheSpace() {
        Path ballast = directory.resolve("ballast");
        SpaceLadder ladder = ladder();
        ladder.check();
        assertThat(ballast).hasSize(BALLAST);
        assertThat(ladder.state().ballastBytes()).isEqualTo(BALLAST);

        free(60);
        ladder.check();
        assertThat(ballast).as("scarce is not yet the end").hasSize(BALLAST);
        free(49);
        long before = disk.usableBytes();
        ladder.check();
        assertThat(ballast).doesNotExist();
        assertThat(disk.usableBytes()).isEqualTo(before + BALLAST);
        ladder.check();
        assertThat(ladder.level())
                .as("what the ballast gave is not taken for a better disk")
                .isEqualTo(SpaceLevel.ANSWERS_ONLY);

        free(300);
        ladder.check();
        assertThat(ladder.level()).isEqualTo(SpaceLevel.AMPLE);
        assertThat(ballast).hasSize(BALLAST);
        assertThat(told)
                .containsExactly(
                        "AMPLE>SCARCE SPACE",
                        "SCARCE>ANSWERS_ONLY SPACE",
                        "ANSWERS_ONLY>AMPLE NONE");
    }

    @Test
    void aDiskAtTheEdgeDoesNotFlap() {
        SpaceLadder ladder = ladder();
        for (int i = 0; i < 10; i++) {
            free(99);
            ladder.check();
            free(101);
            ladder.check();
        }
        assertThat(told).containsExactly("AMPLE>SCARCE SPACE");
        free(120);
        ladder.check();
        assertThat(ladder.level()).isEqualTo(SpaceLevel.LOW);
    }

    @Test
    void fault18NoFileNamesLeftIsLikeNoSpaceAndNamedAsTheCause() {
        SpaceLadder ladder = ladder();
        ladder.check();
        disk.takesFiles(false);
        ladder.check();
        assertThat(ladder.state().cause()).isEqualTo(SpaceState.Cause.FILES);
        assertThat(directory.resolve("ballast")).doesNotExist();
        disk.takesFiles(true);
        ladder.check();
        assertThat(told).containsExactly("AMPLE>ANSWERS_ONLY FILES", "ANSWERS_ONLY>AMPLE NONE");
    }

    @Test
    void theRealDiskIsAsked() throws Exception {
        DiskSpace real = DiskSpace.of(directory);
        assertThat(real.usableBytes()).isBetween(1L, real.totalBytes());
        assertThat(real.takesFiles()).isTrue();
        try (var files = Files.list(directory)) {
            assertThat(files).as("no probe is left").isEmpty();
        }
        assertThat(DiskSpace.of(directory.resolve("gone")).takesFiles()).isFalse();
    }
}

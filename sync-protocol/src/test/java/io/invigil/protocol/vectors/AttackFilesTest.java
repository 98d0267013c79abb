package io.invigil.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttackFilesTest {
    private static final Path ATTACKS = FixtureFiles.ROOT.resolve("attacks");

    @Test
    void theAttackFilesAreWhatTheGeneratorMakesAndNoOthers() throws IOException {
        List<AttackMaker.Attack> attacks = new AttackMaker().all();
        for (AttackMaker.Attack attack : attacks) {
            Path directory = ATTACKS.resolve(attack.name());
            FixtureFiles.check(
                    directory.resolve("attack.json"), FixtureFiles.json(attack.description()));
            attack.files()
                    .forEach((name, bytes) -> FixtureFiles.check(directory.resolve(name), bytes));
        }
        try (Stream<Path> directories = Files.list(ATTACKS)) {
            assertThat(directories)
                    .extracting(directory -> directory.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(
                            attacks.stream().map(AttackMaker.Attack::name).toList());
        }
    }
}

package io.invigil.protocol.vectors;

import org.junit.jupiter.api.Test;

class AttackFilesTest {

    @Test
    void theAttackFilesAreWhatTheGeneratorMakes() {
        for (AttackMaker.Attack attack : new AttackMaker().all()) {
            var directory = FixtureFiles.ROOT.resolve("attacks").resolve(attack.name());
            FixtureFiles.check(
                    directory.resolve("attack.json"), FixtureFiles.json(attack.description()));
            attack.files()
                    .forEach((name, bytes) -> FixtureFiles.check(directory.resolve(name), bytes));
        }
    }
}

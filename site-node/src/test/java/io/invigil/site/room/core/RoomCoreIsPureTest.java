package io.invigil.site.room.core;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

@AnalyzeClasses(
        packages = "io.invigil.site.room.core",
        importOptions = ImportOption.DoNotIncludeTests.class)
class RoomCoreIsPureTest {
    private static final Set<String> FORBIDDEN_CALLS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getProperty",
                    "java.lang.System.getenv",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID",
                    "java.time.Instant.now");

    @ArchTest
    static final ArchRule dependsOnNothingThatActs =
            ArchRuleDefinition.noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.io..",
                            "java.nio..",
                            "java.net..",
                            "java.sql..",
                            "java.util.concurrent..",
                            "java.util.random..",
                            "java.security..",
                            "io.helidon..",
                            "io.invigil.appliance..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.lang\\.Thread|java\\.util\\.Random|java\\.time\\.Clock");

    @ArchTest
    static final ArchRule asksNoClockAndNoRandomness =
            ArchRuleDefinition.noClasses()
                    .should()
                    .callCodeUnitWhere(
                            DescribedPredicate.describe(
                                    "reads a clock, randomness or the environment",
                                    (JavaCall<?> call) ->
                                            FORBIDDEN_CALLS.contains(
                                                    call.getTargetOwner().getName()
                                                            + "."
                                                            + call.getName())));
}

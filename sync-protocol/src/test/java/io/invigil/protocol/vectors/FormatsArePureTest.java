package io.invigil.protocol.vectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

/** Papers, codes, packages and trust decide from their arguments alone. */
@AnalyzeClasses(
        packages = {
            "io.invigil.exam.paper",
            "io.invigil.exam.code",
            "io.invigil.protocol.manifest",
            "io.invigil.protocol.paper",
            "io.invigil.protocol.trust"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
class FormatsArePureTest {
    private static final Set<String> CLOCKS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.util.UUID.randomUUID");

    @ArchTest
    static final ArchRule touchNoFileThreadClockOrRandomness =
            ArchRuleDefinition.noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.io\\.File.*|java\\.lang\\.Thread|java\\.time\\.Clock"
                                    + "|java\\.util\\.Random|java\\.security\\.SecureRandom");

    @ArchTest
    static final ArchRule askNoClock =
            ArchRuleDefinition.noClasses()
                    .should()
                    .callCodeUnitWhere(
                            DescribedPredicate.describe(
                                    "reads a clock",
                                    (JavaCall<?> call) ->
                                            CLOCKS.contains(
                                                    call.getTargetOwner().getName()
                                                            + "."
                                                            + call.getName())));

    @ArchTest
    static final ArchRule examFormatsKnowNothingOfPackages =
            ArchRuleDefinition.noClasses()
                    .that()
                    .resideInAPackage("io.invigil.exam..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.invigil.protocol.manifest..",
                            "io.invigil.protocol.paper..",
                            "io.invigil.protocol.trust..");
}

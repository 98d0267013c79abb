package io.invigil.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.invigil.appliance.db.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules of the house for one module. Each module has one test that extends this:
 *
 * <pre>{@code
 * class HubArchitectureTest extends ArchitectureContract {
 *     HubArchitectureTest() { super("io.invigil.hub", Set.of("io.invigil.site")); }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureContract {
    public static final int FILE_LINES_MAX = 400;

    private static final Set<String> LAYERS =
            Set.of(
                    "impl",
                    "util",
                    "utils",
                    "helper",
                    "helpers",
                    "manager",
                    "managers",
                    "controller",
                    "controllers",
                    "service",
                    "services",
                    "dao",
                    "repository",
                    "dto",
                    "model",
                    "common",
                    "misc");
    private static final Set<String> TX_SQL =
            Set.of("query", "update", "batch", "many", "lockRows");
    private static final List<String> SOURCES = List.of(".java", ".jte", ".css", ".js", ".sql");

    private final String root;
    private final Set<String> strangers;
    private final JavaClasses classes;

    /**
     * @param root the module's package
     * @param strangers packages it must not know, beside the rules of all
     */
    protected ArchitectureContract(String root, Set<String> strangers) {
        this.root = root;
        this.strangers = strangers;
        this.classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(root);
    }

    @Test
    void dependsOnlyAlongTheArrows() {
        assertThat(classes).as("classes of " + root).isNotEmpty();
        for (String stranger : strangers) {
            noClasses()
                    .that()
                    .resideInAPackage(root + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(stranger + "..")
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void namesPackagesByTheDomainAndNotByLayers() {
        assertThat(classes.stream().filter(ArchitectureContract::isInLayer).toList()).isEmpty();
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(classes);
    }

    private static boolean isInLayer(JavaClass type) {
        return List.of(type.getPackageName().split("\\.")).stream().anyMatch(LAYERS::contains);
    }

    @Test
    void letsOnlyStoresTouchSql() {
        classes()
                .that(describe("are no stores", type -> !isStore(type) && !isTemplate(type)))
                .should(notTouchSql())
                .check(classes);
    }

    private static ArchCondition<JavaClass> notTouchSql() {
        return new ArchCondition<>("not touch SQL") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getPackageName();
                    if (dependency.getTargetClass().isEquivalentTo(SQLException.class)) {
                        // asking why a transaction failed is no SQL
                        continue;
                    }
                    if (target.startsWith("org.jdbi") || target.equals("java.sql")) {
                        events.add(SimpleConditionEvent.violated(type, dependency.toString()));
                    }
                }
                for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                    if (call.getTargetOwner().isEquivalentTo(Tx.class)
                            && TX_SQL.contains(call.getName())) {
                        events.add(SimpleConditionEvent.violated(type, call.getDescription()));
                    }
                }
            }
        };
    }

    @Test
    void keepsStoresInsideTheirFeature() {
        classes()
                .that(describe("are stores", type -> isStore(type) && !type.isInterface()))
                .should(beUsedInTheirPackageOnly())
                .allowEmptyShould(true)
                .check(classes);
    }

    private ArchCondition<JavaClass> beUsedInTheirPackageOnly() {
        return new ArchCondition<>("be used in their own package and the wiring only") {
            @Override
            public void check(JavaClass store, ConditionEvents events) {
                for (Dependency dependency : store.getDirectDependenciesToSelf()) {
                    String user = dependency.getOriginClass().getPackageName();
                    // a feature's templates show rows of its own store
                    boolean shown = isTemplate(dependency.getOriginClass());
                    if (!shown && !user.equals(store.getPackageName()) && !user.equals(root)) {
                        events.add(SimpleConditionEvent.violated(store, dependency.toString()));
                    }
                }
            }
        };
    }

    /**
     * Whether a class or one it stands in is named as a store: SeatStore, or SqlLanes for a port.
     */
    private static boolean isStore(JavaClass type) {
        return type.getSimpleName().endsWith("Store")
                || type.getSimpleName().startsWith("Sql")
                || type.getEnclosingClass().filter(ArchitectureContract::isStore).isPresent();
    }

    private static boolean isTemplate(JavaClass type) {
        return type.getPackageName().contains(".templates");
    }

    @Test
    void keepsFilesShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (var files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (SOURCES.stream().anyMatch(name::endsWith)) {
                    int lines = Files.readAllLines(file).size();
                    if (lines > FILE_LINES_MAX) {
                        tooLong.add(file + ": " + lines);
                    }
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }
}
